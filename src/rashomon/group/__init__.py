"""Many articles, and which of them report one event: near-duplicates and stories."""

from rashomon.group.fingerprint import fingerprint
from rashomon.group.stories import Grouper

# Bumped when the same articles may be grouped differently; CHANGELOG.md lists what changed.
VERSION = "6"

__all__ = ["VERSION", "Grouper", "fingerprint"]
