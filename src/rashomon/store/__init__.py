"""Articles, marks, stories and accounts, kept between runs."""

from rashomon.store.base import Checkpoint, Store, StoreError, StoryRow
from rashomon.store.sqlite import SqliteStore, default_path, open_store

__all__ = ["Checkpoint", "SqliteStore", "Store", "StoreError", "StoryRow", "default_path", "open_store"]
