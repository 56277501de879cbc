"""The time that a measured distance points at: "two months after the summit in February", "three days later"."""

from collections.abc import Sequence
from dataclasses import replace

from rashomon.model.marks import Timex
from rashomon.model.measure import measure_of
from rashomon.model.spans import Span
from rashomon.model.timevalue import precision

# How far back "three days later" may look for the day it counts from, in code points: about two sentences.
REACH = 300


def with_points(timexes: Sequence[Timex]) -> list[Timex]:
    """Give measured distances the time they point at, where what they are measured from has a date.

    Args:
        timexes: the times of one article in order, values set.

    Returns:
        The same times; those of the form ``ref:`` with ``point``, ``anchor`` and ``anchor_span`` set.
    """
    starts = {timex.span.start: timex for timex in timexes}
    return [
        _pointing(timex, number, timexes, starts) if timex.expr.startswith("ref:") else timex
        for number, timex in enumerate(timexes)
    ]


def _pointing(timex: Timex, number: int, timexes: Sequence[Timex], starts: dict[int, Timex]) -> Timex:
    measure = measure_of(timex.expr)
    if measure is None:
        return timex
    if measure.dated is not None:
        start = starts.get(measure.dated)
    else:
        start = None if measure.event else _told_before(timexes, number)
    if start is not None:
        return replace(timex, point=measure.point_from(start.value), anchor="timex", anchor_span=start.span)
    if measure.event:
        return replace(timex, anchor="event", anchor_span=Span(timex.span.article_id, *measure.event))
    return timex


def _told_before(timexes: Sequence[Timex], number: int) -> Timex | None:
    """The date named last before "three days later"."""
    for place in range(number - 1, -1, -1):
        earlier = timexes[place]
        if timexes[number].span.start - earlier.span.end > REACH:
            return None
        if earlier.type in ("DATE", "TIME") and precision(earlier.value) != "none":
            return earlier
    return None
