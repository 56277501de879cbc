"""Inside one story: what its outlets share, where each had it from, where they conflict."""

from rashomon.align.matching.shared_facts import shared_facts
from rashomon.align.statements.sibling_dates import date_from_siblings
from rashomon.align.story import VERSION, align_story

__all__ = ["VERSION", "align_story", "date_from_siblings", "shared_facts"]
