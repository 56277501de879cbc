"""Bytes to articles: text files, web pages, JSON Lines, folders and standard input. Nothing is fetched."""

from rashomon.read.jsonl import write_article
from rashomon.read.limits import Limits
from rashomon.read.sources import read_paths

__all__ = ["Limits", "read_paths", "write_article"]
