"""Claims: the checkable statements of one article, clause by clause."""

from rashomon.mark.claims.find import find_claims

__all__ = ["find_claims"]
