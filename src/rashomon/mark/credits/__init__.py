"""From whom an article says it has something."""

from rashomon.mark.credits.find import find_credits

__all__ = ["find_credits"]
