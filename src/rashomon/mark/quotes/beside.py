"""The cue beside a pair of quotation marks: behind it, before it, or in the line that leads to it."""

import re
from dataclasses import dataclass

from rashomon.mark.quotes.marks import Quoted
from rashomon.mark.quotes.tree import SpeechTree
from rashomon.mark.quotes.words import word_list

_NOUNS = frozenset(["NOUN", "PROPN", "PRON"])
# Labels of nouns that are followed by the rest of their name.
_RUNS_ON = frozenset(["compound", "nmod", "appos", "nsubj"])
_STOPS = frozenset([".", "!", "?", "…", "..."])
_OPEN_END = frozenset(",?!—–-…")
_PAST = frozenset(["said", "added", "asked", "wrote", "says", "tweeted", "noted", "replied", "explained", "adds"])
_FINITE = frozenset(["VBD", "VBZ", "VBP"])
# A dash and a name, and no more, sign a quotation.
_SIGNED = re.compile(
    r"[\s\xa0]*[―—–-]{1,2}[\s\xa0]*((?:[A-Z][\w.'’-]*\w\.?)(?:[^\S\n](?:[A-Z][\w.'’-]*|de|van|von|al|bin|[A-Z]\.)){1,4})(?=\.?\s*(?:$|\n|[“\"”]))"
)
SPEECH_END = frozenset(",.?!…—–")
# Shortest run of words that counts as speech without a cue of its own.
ENOUGH = 4


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue beside a quotation: the verb's (or phrase's) first and last token, and the head of the speaker's name."""

    first: int
    last: int
    speaker: int | None


def cue_after(text: str, tree: SpeechTree, pair: Quoted, high: int) -> Cue | None:
    """The cue between the closing mark and the character ``high``."""
    inner = bare(text, pair)
    first, stop = tree.at(pair.end), tree.before(high)
    if not pair.runs_on and inner[-1].isalnum() and not ends_open(text, pair) and begins_sentence(text, tree, pair):
        return _plain_cue(tree, first, stop) if inner[0].isupper() else None
    if pair.runs_on or not (ends_open(text, pair) or inner[-1] in SPEECH_END):
        return None
    while first < stop and tree.text[first] in (",", "—", "–", "-", "--", "”", '"'):
        first += 1
    if first >= stop or (not ends_open(text, pair) and tree.text[first][:1].isupper() and not _inverted(tree, first)):
        # A capital behind a full stop begins another sentence.
        closed = inner[-1] in ".!?"
        if closed and not _bare_cue(tree, first, stop):
            return None
    signed = _SIGNED.match(text, pair.end, high)
    if signed:
        dash = tree.at(signed.start(1) - 1)
        return Cue(dash, dash, tree.before(signed.end(1)) - 1)
    end = first
    while end < stop and not ends_sentence(tree, end) and not tree.text[end].startswith("\n"):
        end += 1
    opens = end == stop and stop + 1 < len(tree) and tree.text[stop - 1] in (",", ":")
    if opens and inner[-1] in "?!" and tree.text[first][:1].isupper() and tree.text[stop + 1][:1].isupper():
        # ``"X?" He answered, "Y."``: it belongs to what follows.
        return None
    if first < stop and tree.text[first] in _PAST and tree.tag[first] != "IN":
        named = _next_noun(tree, first + 1, end)
        if named is not None and tree.dep[first] in ("amod", "compound", "nmod", "dep", "ROOT"):
            return Cue(first, first, named)
    cue = _cue_in(tree, first, end, near_start=True)
    unlisted = cue is not None and tree.lemma[cue.last] not in word_list("speech_verbs") and cue.first == cue.last
    return None if unlisted and _is_title(inner) else cue


def _is_title(inner: str) -> bool:
    """Whether all its longer words are capitalised: ``her memoir, "Winter of the Orchards," sold``."""
    return inner[-1] not in ".!?" and all(word[0].isupper() for word in re.findall(r"\w{4,}", inner))


def _plain_cue(tree: SpeechTree, first: int, stop: int) -> Cue | None:
    """Where the comma was forgotten: a cue that follows at once, a name or a pronoun and a verb of speech."""
    speech = word_list("speech_verbs")
    for place in range(first, min(first + 4, stop)):
        if tree.pos[place] == "VERB" and tree.lemma[place] in speech and tree.tag[place] in _FINITE:
            return _cue_in(tree, first, min(place + 8, stop), near_start=True)
        if tree.pos[place] not in ("PROPN", "PRON", "NOUN") and tree.text[place] not in ("'s", "’s"):
            return None
    return None


def _inverted(tree: SpeechTree, first: int) -> bool:
    return tree.lemma[first] in word_list("speech_verbs")


def _bare_cue(tree: SpeechTree, first: int, stop: int) -> bool:
    """``"X." Smith said.``: nothing but a name and a verb of speech."""
    end = first
    while end < stop and not ends_sentence(tree, end):
        end += 1
    words = range(first, end)
    if end == stop and stop < len(tree) and not tree.text[end].startswith("\n"):
        # ``He answered, "Y."``: it belongs to what follows.
        return False
    return (
        bool(words)
        and len(words) <= 4
        and any(tree.lemma[w] in word_list("speech_verbs") and tree.pos[w] == "VERB" for w in words)
    )


def cue_before(text: str, tree: SpeechTree, pair: Quoted, low: int) -> Cue | None:
    """The cue between the character ``low`` and the opening mark."""
    stop = tree.before(pair.start)
    first = tree.at(low)
    if stop <= first:
        return None
    for place in range(stop - 1, first - 1, -1):
        if ends_sentence(tree, place) or tree.text[place].startswith("\n"):
            first = place + 1
            break
    while first < stop and (tree.text[first] in (",", "”", '"', "—", "–", "-", ";") or tree.text[first].isspace()):
        first += 1
    if stop <= first:
        return None
    last = tree.text[stop - 1]
    inner = bare(text, pair)
    whole = inner[0].isupper() or inner[0] in "[…'‘" or inner[-1] in ".!?…"
    verb_last = tree.lemma[stop - 1] in word_list("speech_verbs") and tree.pos[stop - 1] in ("VERB", "NOUN")
    if pair.single and len(inner.split()) < ENOUGH:
        return None
    if (
        last == ":"
        or (last in (",", "—", "–", "--") and whole)
        or (verb_last and inner[0].isupper() and inner[-1] in ",.!?…" and not pair.single)
    ):
        return _cue_in(tree, first, stop, near_start=False)
    return None


def _cue_in(tree: SpeechTree, first: int, stop: int, *, near_start: bool) -> Cue | None:
    """The cue among these tokens: the first with a subject behind a quotation, the last before one."""
    speech = word_list("speech_verbs")
    order = range(first, stop) if near_start else range(stop - 1, first - 1, -1)
    fallback: Cue | None = None
    for place in order:
        word = tree.text[place].lower()
        if word == "according" and place + 1 < stop and tree.text[place + 1] == "to":
            named = tree.child(place + 1, "pobj") or _next_noun(tree, place + 2, stop)
            if named is not None:
                return fallback or Cue(place, place + 1, named)
        if tree.pos[place] not in ("VERB", "AUX") or not tree.tag[place].startswith("VB"):
            continue
        listed = tree.lemma[place] in speech
        if not listed and (fallback or tree.pos[place] == "AUX"):
            continue
        if tree.dep[place] in ("relcl", "amod"):
            continue
        speaker = _speaker_of(tree, place, first, stop)
        if speaker is None:
            continue
        if listed:
            return Cue(place, place, speaker)
        if near_start and place - first <= 4:
            fallback = Cue(place, place, speaker)
    return fallback


def _speaker_of(tree: SpeechTree, verb: int, first: int, stop: int) -> int | None:
    subject = tree.subject(verb)
    if subject is not None and first <= subject < stop:
        return subject
    # Quotation marks confuse parsers: fall back on the nearest noun on either side of the verb.
    if verb == first or (verb == first + 1 and tree.pos[first] == "ADV"):
        return _next_noun(tree, verb + 1, stop)
    if subject is not None and tree.sentence[subject] == tree.sentence[verb] and tree.tag[verb] == "VBG":
        return subject
    for place in range(verb - 1, first - 1, -1):
        if tree.pos[place] in ("NOUN", "PROPN", "PRON") and tree.dep[place] not in (
            "pobj",
            "dobj",
            "poss",
            "compound",
            "npadvmod",
        ):
            return place
    return None


def _next_noun(tree: SpeechTree, first: int, stop: int) -> int | None:
    noun = None
    for place in range(first, stop):
        if noun is not None and (tree.pos[place] not in ("NOUN", "PROPN") or tree.dep[noun] not in _RUNS_ON):
            return noun
        if ends_sentence(tree, place):
            return None
        if tree.pos[place] in ("NOUN", "PROPN", "PRON"):
            noun = place
    return noun


def introduced(tree: SpeechTree, pair: Quoted, begin: int) -> Cue | None:
    """A cue at the end of the paragraph before: ``She added:``."""
    if pair.start != begin:
        return None
    stop = tree.before(pair.start)
    while stop > 0 and tree.text[stop - 1].isspace():
        stop -= 1
    if stop == 0 or tree.text[stop - 1] != ":":
        return None
    return _cue_in(tree, tree.sentence[stop - 1], stop, near_start=False)


def presented_by(text: str, tree: SpeechTree, pair: Quoted) -> int | None:
    """Who stands before a colon without a verb of speech: ``Weil in his diary: "X."``, ``Harbour Office: "X."``."""
    if not text[max(0, pair.start - 20) : pair.start].rstrip().endswith(":"):
        return None
    colon = tree.before(pair.start) - 1
    while colon > 0 and tree.text[colon].isspace():
        colon -= 1
    before = colon - 1
    if before >= 0 and tree.pos[before] == "PROPN":
        return before
    begin = tree.sentence[colon]
    subject = next((i for i in range(begin, colon) if tree.dep[i] in ("nsubj", "nsubjpass", "ROOT", "dep")), None)
    return subject if subject is not None and tree.pos[subject] in _NOUNS else None


def question_put(text: str, tree: SpeechTree, pair: Quoted, low: int) -> Cue | None:
    """A cue before the marks that tells to whom they were said, but not by whom: ``Asked "Why?", Roe laughed``."""
    stop = tree.before(pair.start)
    while stop > 0 and (tree.text[stop - 1].isspace() or tree.text[stop - 1] in (",", ":")):
        stop -= 1
    if stop <= tree.at(low) or not text[low : pair.start].strip():
        return None
    begin = tree.sentence[stop - 1]
    place = next((i for i in range(stop - 1, max(begin, stop - 8) - 1, -1) if tree.is_addressed(i)), None)
    if place is None or any(tree.pos[i] == "VERB" for i in range(place + 1, stop)):
        return None
    by = tree.child(place, "agent")
    return Cue(place, place, tree.child(by, "pobj") if by is not None else None)


def ends_sentence(tree: SpeechTree, place: int) -> bool:
    """Whether a sentence ends here; the stop of "R-Wyo.," does not end one."""
    if tree.text[place] not in _STOPS:
        return False
    behind = tree.text[place + 1] if place + 1 < len(tree.text) else ""
    return not (behind[:1].islower() or behind in (",", ";", ")"))


def bare(text: str, pair: Quoted) -> str:
    """The words in the marks, without the marks of a quotation that they end with."""
    inner = text[pair.inner_start : pair.inner_end].strip()
    return inner.rstrip("'\"’”» \xa0") or inner


def ends_open(text: str, pair: Quoted) -> bool:
    """Whether the sentence goes on behind the closing mark, as it does before a trailing cue."""
    inner = bare(text, pair)
    return inner[-1] in _OPEN_END or text[pair.end : pair.end + 1] in (",", "—", "-", "–") or inner.endswith(".,")


def begins_sentence(text: str, tree: SpeechTree, pair: Quoted) -> bool:
    """Whether before the marks stands nothing, or the end of a sentence."""
    before = text[max(0, pair.start - 20) : pair.start].rstrip()[-1:]
    return (
        before in '.!?…”"’:'
        or before == ""
        or tree.at(pair.start) == 0
        or "\n" in text[max(0, pair.start - 2) : pair.start]
    )
