"""Reported speech in one article: what was said, by whom, and through whom we know."""

from rashomon.mark.quotes.find import find_quotations

__all__ = ["find_quotations"]
