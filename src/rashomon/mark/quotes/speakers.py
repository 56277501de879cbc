"""Who cannot be a speaker, whatever stands beside the verb: a month, an event, the photographer of the picture."""

import calendar
import re
from collections.abc import Iterable

from rashomon.mark.quotes.draft import Draft
from rashomon.mark.quotes.tree import SpeechTree
from rashomon.mark.quotes.words import word_list

_TIMES = frozenset(name.casefold() for name in (*calendar.month_name[1:], *calendar.day_name))
_PICTURE_BEFORE = re.compile(
    r"\b(?:photos?|photographs?|pictures?|images?|video|graphic|illustration|credits?|photo credit|image copyright"
    r"|photographed|pictured)(?:\s+(?:by|from|courtesy of|credit|copyright))?\s*[:/]?\s*(?:[A-Z]{2,}/)?$",
    re.IGNORECASE,
)
_PICTURE_BEHIND = re.compile(r"\s?/\s?[A-Z]|\s+(?:via\s+)?(?:Getty|AP Photo)\b")
_DATE_BEFORE = re.compile(
    r"(?:\b(?:in|on|since|until|till|by|of|from|last|next|this|early|late|mid|during|before|after|every)[ -]|\d )$",
    re.I,
)
# Characters before a name that tell of a picture.
_NEAR = 40


def without_no_speakers(drafts: Iterable[Draft], text: str, tree: SpeechTree) -> None:
    """Take from ``drafts`` the speakers that are none: who said it is then not known."""
    for draft in drafts:
        if draft.speaker is not None and not _can_speak(draft, text, tree):
            draft.speaker, draft.speaker_token = None, None


def _can_speak(draft: Draft, text: str, tree: SpeechTree) -> bool:
    speaker = draft.speaker
    if speaker is None:
        return True
    before = text[max(0, speaker.start - _NEAR) : speaker.start]
    if _PICTURE_BEFORE.search(before) or _PICTURE_BEHIND.match(text, speaker.end):
        return False
    words = speaker.cut(text).casefold().split()
    first, last = tree.at(speaker.start), tree.before(speaker.end)
    if len(words) == 1 and words[0] in _TIMES:
        # "said May" is a person; "on Monday said", "in May 2014 said" are none.
        dated = _DATE_BEFORE.search(before) or re.match(r",? \d", text[speaker.end : speaker.end + 3])
        return not dated or any(begin <= first < stop for begin, stop in tree.people)
    token = draft.speaker_token
    if token is None or not first <= token < last or tree.pos[token] not in ("NOUN", "PROPN"):
        return True
    if tree.pos[token] == "PROPN" and not tree.text[token].islower():
        return True
    return tree.lemma[token].casefold() not in word_list("no_speakers")
