"""``add``, ``stories`` and ``show``: a store that grows article by article."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.show.commands.telling import say_where, show_summary
from rashomon.show.errors import EXIT_CODES, LEFT_OUT, REFUSED, CommandError
from rashomon.show.opening import store_at
from rashomon.show.options import (
    FormatOption,
    Output,
    Pipeline,
    Quiet,
    RuntimeChoice,
    RuntimeOption,
    StorePath,
    Workers,
    pipeline_name,
)
from rashomon.show.output import destination, write_dossier, write_line
from rashomon.show.progress import Progress, one_line

if TYPE_CHECKING:
    from rashomon.run.archive import Added
    from rashomon.store import Store, StoryRow

# Enough of an id to be the only one of its kind in any archive that fits a disk, and to be typed.
SHOWN = 10


def add(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH...]",
            help="As for tell. Without any, what an older version of Rashomon stored is brought up to date.",
            show_default=False,
        ),
    ] = None,
    *,
    store: StorePath = None,
    workers: Workers = None,
    pipeline: Pipeline = None,
    runtime: RuntimeOption = RuntimeChoice.auto,
    quiet: Quiet = False,
) -> None:
    """Add articles to the store; each joins its story, and only the stories that change are told anew.

    What is there already is not added again. If it is interrupted, type it again: it goes on where it was.
    """
    from rashomon.run import archive
    from rashomon.run.local import local_engine

    name = pipeline_name(pipeline, runtime)
    with store_at(store, create=True) as opened, Progress(quiet=quiet) as progress:
        added = archive.add(
            opened,
            paths or [],
            local_engine(workers),
            stdin=sys.stdin.buffer,
            pipeline=name,
            runtime=runtime.value,
            progress=progress,
            report=progress.failed,
        )
    print(_sentence(added))
    if paths and added.failed and not added.new and not added.known:
        raise typer.Exit(REFUSED)
    if added.failed:
        raise typer.Exit(LEFT_OUT)


def stories(
    *,
    store: StorePath = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON line for each story.")] = False,
) -> None:
    """List the stories in the store, in the order in which they came up."""
    with store_at(store) as opened:
        rows = opened.stories()
        relations, former = (opened.relations(), opened.former()) if as_json else ([], {})
    if as_json:
        related: dict[str, list[str]] = {}
        for relation in relations:
            related.setdefault(relation.story_id, []).append(relation.other)
            related.setdefault(relation.other, []).append(relation.story_id)
        merged: dict[str, list[str]] = {}
        for old, new in former.items():
            merged.setdefault(new, []).append(old)
        for row in rows:
            write_line(
                {
                    "id": row.id,
                    "title": row.title,
                    "when": {"start": row.start, "end": row.end},
                    "articles": row.articles,
                    "outlets": list(row.outlets),
                    "related": sorted(related.get(row.id, ())),
                    "merged_from": sorted(merged.get(row.id, ())),
                }
            )
        return
    if not rows:
        print("No stories yet: rashomon add PATH... adds articles.")
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in _table(rows):
        print(line[:width])


def show(
    story: Annotated[
        str, typer.Argument(metavar="STORY", help="Its number in the list of stories, or the beginning of its id.")
    ],
    *,
    output: Output = None,
    form: FormatOption = None,
    store: StorePath = None,
) -> None:
    """Show one story of the store, as tell would."""
    from rashomon.run.archive import stored_dossier

    place, shape = destination(output, form)
    with store_at(store) as opened:
        found = _find(opened, story)
        try:
            dossier = stored_dossier(opened, found)
        except (KeyError, ValueError) as error:
            raise CommandError(
                f"story {found} has not been told by this version of Rashomon; rashomon add tells it"
            ) from error
    if place is None or shape is None:
        show_summary(dossier)
    else:
        write_dossier(dossier, place, shape)
        say_where(place)


def _sentence(added: "Added") -> str:
    """What happened, in one line.

    >>> from rashomon.run.archive import Added
    >>> _sentence(Added(new=2, known=9, again=0, told=("s_1",), failed=1))
    '2 new, 9 already there; 1 story told anew; 1 left out'
    """
    parts = [f"{added.new:,} new, {added.known:,} already there"]
    if added.again:
        parts.append(f"{added.again:,} marked again")
    if added.told:
        parts.append(f"{len(added.told):,} {'story' if len(added.told) == 1 else 'stories'} told anew")
    if added.failed:
        parts.append(f"{added.failed:,} left out")
    return "; ".join(parts)


def _table(rows: "Sequence[StoryRow]") -> Iterator[str]:
    digits = len(str(len(rows)))
    for number, row in enumerate(rows, start=1):
        days = " to ".join(dict.fromkeys(day for day in (row.start, row.end) if day)) or "no date"
        articles = f"{row.articles:>3} {'article ' if row.articles == 1 else 'articles'}"
        yield f"{number:>{digits}}  {row.id[:SHOWN]}  {days:<24}  {articles}  {one_line(row.title or 'untitled')}"


def _find(store: "Store", asked: str) -> str:
    """The id of the story that has this number in the list, or whose id, or one that it had before, begins so."""
    if asked.isascii() and asked.isdigit() and 0 < int(asked) <= len(rows := store.stories()):
        return rows[int(asked) - 1].id
    found = store.find_stories(asked if asked.startswith("s_") else f"s_{asked}") if asked else []
    if len(found) == 1:
        return found[0]
    why = f"{len(found)} stories begin with {asked!r}" if found else f"there is no story {asked!r}"
    raise CommandError(f"{why}; rashomon stories lists them")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(epilog=f"Example: rashomon add news/\n\n{EXIT_CODES}")(add)
    app.command(epilog=f"Example: rashomon stories\n\n{EXIT_CODES}")(stories)
    app.command(epilog=f"Example: rashomon show 1 -o story.html\n\n{EXIT_CODES}", no_args_is_help=True)(show)
