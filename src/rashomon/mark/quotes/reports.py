"""Which of the things that a cue may report are reports: a logistic regression over cue, speaker, tense and content.

The weights are data (``data/reports.tsv``, trained by scripts/train_reports.py). The names of a candidate's traits are
its only link to them, so a trait without a weight counts nothing.
"""

from rashomon.mark.quotes.edges import size
from rashomon.mark.quotes.indirect import Found
from rashomon.mark.quotes.tree import SpeechTree
from rashomon.mark.quotes.words import frames, weights, word_list

_BEHIND = frozenset([",", ":", "that", "to", "whether", "how", "why", "what", "about"])
_INNER = frozenset(["xcomp", "acl", "prep", "pobj", "dobj", "amod"])


def traits(tree: SpeechTree, found: Found, *, marked: bool, quoted: bool, headline: bool) -> list[str]:
    """The names of what speaks for and against a report.

    Args:
        tree: the parse.
        found: the candidate.
        marked: whether its content holds quotation marks.
        quoted: whether its cue stands inside some.
        headline: whether it stands in the first paragraph.
    """
    head, frame, speaker = found.cue, found.frame, found.speaker
    pos, lemma, tag, dep = tree.pos[head], tree.lemma[head].lower(), tree.tag[head], tree.dep[head]
    cue = f"{pos} {lemma}"
    who, kind = _who(tree, speaker)
    first, last = found.content[0][0], found.content[-1][1]
    place = "before" if last <= head else "around" if first < head else "after"
    count = sum(b - a for a, b in found.content)
    names = [
        f"cue {cue} {frame}",
        cue,
        frame,
        f"who {who}",
        f"who {who} {frame}",
        f"tag {tag} {frame}",
        f"dep {dep} {pos}",
        f"size {size(count)} {frame}",
        f"first {tree.lower[first]}",
        f"of {tree.tag[found.complement]} {frame}",
        f"place {place} {frame}",
        f"gap {max(-3, min(6, first - head))}",
    ]
    if frame in frames().get((pos, tree.lemma[head]), ()):
        names.append(f"chosen {frame}")
    if speaker is not None and tree.pos[speaker] == "NOUN":
        names.append(f"speaker {tree.lemma[speaker].lower()}")
    names += _verb_group(tree, head, cue, frame, kind)
    names += _object(tree, found, frame)
    if tree.lower[head + 1 : head + 2] and tree.lower[head + 1] in _BEHIND:
        names.append(f"then {tree.lower[head + 1]}")
    if marked:
        names += ["marked", f"marked {frame}"]
    if quoted:
        names += ["quoted", f"quoted {cue}"]
    if headline:
        names += ["headline", f"headline {frame}"]
    around = _around(tree, head)
    if around is not None:
        inner = "inner" if around < head else "passed on"
        names += [inner, f"{inner} {kind}", f"{inner} {frame}"]
    if lemma in word_list("speech_verbs"):
        names += [f"speech {frame}"]
    if dep in _INNER:
        names.append(f"under {dep} {tree.lemma[tree.head[head]].lower()}")
    if pos == "NOUN":
        owned = next((tree.lower[c] for c in tree.children[head] if tree.dep[c] in ("det", "poss")), "-")
        names.append(f"its {owned}" if len(owned) < 6 else "its")
    return names


def score(names: list[str]) -> float:
    """The log odds that a candidate with these traits is a report."""
    known = weights("reports")
    return known["bias"] + sum([known[name] for name in names if name in known])


def _who(tree: SpeechTree, noun: int | None) -> tuple[str, str]:
    """What someone is, finely and coarsely: a pronoun's word, an entity's label."""
    if noun is None:
        return "nobody", "nobody"
    if tree.pos[noun] == "PRON":
        return tree.lower[noun], "pronoun"
    if tree.ent[noun]:
        return tree.ent[noun], "entity"
    return ("name", "name") if tree.pos[noun] == "PROPN" else ("noun", "noun")


def _verb_group(tree: SpeechTree, head: int, cue: str, frame: str, kind: str) -> list[str]:
    """Auxiliaries, negation and mood of the cue."""
    names = []
    for child in tree.children[head]:
        dep = tree.dep[child]
        if dep not in ("aux", "auxpass", "neg"):
            continue
        names.append(f"aux {dep} {tree.lemma[child].lower()}")
        if dep == "auxpass":
            names += [f"passive {frame}", f"passive {cue}"]
        elif dep == "neg":
            names.append(f"not {cue}")
        elif tree.tag[child] == "MD":
            names += [f"modal {cue}", f"modal {kind}"]
        elif tree.tag[child] == "TO" and tree.tag[head] == "VB":
            names += [f"to {cue}", f"to {tree.dep[head]}", f"to under {tree.lemma[tree.head[head]].lower()}"]
    return names


def _object(tree: SpeechTree, found: Found, frame: str) -> list[str]:
    """What is reported, where it is a thing."""
    noun: int | None = None
    if frame.startswith("object"):
        noun = found.complement
    elif tree.pos[found.complement] == "ADP":
        noun = tree.child(found.complement, "pobj")
    if noun is None:
        return []
    what = _who(tree, noun)[0]
    names = [f"what {what} {frame}"]
    if tree.pos[noun] == "NOUN":
        names.append(f"thing {tree.lemma[noun].lower()}")
    return names


def _around(tree: SpeechTree, head: int) -> int | None:
    """The verb of speech in whose report the cue stands."""
    for _ in range(8):
        up = tree.head[head]
        if up == head:
            break
        if tree.dep[head] == "ccomp" and tree.pos[up] == "VERB" and tree.lemma[up].lower() in word_list("speech_verbs"):
            return up
        head = up
    return None
