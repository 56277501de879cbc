"""What every store promises, whatever it is kept in. One suite of tests holds all of them to it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, Self

from rashomon.model.article import Article, Failure
from rashomon.model.marks import Marks
from rashomon.model.story import Assignment, Fingerprint


class StoreError(Exception):
    """The store cannot be opened, read or written; the message says which store, why, and what to do."""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story as a list shows it: first and last publication day (``YYYY-MM-DD``), outlets sorted.

    ``title`` is that of its account, or of its first article while it has not been told.
    """

    id: str
    title: str | None
    start: str | None
    end: str | None
    articles: int
    outlets: tuple[str, ...]


class Store(Protocol):
    """Articles, what the stages made of them, and the stories told.

    Guarantees:
        * What a write returned from is there after any crash of the program or the machine, and so is all of a
          ``transaction`` that ended; of one that did not end, nothing is there.
        * Writing a record again changes nothing; writing another record under the same key replaces it.
        * Everything comes back equal to what went in, and in order of arrival, which never changes.
        * A record about an article or story that the store does not hold is refused.

    Every method raises ``StoreError`` if the store fails it.
    """

    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside are committed together at the end, or not at all if an exception leaves the block.

        Transactions may be nested: an inner one that fails takes back its own writes, and the outermost one decides
        over all. A write outside any is a transaction of its own, and waits for the disk: many belong inside one.
        """
        ...

    def add_article(self, article: Article) -> bool:
        """Keep an article; False, and no change, if one of this id is there."""
        ...

    def has(self, article_id: str) -> bool:
        """Whether an article of this id is kept."""
        ...

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[Article]:
        """All articles, or those of ``ids`` that are kept, in order of arrival; a few are held at a time."""
        ...

    def put_marks(self, marks: Marks) -> None:
        """Keep the marks of an article, in place of older ones."""
        ...

    def marks(self, article_ids: Iterable[str]) -> dict[str, Marks]:
        """The marks of those of these articles that have any, by article id."""
        ...

    def stale_marks(self, version: str) -> list[str]:
        """Ids of the articles that have no marks, or marks of another version."""
        ...

    def put_fingerprint(self, fingerprint: Fingerprint) -> None:
        """Keep the fingerprint of an article, in place of an older one."""
        ...

    def fingerprints(self) -> Iterator[Fingerprint]:
        """All fingerprints, in order of their articles' arrival."""
        ...

    def put_assignment(self, assignment: Assignment, version: str) -> None:
        """Put an article into a story, made if need be; a story that loses its last article is gone."""
        ...

    def assignments(self) -> list[Assignment]:
        """All assignments, in order of their articles' arrival."""
        ...

    def move_story(self, old: str, new: str) -> None:
        """Two stories turned out to be one: put all articles of ``old`` into ``new``; ``old`` is gone."""
        ...

    def members(self, story_id: str) -> list[str]:
        """Ids of a story's articles, in order of arrival; empty if there is no such story."""
        ...

    def forget_stories(self) -> None:
        """Drop fingerprints, assignments, stories and accounts, so that all articles can be grouped anew."""
        ...

    def dirty_stories(self, key: str) -> list[str]:
        """Stories to tell: without an account, or told of other articles than they have now, or under another key.

        ``key`` is whatever an account depends on besides its articles: the stages' versions and the options.
        """
        ...

    def put_account(
        self,
        story_id: str,
        key: str,
        body: str,
        *,
        articles: Iterable[str] | None = None,
        title: str | None = None,
        start: str | None = None,
        end: str | None = None,
    ) -> None:
        """Keep the account of a story as JSON text, in place of an older one.

        ``articles`` are those that it was told of (default: those that the story has now); ``title`` and the days
        ``start`` and ``end`` are what lists show.
        """
        ...

    def account(self, story_id: str) -> str | None:
        """The JSON text of a story's latest account, up to date or not; None if it has not been told."""
        ...

    def stories(self) -> list[StoryRow]:
        """All stories, in the order in which they were first seen."""
        ...

    def add_failure(self, failure: Failure) -> None:
        """Note what could not be used, once."""
        ...

    def forget_failures(self, refs: Iterable[str]) -> None:
        """Drop the failures of these inputs, because they have been tried again."""
        ...

    def failures(self) -> list[Failure]:
        """All failures, in order of arrival."""
        ...

    def record_stages(self, versions: Mapping[str, str]) -> None:
        """Note which version of each stage worked on this store."""
        ...

    def stages(self) -> dict[str, str]:
        """The version of each stage that last worked on this store, by stage."""
        ...

    def close(self) -> None:
        """Let go of the store; safe to call twice."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...
