"""From whom an article says it has something."""

from rashomon.mark.credits.find import find_credits
from rashomon.mark.credits.foot import FootLine, foot_lines

__all__ = ["FootLine", "find_credits", "foot_lines"]
