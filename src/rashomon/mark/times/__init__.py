"""Time expressions (TIMEX3) of one article, and the day on which it was published."""

from rashomon.mark.times.find import find_times
from rashomon.mark.times.published import infer_published
from rashomon.mark.times.resolve import resolve

__all__ = ["find_times", "infer_published", "resolve"]
