"""What every store promises, whatever it is kept in. One suite of tests holds all of them to it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, Self

from rashomon.model.article import Article, Failure
from rashomon.model.marks import Marks
from rashomon.model.story import Assignment, Fingerprint, Merge, Relation, Reuse


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


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of the grouper once it had placed the article ``article_id`` and all that came before it.

    ``version`` is that of whatever made ``state``; another one cannot read it.
    """

    version: str
    article_id: str
    state: bytes


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

    def refs(self, article_ids: Iterable[str]) -> dict[str, str]:
        """The refs of those of these articles that are kept, by article id."""
        ...

    def arrival(self, article_id: str) -> int | None:
        """A number that is greater the later an article arrived; None if it is not kept."""
        ...

    def latest(self, most: int) -> list[str]:
        """Ids of the last ``most`` articles, in order of arrival."""
        ...

    def put_marks(self, marks: Marks) -> None:
        """Keep the marks of an article, in place of older ones."""
        ...

    def marks(self, article_ids: Iterable[str], only: Collection[str] | None = None) -> dict[str, Marks]:
        """The marks of those of these articles that have any, by article id.

        ``only``: names of fields; the others come as if nothing had been found, which takes a fraction of the time.
        """
        ...

    def stale_marks(self, version: str) -> list[str]:
        """Ids of the articles that have no marks, or marks of another version."""
        ...

    def put_fingerprint(self, fingerprint: Fingerprint, telling: Sequence[str] = ()) -> None:
        """Keep the fingerprint of an article, in place of an older one; ``telling`` are the stems to find it by."""
        ...

    def fingerprints(self, after: str | None = None) -> Iterator[Fingerprint]:
        """Fingerprints in order of their articles' arrival: all, or those of articles that came after ``after``."""
        ...

    def near(
        self, stems: Sequence[str], first: str | None, last: str | None, most: int, *, before: str | None = None
    ) -> list[tuple[Fingerprint, Assignment]]:
        """Articles found by the most of these telling stems, newer ones first among equals.

        Args:
            stems: compared with the ``telling`` ones of ``put_fingerprint``.
            first, last: only articles published on or between these days; None for no bound.
            most: how many articles at most.
            before: answer as the store would have when this article arrived: without it and all later ones, and with
                the stories as they stood then.
        """
        ...

    def grouped(self, story_id: str, *, before: str | None = None) -> list[tuple[Fingerprint, Assignment]]:
        """All articles of a story, in order of arrival; ``before`` as for ``near``."""
        ...

    def put_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Keep the state of the grouper, in place of an older one."""
        ...

    def checkpoint(self) -> Checkpoint | None:
        """The state of the grouper that was kept last."""
        ...

    def uncovered(self) -> int:
        """How many articles came after the one that the checkpoint covers last; all, where there is no checkpoint."""
        ...

    def put_reuses(self, article_id: str, reuses: Iterable[Reuse]) -> None:
        """Keep which passages an article has in common with earlier ones, in place of what was kept of it."""
        ...

    def reuses(self, article_ids: Iterable[str]) -> dict[str, tuple[Reuse, ...]]:
        """The reuses of those of these articles that have any, by article id."""
        ...

    def put_assignment(self, assignment: Assignment, version: str) -> None:
        """Put an article into a story, made if need be; a story that loses its last article is gone."""
        ...

    def assignments(self) -> list[Assignment]:
        """All assignments, in order of their articles' arrival."""
        ...

    def assigned(self, article_ids: Iterable[str], *, upto: str | None) -> dict[str, Assignment]:
        """These articles' assignments, by article id, with the stories as they stood once ``upto`` had arrived.

        None stands for the stories that the articles were put into on arrival, whatever became of those.
        """
        ...

    def merges(self, after: str | None, upto: str | None) -> list[Merge]:
        """The merges, in order, for which articles are the cause that arrived after ``after``, ``upto`` the last.

        None stands for before the first, and for the last of all.
        """
        ...

    def merges_by(self, article_id: str) -> list[Merge]:
        """The merges that one article caused, in order."""
        ...

    def put_merge(self, merge: Merge) -> None:
        """Two stories turned out to be one: the articles and relations of one go to the other.

        The story that ended, its account too, is gone; its id leads to the one that goes on.
        """
        ...

    def put_former(self, former: Mapping[str, str]) -> None:
        """Let ids that no story has any more (an older version of grouping made them) lead to stories."""
        ...

    def former(self) -> dict[str, str]:
        """The story that goes on under another id, by each id that ended."""
        ...

    def find_stories(self, beginning: str) -> list[str]:
        """Ids, sorted, of the stories whose id, or an id that led to them, begins with these letters."""
        ...

    def put_relation(self, relation: Relation) -> None:
        """Two stories are of one affair; ids that ended stand for what they lead to, and names gather."""
        ...

    def relations(self, story_id: str | None = None) -> list[Relation]:
        """The relations of a story, or all, sorted by their ids."""
        ...

    def members(self, story_id: str) -> list[str]:
        """Ids of a story's articles, in order of arrival; empty if there is no such story."""
        ...

    def forget_stories(self) -> None:
        """Drop all that grouping and telling made, so that the articles can be grouped anew."""
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

    def stories(self, ids: Iterable[str] | None = None) -> list[StoryRow]:
        """All stories, or those of ``ids`` that there are, in the order in which they were first seen."""
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
