"""Indirect and mixed speech: a cue that takes a complement, and ``according to``.

Which complements make a verb (or noun, or adjective) a cue is data (``data/frames.tsv``); where the content begins and
ends is read off the tree, and mended where quotation marks had broken the parse.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.mark.quotes.marks import Quoted
from rashomon.mark.quotes.tree import SpeechTree
from rashomon.mark.quotes.words import cues, word_list

_PUNCTUATION = frozenset([*list(",.;:—–-?!…"), "--", "...", "(", "[", "‑"])
_DAYS = frozenset(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
HEADS = frozenset(["VERB", "NOUN", "ADJ"])
_CUT = frozenset(["nsubj", "nsubjpass", "aux", "auxpass", "neg", "npadvmod", "dobj", "dative", "agent"])


@dataclass(frozen=True, slots=True)
class Found:
    """Reported speech without (or around) marks: content as token ranges, its cue's token, its speaker's head noun."""

    content: tuple[tuple[int, int], ...]
    cue: int
    complement: int
    speaker: int | None
    frame: str
    cue_end: int


def complements(tree: SpeechTree, head: int) -> Iterator[tuple[str, int]]:
    """The complements of ``head``, each with the name of its frame, in the order of the text."""
    addressed = tree.is_addressed(head)
    if tree.dep[head] == "parataxis" and tree.child(head, "nsubj") is not None and tree.child(head, "ccomp") is None:
        yield "clause", tree.head[head]
    for child in tree.children[head]:
        dep = tree.dep[child]
        if child < head and tree.is_addressed(child):
            continue  # "told to go, Roe laughed" does not say what Roe says
        if addressed and dep == "ccomp" and tree.child(child, "nsubj", "nsubjpass", "expl") is None:
            continue  # "Roe, asked to go, laughed"
        if dep == "ccomp" or (dep == "parataxis" and child < head):
            yield ("clause" if _finite(tree, child) else "infinitive"), child
        elif dep == "xcomp":
            yield ("gerund" if tree.tag[child] == "VBG" else "infinitive" if _to(tree, child) else "predicate"), child
        elif dep == "acl" and tree.pos[head] != "VERB" and child > head:
            if _to(tree, child):
                yield "infinitive", child
            elif tree.child(child, "mark") is not None:
                yield "clause", child
        elif dep == "dobj":
            yield "object", child
        elif dep == "oprd":
            yield "predicate", child
        elif dep == "prep" and child > head and (tree.children[child]):
            yield tree.lemma[child], child


def _finite(tree: SpeechTree, verb: int) -> bool:
    if tree.tag[verb] in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return not _to(tree, verb) or tree.child(verb, "mark") is not None


def _to(tree: SpeechTree, verb: int) -> bool:
    return any(tree.dep[c] == "aux" and tree.tag[c] == "TO" for c in tree.children[verb])


def speaker_of(tree: SpeechTree, head: int, complement: int) -> int | None:
    """The head noun of who reports, None where the sentence does not say."""
    if tree.tag[head] == "VBG" and tree.dep[head] == "advcl":
        outer = _outer_cue(tree, head)
        if outer is not None:
            return tree.subject(outer)
    if tree.child(head, "auxpass") is not None or tree.is_addressed(head):
        # "was expected by officials to": the subject is whom it was said of.
        by = tree.child(head, "agent")
        return tree.child(by, "pobj") if by is not None else None
    subject = tree.subject(head)
    if subject is None and tree.pos[head] in ("NOUN", "PROPN"):
        subject = tree.child(head, "poss")
    if subject is not None or not tree.tag[head].startswith("VB"):
        return subject
    for child in tree.children[head]:
        if child < head < complement and tree.dep[child] in ("ccomp", "advcl"):
            # "They met, said they agreed": the parser took the first of two verbs for what the second reports.
            return tree.subject(child)
    if complement < head:
        trailing = _trailing_name(tree, head)
        return trailing if trailing is not None else tree.subject(complement)
    return _noun_before(tree, head)


def _outer_cue(tree: SpeechTree, verb: int) -> int | None:
    """The cue in whose clause the parser hung a participle that goes with the cue itself: "said X, noting Y"."""
    if tree.text[verb - 1] != "," or tree.lemma[verb] not in word_list("speech_verbs"):
        return None
    up = tree.head[verb]
    for _ in range(4):
        if tree.dep[up] == "ccomp" and tree.head[up] < up and tree.lemma[tree.head[up]] in word_list("speech_verbs"):
            return tree.head[up]
        up = tree.head[up]
    return None


def _trailing_name(tree: SpeechTree, head: int) -> int | None:
    """The name between the last comma and a cue that ends the sentence, where the parser saw no subject."""
    place = head - 1
    while (
        place > tree.sentence[head]
        and head - place < 7
        and (tree.pos[place] in ("PROPN", "NOUN", "ADJ", "DET", "AUX", "ADV", "ADP"))
    ):
        place -= 1
    nouns = [i for i in range(place + 1, head) if tree.pos[i] in ("PROPN", "NOUN")]
    return nouns[-1] if nouns and tree.text[place] == "," else None


def _noun_before(tree: SpeechTree, head: int) -> int | None:
    for place in range(head - 1, max(tree.sentence[head], head - 16) - 1, -1):
        if tree.pos[place] in ("PROPN", "PRON", "NOUN") and tree.dep[place] in (
            "nsubj",
            "ROOT",
            "conj",
            "dep",
            "appos",
        ):
            return place
        if tree.pos[place] == "VERB":
            return None
    return None


def content_of(tree: SpeechTree, head: int, complement: int, frame: str, speaker: int | None) -> list[tuple[int, int]]:
    """Half-open token ranges of what ``head`` reports through ``complement``."""
    if tree.head[head] == complement:
        # Put in between: all of the sentence but the cue and what hangs on it.
        before = _trim(tree, tree.sentence[head], tree.low[head])
        return before + _trim(tree, tree.high[head] + 1, tree.stop[head])
    if complement < head and frame in ("clause", "infinitive"):
        inside = speaker is not None and speaker < head and tree.low[complement] <= speaker <= tree.high[complement]
        if inside and _trailing_name(tree, head) != speaker:
            # Not a trailing cue but a second verb of the same subject.
            return []
        return _before_cue(tree, head, speaker)
    first, last = tree.low[complement], tree.high[complement] + 1
    if frame not in ("clause", "infinitive", "gerund", "object", "predicate"):
        first = complement + 1
    if first <= head < last:
        first = head + 1 if complement > head else first
        last = min(last, head) if complement < head else last
    if last - first > 2 and tree.text[first] in _DAYS and tree.text[first + 1] == ",":
        first += 2
    for place in range(first + 2, last):
        later_cue = tree.tag[place] == "VBG" and tree.dep[place] == "advcl" and _outer_cue(tree, place) == head
        asked = tree.lower[place] == "when" and place + 1 < last and tree.is_addressed(place + 1)
        if later_cue or asked or (tree.text[place] == "according" and tree.text[place - 1] == ","):
            last = place
            break
        if tree.dep[place] == "conj" and tree.head[place] == complement and _speaks_itself(tree, place):
            # "demanded X, and the minister said Y": another report begins.
            last = tree.low[place]
            while last > first and (tree.text[last - 1] == "," or tree.pos[last - 1] == "CCONJ"):
                last -= 1
            break
    return _trim(tree, first, last)


def _speaks_itself(tree: SpeechTree, verb: int) -> bool:
    """Whether a coordinated verb of speech has a speaker of its own, behind a comma."""
    subject = tree.child(verb, "nsubj")
    low = tree.low[verb]
    return (
        subject is not None
        and tree.lemma[verb] in word_list("speech_verbs")
        and "," in (tree.text[low - 1], tree.text[low - 2])
        and tree.pos[subject] != "PRON"
    )


def _before_cue(tree: SpeechTree, head: int, speaker: int | None) -> list[tuple[int, int]]:
    """The sentence around a cue that trails it or interrupts it."""
    begin, stop = tree.sentence[head], tree.stop[head]
    low = head
    if speaker is not None and begin <= speaker < head:
        low = tree.low[speaker]
        if low == begin or speaker - low > 12 or any(tree.text[i] == "," for i in range(low, speaker)):
            # The parser took the clause into the name.
            low = next((i + 1 for i in range(speaker, begin, -1) if tree.text[i] == ","), low)
    for child in tree.children[head]:
        if child < head and tree.dep[child] in ("aux", "auxpass", "neg", "advmod") and child > begin:
            low = min(low, child)
    high = head + 1
    for child in tree.children[head]:
        if (tree.dep[child] in _CUT or tree.dep[child] in ("advmod", "prep")) and child > head:
            high = max(high, tree.high[child] + 1)
    # A comma behind the cue, with a verb after it, takes the sentence up again.
    pieces = _trim(tree, begin, low)
    if high < stop and tree.text[high] == "," and any(tree.pos[i] in ("VERB", "AUX") for i in range(high, stop)):
        nearest = next((c for c in tree.children[head] if c >= high and tree.dep[c] in ("advcl", "conj", "cc")), None)
        if nearest is None:
            pieces += _trim(tree, high, stop)
    return pieces


def _trim(tree: SpeechTree, first: int, last: int) -> list[tuple[int, int]]:
    while first < last and (tree.text[first] in _PUNCTUATION or tree.text[first].isspace()):
        first += 1
    while first < last and (tree.text[last - 1] in _PUNCTUATION or tree.text[last - 1].isspace()):
        last -= 1
    return [(first, last)] if first < last else []


def according_to(tree: SpeechTree, place: int) -> Found | None:
    """What stands in the sentence of ``according to`` at ``place``, without that phrase."""
    to = place + 1
    if to >= len(tree.text) or tree.text[to] != "to":
        return None
    named = tree.child(to, "pobj", "pcomp")
    if named is None:
        return None
    if tree.lemma[named] in ("report", "account", "story"):
        # "according to a report by Reuters" is according to Reuters.
        inner = [tree.child(c, "pobj") for c in tree.children[named] if tree.text[c] in ("by", "from", "in")]
        speaker = next((noun for noun in inner if noun is not None and tree.pos[noun] == "PROPN"), named)
    else:
        speaker = named
    begin, stop = tree.sentence[place], tree.stop[place]
    high = tree.high[named] + 1
    if high - place > 40:
        high = named + 1
    opening = range(begin, place)
    if place - begin < 4 and not any(tree.pos[i] in ("VERB", "AUX", "PRON") for i in opening):
        # In front, the phrase ends at the comma.
        high = next((i + 1 for i in range(named, min(high + 2, stop)) if tree.text[i] == "," and i >= named), high)
        return Found(tuple(_trim(tree, high, stop)), place, to, speaker, "according", to)
    pieces = _trim(tree, begin, place)
    if high < stop and any(tree.pos[i] in ("VERB", "AUX") for i in range(high, stop)) and tree.text[high] == ",":
        pieces += _trim(tree, high, stop)
    return Found(tuple(pieces), place, to, speaker, "according", to)


def widen(pieces: list[tuple[int, int]], tops: Sequence[Quoted], starts: Sequence[int]) -> list[tuple[int, int]]:
    """Character ranges that cut no pair of quotation marks in two.

    Args:
        pieces: the content, in order.
        tops: the outermost pairs, in order.
        starts: their first characters.
    """
    start, end = pieces[-1]
    first = pieces[0][0]
    for pair in tops[max(0, bisect_right(starts, min(first, start)) - 1) :]:
        if pair.start >= end + 2:
            break
        if start <= pair.start < end + 1 < pair.end + 1 and pair.end > end:
            end = pair.end
        if pair.start < first <= pair.inner_start + 1 and pair.end <= end + 1:
            first = pair.start
    if len(pieces) == 1:
        return [(first, end)]
    return [(first, pieces[0][1]), *pieces[1:-1], (start, end)]


def options(tree: SpeechTree) -> Iterator[Found]:
    """Everything that a cue might report, head by head; several of one head may share words."""
    known = cues()
    for head, lemma in enumerate(tree.lemma):
        if lemma not in known:
            continue
        if tree.lower[head] == "according":
            found = according_to(tree, head)
            if found and found.content:
                yield found
        elif taken := known[lemma].get(tree.pos[head]):
            yield from _from_head(tree, head, taken)


def _antecedent(tree: SpeechTree, speaker: int | None) -> int | None:
    """The noun that a relative pronoun stands for: "the agency, which reported"."""
    if speaker is not None and tree.tag[speaker] in ("WP", "WDT"):
        verb = tree.head[speaker]
        if tree.dep[verb] == "relcl" and tree.pos[tree.head[verb]] in ("NOUN", "PROPN", "PRON"):
            return tree.head[verb]
    return speaker


def _from_head(tree: SpeechTree, head: int, taken: frozenset[str]) -> Iterator[Found]:
    """What one cue may report: each complement, and two that touch ("called the plan" "a mistake") as one."""
    if tree.lemma[head] == "cite" and tree.tag[head] == "VBG" and tree.dep[head] == "advcl":
        # "Yonhap, citing photographs, said": a link of the chain, no report of its own.
        return
    before: Found | None = None
    for frame, complement in complements(tree, head):
        if frame not in taken and "+" not in taken:
            continue
        speaker = _antecedent(tree, speaker_of(tree, head, complement))
        pieces = content_of(tree, head, complement, frame, speaker)
        if not pieces:
            continue
        found = Found(tuple(pieces), head, complement, speaker, frame, head)
        if frame in taken:
            yield found
        if before and len(before.content) == 1 == len(pieces):
            first, end = before.content[0]
            joined = f"{before.frame}+{frame}"
            if joined in taken and end <= pieces[0][0] <= end + 1:
                content = ((first, pieces[0][1]),)
                yield Found(content, head, before.complement, before.speaker, joined, head)
        before = found
