"""What stands around a name tells whether it is credited, and as what: wire, reprint, photo, own work, or cited."""

import functools
import re
from dataclasses import dataclass

from rashomon.model.lists import data_lines
from rashomon.model.marks import CreditRelation

# Characters of the paragraph beside a name that are looked at: a dateline or a byline is shorter, so is the way from
# "with input from" over a list of names to the last of them.
AROUND = 160
# Characters before it that hold what cites it: "as reported by the state-run official news agency of".
_NEAR = 90

_DASH = r"[-–—―:|]"
_DATELINE_LEFT = re.compile(r"^\W{0,3}[A-Z][\w .,'’/&-]{1,60}\((?:The )?$")
_DATELINE_RIGHT = re.compile(rf"^[^()\n]{{0,30}}\)\s*{_DASH}")
_OPEN_DATELINE_LEFT = re.compile(r"^[A-Z][A-Z .'’-]{2,40}(?:, [A-Z]\w+\.? \d{1,2})?\s*[-–—,/]+\s*$")
_OPEN_DATELINE_RIGHT = re.compile(r"^\s*(?:[-–—]{1,2}\s|/\s?[-–—]?)")
_BYLINE_LEFT = re.compile(
    r"^\W*(?:(?:By|BY|by|From|Source:?|SOURCE:?)\s+)?"
    r"(?:[A-Z][\w.'’-]+(?:\s+(?:and\s+)?[A-Z][\w.'’-]+){0,6}\s*[,|/–—-]\s*)?(?:The\s+|the\s+)?$"
)
_BYLINE_RIGHT = re.compile(r"^(?:\s+(?:Staff|staff|Writer|writers?|News|Wire|Wires))*[\s.)\]]*$")
_CLOSING_LEFT = re.compile(r"^[\s(\[©–—-]*(?:(?:Source|SOURCE|Via|via|Credit)s?:?\s+)?(?:The\s+)?$")
_WITH_LEFT = re.compile(
    r"(?:\b[Ww]ith|\b[Aa]dditional|^\W*[Ff]rom)\b[^.]{0,25}?\b"
    r"(?:inputs?|reporting|reports|files|material|information|contributions|agencies|wires?)"
    r"(?:\s+(?:from|by|of))?:?\s+(?:(?:the|The|and|[A-Z][\w.'’-]*,?)\s+){0,8}$"
)
_WITH_RIGHT = re.compile(r"^[^.]{0,80}\bcontributed\b[^.]{0,30}\b(?:report|story|article)\b")
# The article as a whole was elsewhere before. "The leak was first published by X" says that of a leak: that is cited.
_REPRINT = (
    r"(?:\b(?:[Tt]his|[Tt]he (?:above|following|original)|[Vv]ersion of (?:this|the))\s+(?:\w+\s+){0,3}?"
    r"(?:article|story|piece|column|report|essay|post|op-ed|commentary|interview|item|feature|excerpt|version|content)"
    r"\b[^.]{0,30}?\b(?:appeared|published|ran|posted|written|produced|aired|(?:re)?printed|republished|provided"
    r"|syndicated)"
    r"|^\W*(?:[Oo]riginally\s+|[Ff]irst\s+)(?:appeared|published|ran|posted)"
    r"|^\W*(?:[Rr]epublished|[Rr]eprinted|[Ss]yndicated|[Cc]ourtesy)|\b(?:re)?printed with permission)\b"
    r"(?:\s+(?:here|originally|first|earlier|online|in|on|at|by|from|for|of"
    r"|with (?:the )?(?:kind )?permission (?:of|from)))*"
    r"\s+(?:[Tt]he\s+)?"
)
REPRINT = re.compile(_REPRINT + r"(?:\w+\s+){0,2}$")
# The same with any name behind it, for outlets that no list has.
REPRINTED = re.compile(_REPRINT + r"(?P<name>[A-Z][\w.'’&-]*(?:\s+(?:of\s+)?[A-Z][\w.'’&-]*){0,5})")
_PHOTO = re.compile(
    r"\b(?:[Pp]hotos?|PHOTO|[Pp]hotograph(?:s|er)?|[Ii]mages?|[Pp]ictures?|[Hh]andout|Getty|Pool|POOL|Credit)\b"
)
_PHOTO_LEFT = re.compile(
    r"(?:/\s?|©\s?|\b(?:[Pp]hotos?|[Ii]mages?|[Pp]ictures?|[Cc]redit|[Ff]ile)"
    r"(?:\s+(?:by|via|from|credit|courtesy of))?\s*[:/]?\s*(?:[A-Z][\w.-]+\s+){0,3})$"
)
_PHOTO_RIGHT = re.compile(r"^\s*(?:/|[Pp]hoto|PHOTO|[Ff]ile|FILE|via Getty|[Ii]mages?\b)")
_CAPTION_LINE = re.compile(r"^[A-Z][\w.'’ -]{2,40}\s*/\s*$")
_TOLD = re.compile(
    r"\b(?:[Tt]old|[Tt]elling|[Tt]ells|[Ss]peaking (?:to|with)|[Ss]poke (?:to|with)"
    r"|(?:interview|interviewed|statements?|comments|remarks) (?:with|to|by))\s+(?:\S+\s+){0,3}$"
)
# A medium without a name that is spoken to, or that shows somebody: "leaked to the media", "was aired on television".
_LISTENS = re.compile(r"\b(?:to|with|told|(?<!reported )(?<!broadcast )on)\s+(?:the\s+)?$")
_REPORTS_OF = re.compile(r"^\s+reports?\s+(?:of|about|on)\b")
_POLL = re.compile(r"^(?:/|-[A-Z])")
# "The Guardian of the treasure": no name of a paper goes on like that; "Reuters said its profit rose": its own affairs.
_OF = re.compile(r"^\s+of (?:the|a|an|our|his|her|its|their|all)\b")
_MONEY = r"(?:profits?|revenues?|earnings|loss|sales)"
_OWN_AFFAIRS = re.compile(
    r"^\s+(?:said|says|reported|reports|announced|posted)\s+(?:(?:on\s+)?\w+day,?\s+)?(?:that\s+)?"
    rf"(?:its\s+(?:\w+[ -]){{0,3}}(?:{_MONEY}|shares?|newsroom|subscribers|readers(?:hip)?|staff)"
    rf"|(?:(?:first|second|third|fourth)-quarter|quarterly|annual|net|record)\s+(?:\w+\s+)?(?:{_MONEY}|income))\b"
)
# Agencies that sell pictures only: their name on a line of its own belongs to a picture.
PICTURE_DESKS = frozenset(["agency:getty-images", "agency:epa", "agency:shutterstock", "agency:zuma-press"])


@dataclass(frozen=True, slots=True)
class Setting:
    """A name and what stands beside it in its paragraph: ``left`` and ``right``, at most ``AROUND`` characters each.

    ``known`` is the gazetteer's id; ``own`` tells that the name is that of the outlet that publishes; ``publisher`` is
    whether that outlet is known at all. ``place`` counts the paragraphs before, ``count`` all of them.
    """

    left: str
    right: str
    known: str | None
    own: bool
    publisher: bool
    listed: bool
    place: int
    count: int


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    """The alternatives of ``data/credit_<name>.txt`` as one pattern."""
    words = "|".join(re.escape(word) for word in data_lines("rashomon.mark", f"credit_{name}.txt"))
    if name == "decoys":
        return re.compile(rf"^(?:['’]s)?\s+(?:{words})\b")
    if name == "left":
        return re.compile(
            rf"\b(?i:{words})\s+(?:(?:a|an|the|its|his|her|reports?|by|from|in|to|of|on|[A-Z][\w.'’-]*|\w+['’]s|"
            r"state(?:-\w+)?|official|local|daily|newspaper|news|agency|website|media|broadcaster|television|network|"
            r"weekly|copy|copies)\s+){0,7}$"
        )
    return re.compile(
        r"^(?:['’]s [A-Z][\w.-]+ [A-Z][\w.-]+)?"
        r"(?:\s+(?:news agency|news service|newspaper|television|agency|daily|[Nn]ews|"
        r"correspondent|reporter|witness|journalist))?,?\s+"
        rf"(?:also |which also |earlier |first |has |had |have |further |later |then |on \w+ )*(?:{words})\b"
    )


def relation_of(name: Setting) -> CreditRelation | None:
    """How the article credits this name, or None: a name alone credits nobody."""
    left, right = name.left, name.right
    if name.listed:
        if _is_photo(left, right):
            return "photo"
        if REPRINT.search(left):
            return "reprint"
        if _is_wire(name):
            return "own" if name.own and not (name.known or "").startswith("agency:") else "wire"
    if _POLL.match(right) or name.known in PICTURE_DESKS or _is_decoy(right):
        return None
    if not name.listed and not name.own and (_LISTENS.search(left[-20:]) or _REPORTS_OF.match(right)):
        return None
    told = bool(_TOLD.search(left[-_NEAR:]))
    if told and not (name.own or (name.publisher and name.listed) or (name.known or "").startswith("agency:")):
        # An outlet that was told something may be the one that writes here, where nothing says who does; a medium
        # without a name is no credit.
        return None
    if told or _pattern("left").search(left[-_NEAR:]) or _pattern("right").match(right):
        return "own" if name.own else "cites"
    return None


def _is_decoy(right: str) -> bool:
    return bool(_pattern("decoys").match(right) or _OF.match(right) or _OWN_AFFAIRS.match(right))


def _is_photo(left: str, right: str) -> bool:
    near = left[-60:] + right[:40]
    if _PHOTO_RIGHT.match(right) and (_PHOTO.search(right[:30]) or left.endswith(("/", "(", "[", "© "))):
        return True
    if _CAPTION_LINE.match(left) and len(right.strip(" .)")) == 0:
        return True
    return bool(_PHOTO_LEFT.search(left) and (_PHOTO.search(near) or left.rstrip().endswith("/")) and len(right) < 40)


def _is_wire(name: Setting) -> bool:
    left, right = name.left, name.right
    if _DATELINE_LEFT.match(left) and (_DATELINE_RIGHT.match(right) or (name.place < 4 and right.startswith(")"))):
        return True
    if name.known in PICTURE_DESKS:
        return False
    agency = name.known is not None and name.known.startswith("agency:")
    if agency and name.place < 6 and _OPEN_DATELINE_LEFT.match(left) and _OPEN_DATELINE_RIGHT.match(right):
        return True
    if agency and name.place < 5 and left.strip() in ("(", "[") and right[:1] in (")", "]"):
        return True
    if _WITH_LEFT.search(left) or _WITH_RIGHT.match(right):
        return True
    if not agency:
        return False
    alone = bool(_BYLINE_RIGHT.match(right))
    if alone and name.place < 5 and name.place < name.count - 1 and _BYLINE_LEFT.match(left):
        return True
    return alone and name.place >= name.count - 3 and name.place > 0 and bool(_CLOSING_LEFT.match(left))
