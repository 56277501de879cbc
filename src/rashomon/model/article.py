"""One page by one outlet, and what could not become one."""

from dataclasses import dataclass
from typing import Literal

from rashomon.model.ids import content_id

DateSource = Literal["metadata", "page", "text", "siblings", "unknown"]


@dataclass(frozen=True, slots=True)
class Article:
    """One page by one outlet. ``text`` is exactly what came in; no step ever alters it.

    ``published`` is an ISO 8601 date or date and time, or None; ``published_from`` says how it is known.
    ``language`` is an ISO 639-1 code or "und".
    """

    id: str
    ref: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_from: DateSource = "unknown"
    language: str = "und"

    @property
    def day(self) -> str | None:
        """The publication day as ``YYYY-MM-DD``, or None.

        >>> article_of("t", text="x", published="2021-03-04T10:00:00Z").day
        '2021-03-04'
        """
        return self.published[:10] if self.published else None


def article_of(
    ref: str,
    *,
    text: str,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    authors: tuple[str, ...] = (),
    published: str | None = None,
    published_from: DateSource | None = None,
    language: str = "en",
) -> Article:
    """An article with the id that its content gives it.

    The caller's ``ref`` is not part of the id: the same page read from two places is one article. Outlet, address
    and date are: two outlets that print one agency text are two articles.
    """
    known = published_from or ("metadata" if published else "unknown")
    return Article(
        id=content_id("a", outlet or "", url or "", published or "", title or "", text),
        ref=ref,
        text=text,
        title=title,
        outlet=outlet,
        url=url,
        authors=authors,
        published=published,
        published_from=known,
        language=language,
    )


Stage = Literal["read", "mark", "group", "align", "tell", "store"]


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """What one input cost: its name, the stage it failed in, and why, in one line a person understands."""

    ref: str
    stage: Stage
    error: str
