"""How fast articles are put into stories, in what memory, and how others do it: the stories' part of ``speed.py``.

    RASHOMON_BENCH=../shared/bench python benchmarks/story_speed.py [--long] [--marks FILE.jsonl[.gz]]

- scale: ``Grouper.add`` over the scale corpus in date order (every k-th article of it where not all are taken, so that
  more articles are a denser stream), and how its time grows with their number: the slope of both logarithms.
- stream: an endless stream of invented articles (``story_stream.py``): what an article costs once many have gone by.
- grouper, tfidf, tfidf-window, bertopic: the labelled articles among those of the scale corpus, grouped by us and by
  the rivals of ``story_rivals.py``, with B-cubed F1 of the labelled ones.

Each measurement is a process of its own with one thread, started by a small one so that its peak memory is its own. A
process reads fingerprints from a file one at a time, so the memory is the grouper's and not the articles'. Times are of
the processor. Without --long, what takes a few minutes; with it, all sizes, about an hour. ``--only scale grouper
stream`` measures ours again after a change, and keeps the rivals' figures. A line of the marks file is ``{"ref": …,
"marks": …}``, the marks as ``rashomon.model.codec`` encodes them; without one, marks are empty: no names, and no days
but the day of publication.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rashomon.run.threads import one_blas_thread

one_blas_thread()  # heard only before numpy is imported

import numpy as np  # noqa: E402

from peak import measured  # noqa: E402
from rashomon.group import Grouper  # noqa: E402
from rashomon.model.story import Fingerprint  # noqa: E402
from stories import BENCH, SETS  # noqa: E402
from story_articles import Entry, choose, prepare, read_prints, read_texts  # noqa: E402

# Articles of each measurement: in a few minutes, and at length. TF-IDF's clustering needs a matrix of all pairs, so it
# cannot take everything.
EVERYTHING = 30_000
SHORT = dict.fromkeys(("scale", "grouper", "tfidf", "tfidf-window", "bertopic"), (3_000,)) | {"stream": (10_000,)}
LONG = {
    "scale": (3_000, 10_000, EVERYTHING),
    "grouper": (3_000, 10_000, EVERYTHING),
    "tfidf": (3_000, 10_000),
    "tfidf-window": (3_000, 10_000),
    "bertopic": (3_000, 10_000, EVERYTHING),
    "stream": (1_000_000,),
}
# Where the stream is looked at.
MARKS = (10_000, 100_000, 1_000_000)
WINDOW = 5
# Real fingerprints that the stream is made of, and articles before each of its marks that the figures are of.
MATERIAL, SECTION = 3_000, 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("-o", "--output", type=Path, default=Path("out/stories.json"))
    parser.add_argument("--long", action="store_true", help="all sizes: about an hour")
    parser.add_argument("--marks", type=Path, help="JSON Lines, also gzipped, of ref and marks")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=PARTS,
        default=(),
        metavar="PART",
        help=f"of {', '.join(PARTS)}: the other figures of the output file are kept",
    )
    parser.add_argument("--part", nargs=3, metavar=("NAME", "ARTICLES", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        name, articles, folder = options.part
        figures: dict[str, Any] | None = PARTS[name](Path(folder), int(articles))
    else:
        figures = measure_stories(long=options.long, marks=options.marks, only=options.only)
        if options.only and figures and options.output.is_file():
            figures = {**json.loads(options.output.read_text(encoding="utf-8")), **figures}
        print(json.dumps(figures, indent=2))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def measure_stories(*, long: bool, marks: Path | None = None, only: Sequence[str] = ()) -> dict[str, Any] | None:
    """The figures of each part by its name, or of the parts named; each in a process of its own.

    None, and a line that says so, where there are no labelled sets.
    """
    if not (BENCH / "score.py").is_file():
        print(f"stories: not measured, there are no labelled sets at {BENCH}: set RASHOMON_BENCH", file=sys.stderr)
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures: dict[str, Any] = {"fingerprints": prepare(folder, marks)}
        for job, sizes in (LONG if long else SHORT).items():
            if not only or job in only:
                figures[job] = [_apart(folder, job, size) for size in sizes]
        if "scale" in figures:
            figures["growth_exponent"] = exponent(figures["scale"])
        return figures


def _apart(folder: Path, job: str, articles: int) -> dict[str, Any]:
    """One measurement, in a process of its own."""
    print(f"stories: {job}, {articles} articles", file=sys.stderr, flush=True)
    output = folder / "figures.json"
    command = [sys.executable, __file__, "--part", job, str(articles), str(folder), "-o", str(output)]
    peak = measured(command)["peak_megabytes"]
    return {**json.loads(output.read_text(encoding="utf-8")), "peak_megabytes": peak}


def exponent(figures: Sequence[dict[str, Any]]) -> float | None:
    """The slope of the logarithm of seconds over that of articles: 1 is linear growth. None for a single size."""
    if len(figures) < 2:
        return None
    articles, seconds = (np.log([float(each[name]) for each in figures]) for name in ("articles", "seconds"))
    return round(float(np.polyfit(articles, seconds, 1)[0]), 3)


class Timed:
    """A grouper that keeps how long each article took, in milliseconds of the processor."""

    def __init__(self) -> None:
        self.grouper: Any = Grouper()
        self.spent = array("f")
        self._ended: dict[str, str] = {}

    def add(self, fp: Fingerprint) -> str:
        """The story that the article was put into."""
        begun = time.process_time_ns()
        placed = self.grouper.add(fp)
        self.spent.append((time.process_time_ns() - begun) / 1e6)
        self._ended |= {merge.story_id: merge.into for merge in placed.merges}
        story: str = placed.assignment.story_id
        return story

    def settle(self) -> None:
        """The end of the input."""
        self._ended |= {merge.story_id: merge.into for merge in self.grouper.settle()}

    def current(self, story: str) -> str:
        """The story that one became part of, closed ones too."""
        while story in self._ended:
            story = self._ended[story]
        return story

    def figures(self, last: int | None = None) -> dict[str, Any]:
        """Of the last so many articles, or of all."""
        spent = np.array(self.spent if last is None else self.spent[-last:], np.float64)
        middle, late = np.percentile(spent, (50, 99))
        return {
            "articles_per_second": round(spent.size / float(spent.sum()) * 1000, 1),
            "p50_ms": round(float(middle), 3),
            "p99_ms": round(float(late), 3),
            "max_ms": round(float(spent.max()), 1),
        }


def part_scale(folder: Path, articles: int) -> dict[str, Any]:
    """The grouper alone, over unlabelled articles."""
    timed = Timed()
    entries = choose(folder, articles, labelled=False)
    told = [timed.add(fp) for fp in read_prints(folder, entries)]
    return {
        "articles": len(told),
        "stories": len({timed.current(story) for story in told}),
        "seconds": round(sum(timed.spent) / 1000, 2),
        **timed.figures(),
    }


def part_stream(folder: Path, articles: int) -> dict[str, Any]:
    """The grouper over invented articles; figures are of the last ``SECTION`` articles before each mark."""
    from story_stream import Material, stream

    material = Material(read_prints(folder, choose(folder, MATERIAL, labelled=False)))
    timed = Timed()
    found = []
    gold: list[int] = []
    told: list[str] = []
    for count, (story, fp) in enumerate(stream(material), start=1):
        told.append(timed.add(fp))
        gold.append(story)
        if count % SECTION:
            continue
        if count in MARKS:
            current = [timed.current(each) for each in told]
            found.append(
                {
                    "articles": count,
                    **timed.figures(),
                    "resident_megabytes": _resident(),
                    "bcubed_f1": round(_score().bcubed(gold, current)[2], 4),
                }
            )
            print(f"  {found[-1]}", file=sys.stderr, flush=True)
        if count >= articles:
            return {"section": SECTION, "material": MATERIAL, "after": found}
        timed.spent = array("f")
        gold, told = [], []
    raise AssertionError("the stream has no end")


def part_grouper(folder: Path, articles: int) -> dict[str, Any]:
    """The grouper over labelled articles among others."""
    timed = Timed()
    entries = choose(folder, articles, labelled=True)
    told = [timed.add(fp) for fp in read_prints(folder, entries)]
    timed.settle()
    current = [timed.current(story) for story in told]
    return {
        "articles": len(told),
        "seconds": round(sum(timed.spent) / 1000, 2),
        **_bcubed(entries, current),
    }


def rival(find: Callable[..., Any], **options: Any) -> Callable[[Path, int], dict[str, Any]]:
    """The measurement of one of ``story_rivals``."""

    def part(folder: Path, articles: int) -> dict[str, Any]:
        from story_rivals import Texts

        # The labelled ones first: they choose the settings.
        entries = sorted(choose(folder, articles, labelled=True), key=lambda entry: entry.labelled is None)
        labelled = sum(entry.labelled is not None for entry in entries)
        texts = list(read_texts(folder, entries))
        days = [date.fromisoformat(e.published).toordinal() if e.published else -1 for e in entries]
        found = find(
            Texts(texts, np.array(days)),
            labelled,
            lambda labels: _bcubed(entries[:labelled], labels.tolist()),
            **options,
        )
        return {
            "articles": len(entries),
            "setting": found.setting,
            "labelled_alone_each_set_at_its_own_best": found.own,
            "seconds": round(found.vector_seconds + found.cluster_seconds, 2),
            "of_them_vectors": round(found.vector_seconds, 2),
            **_bcubed(entries, found.labels.tolist()),
        }

    return part


def _bcubed(entries: Sequence[Entry], told: Sequence[Any]) -> dict[str, float]:
    """B-cubed F1 of each labelled set, whatever else is in the stories."""
    found = {}
    for name in SETS:
        places = [place for place, entry in enumerate(entries) if entry.labelled == name]
        gold = [entries[place].story for place in places]
        found[f"{name}_bcubed_f1"] = round(_score().bcubed(gold, [told[place] for place in places])[2], 4)
    return found


def _score() -> Any:
    """The referee, which comes with the labelled sets."""
    if str(BENCH) not in sys.path:
        sys.path.insert(0, str(BENCH))
    import score

    return score


def _resident() -> int:
    """Resident memory of this process in megabytes; 0 where there is no /proc."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def _agglomerative(*args: Any, **options: Any) -> Any:
    from story_rivals import agglomerative

    return agglomerative(*args, **options)


def _bertopic(*args: Any) -> Any:
    from story_rivals import bertopic

    return bertopic(*args)


PARTS: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    "scale": part_scale,
    "stream": part_stream,
    "grouper": part_grouper,
    "tfidf": rival(_agglomerative),
    "tfidf-window": rival(_agglomerative, window=WINDOW),
    "bertopic": rival(_bertopic),
}


if __name__ == "__main__":
    main()
