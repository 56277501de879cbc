"""Many articles, and which of them report one event: near-duplicates and stories."""

from rashomon.group.fingerprint import fingerprint
from rashomon.group.stories import Grouper

__all__ = ["Grouper", "fingerprint"]
