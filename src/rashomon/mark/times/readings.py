"""What the words of a time expression mean: words in, type, normal form and modifier out.

One function for each rule of the grammar, under the rule's name. A function gives None when the words only look like a
time ("3:2" the score). ``?`` in a normal form stands for the direction that the sentence decides (see ``tense``).
"""

from collections.abc import Callable

from rashomon.mark.times import read_amounts, read_days, read_figures, read_parts, read_periods
from rashomon.mark.times.grammar import RULES
from rashomon.mark.times.phrase import Phrase, Reading


def _reader(rule: str) -> Callable[[Phrase], Reading | None]:
    name = "every_time" if rule == "set" else rule
    for module in (read_days, read_figures, read_periods, read_parts, read_amounts):
        if hasattr(module, name):
            reader: Callable[[Phrase], Reading | None] = getattr(module, name)
            return reader
    raise LookupError(f"no reading for the rule {rule!r}")


READINGS: dict[str, Callable[[Phrase], Reading | None]] = {rule: _reader(rule) for rule, _ in RULES}
