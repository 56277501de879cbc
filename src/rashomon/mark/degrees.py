"""Degrees, honours and orders behind a person's name: "Ann Roe, M.S., R.D.," names one person and nothing else."""

import functools
import re
from collections.abc import Sequence

from rashomon.mark.drafts import Found, Reading
from rashomon.mark.gazetteer import rows

# A degree, with or without full stops: "PhD", "Ph.D.", "M.B.A.", "M.Sc.".
_SHAPE = r"[A-Z][A-Za-z]{0,5}(?:\.[A-Za-z]{1,5}){1,4}\.?|[A-Z][A-Za-z-]{1,6}\.?(?![\w'’])"
_CHAIN = re.compile(rf"(?:,?\s+|\s*\()(?P<degree>{_SHAPE})(?=[,;.)\s(]|$)")
_DEGREED = re.compile(
    rf"(?<![\w.] )(?P<name>[A-Z][^\W\d_]+(?: [A-Z]\.)?(?: [A-Z][\w'-]+){{1,2}}), (?P<degree>{_SHAPE})(?=[,;.)\s]|$)"
)
# Those who come after the name as their sons: part of the name.
_GENERATIONS = frozenset(("jr", "sr"))


@functools.cache
def _degrees() -> dict[str, str]:
    return {row[0].replace("-", "").casefold(): row[1] for row in rows("degrees.tsv")}


def _kind(word: str) -> str:
    """ "alone", "both", or empty for what is no degree."""
    key = re.sub(r"[.\s-]", "", word)
    if not any(char.isupper() for char in key):
        return ""
    return _degrees().get(key.casefold(), "")


def without_degrees(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """``found`` without the names that are degrees, and persons without those that stand at their names' ends."""
    kept = [_bare(reading, each) for each in found]
    kept = sorted([*kept, *_titled_by_degree(reading, kept)], key=lambda each: each.start)
    taken: list[tuple[int, int]] = []
    for person in kept:
        likely = person.kind in ("ORG", "OTHER", "PLACE") and not person.entry and person.name.istitle()
        if (person.kind == "PERSON" or likely) and (" " in person.name or person.role):
            at, sure = person.end, False
            while link := _CHAIN.match(reading.plain, at):
                loose = "," in link[0] or "." in link["degree"] or link["degree"].isupper() or "(" in link[0]
                if not (_kind(link["degree"]) and loose) or not _ends(reading, link.end()):
                    break
                taken.append((link.start("degree"), link.end()))
                at = link.end()
                sure = sure or _kind(link["degree"]) == "alone" or "." in link["degree"]
            if likely and sure:
                # Nobody but a person has a degree.
                person.kind, person.label, person.place = "PERSON", "PERSON", None
            elif likely and at > person.end:
                taken = [span for span in taken if span[0] < person.end or span[0] >= at]
    return [each for each in kept if not _is_degree(each) and not _within(each, taken)]


def _titled_by_degree(reading: Reading, kept: Sequence[Found]) -> list[Found]:
    """Persons whom nothing but their degree shows: "Ann Roe, M.B.A., checked the books"."""
    out = []
    for match in _DEGREED.finditer(reading.plain):
        start, end = match.span("name")
        sure = _kind(match["degree"]) == "alone" or (_kind(match["degree"]) and "." in match["degree"])
        if sure and not any(each.start < end and start < each.end for each in kept):
            out.append(reading.found(start, end, "PERSON", "PERSON"))
    return out


def _ends(reading: Reading, at: int) -> bool:
    """Whether no capitalised word follows at once: "Ann Roe, MS Dynamics" has no degree."""
    return re.match(r"\s+[A-Z][a-z]", reading.plain[at : at + 4]) is None or reading.plain[at - 1] == "."


def _bare(reading: Reading, person: Found) -> Found:
    """A person's name without the degrees at its end: "Ann Roe PhD", "Tom Orr, M.D"."""
    if person.kind not in ("PERSON", "ORG") or person.entry:
        return person
    words = person.name.split()
    count = len(words)
    while (
        count > 1 and _kind(words[count - 1].strip(",")) and words[count - 1].strip(",.").casefold() not in _GENERATIONS
    ):
        count -= 1
    if count == len(words) or count < 2:
        return person
    pattern = r"\s+".join(re.escape(word) for word in words[:count])
    match = re.compile(pattern).match(reading.plain, person.start)
    if match is None:
        return person
    end = match.end() - (match[0][-1] in ",.")
    return reading.found(person.start, end, "PERSON", "PERSON")


def _is_degree(found: Found) -> bool:
    """Whether a name can be nothing but one degree, or several."""
    words = found.name.replace(",", " ").split()
    kinds = [_kind(word) for word in words]
    return bool(kinds) and "" not in kinds and ("alone" in kinds) and words[0].strip(".").casefold() not in _GENERATIONS


def _within(found: Found, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= found.start and found.end <= end for start, end in ranges)
