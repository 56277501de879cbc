"""The tables of docs/speed.md on stories, from the figures that ``story_speed.py`` wrote.

    python benchmarks/story_tables.py out/stories.json                        # prints them
    python benchmarks/story_tables.py out/stories.json --into docs/speed.md   # puts them between the two marks there

The file may also be one that ``speed.py --stories`` wrote.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- stories: begin -->", "<!-- stories: end -->"
WAYS = {
    "grouper": "**Rashomon**, one pass",
    "tfidf": "TF-IDF, average link",
    "tfidf-window": "TF-IDF, average link, 5-day window",
    "bertopic": "BERTopic's way",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("figures", type=Path)
    parser.add_argument("--into", type=Path, metavar="FILE.md")
    options = parser.parse_args()
    figures = json.loads(options.figures.read_text(encoding="utf-8"))
    shown = tables(figures.get("stories", figures))
    if options.into is None:
        print(shown)
    else:
        options.into.write_text(between(options.into.read_text(encoding="utf-8"), shown), encoding="utf-8")


def between(text: str, shown: str) -> str:
    """The text with ``shown`` between its two marks, in place of what stood there.

    Raises:
        ValueError: it does not have both marks, once each and in order.

    >>> between(f"A\\n{BEGIN}\\nold\\n{END}\\nB", "new") == f"A\\n{BEGIN}\\n\\nnew\\n\\n{END}\\nB"
    True
    """
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise ValueError(f"the text needs the lines {BEGIN} and {END}, once each and in this order")
    return f"{text[: text.index(BEGIN)]}{BEGIN}\n\n{shown}\n\n{text[text.index(END) :]}"


def tables(figures: dict[str, Any]) -> str:
    """Markdown of all tables, with a sentence where one is needed."""
    growth, kept = figures["growth_exponent"], figures["fingerprints"]
    parts = [
        _table(
            ("the scale corpus", "articles a second", "p50", "p99", "longest, ms", "peak MB"),
            ((f"{each['articles']:,}", *_times(each), each["peak_megabytes"]) for each in figures["scale"]),
        ),
        f"Fingerprints with the marks of {kept['with_marks']:,} of {kept['articles']:,} articles; making them is apart "
        f"({kept['articles_per_second']:,} a second)."
        + (f" Time grows with the number of articles to the power of {growth:.2f}." if growth is not None else ""),
        _table(
            ("invented stream, after", "articles a second", "p50", "p99", "longest, ms", "resident MB", "B³ F1"),
            (
                (f"{each['articles']:,}", *_times(each), each["resident_megabytes"], _share(each["bcubed_f1"]))
                for each in figures["stream"][0]["after"]
            ),
        ),
        _table(
            (
                "labelled articles among others",
                "articles",
                "seconds",
                "peak MB",
                "news_cluster B³",
                "allsides B³",
                "setting",
            ),
            (
                (
                    WAYS[way],
                    f"{each['articles']:,}",
                    f"{each['seconds']:.1f}",
                    f"{each['peak_megabytes']:,}",
                    _share(each["news_cluster_bcubed_f1"]),
                    _share(each["allsides_bcubed_f1"]),
                    each.get("setting", ""),
                )
                for way in WAYS
                for each in figures[way]
            ),
        ),
        _own(figures),
    ]
    return "\n\n".join(parts)


def _times(figures: dict[str, Any]) -> tuple[str, ...]:
    rate = f"{figures['articles_per_second']:,.0f}"
    return rate, f"{figures['p50_ms']:.2f}", f"{figures['p99_ms']:.2f}", f"{figures['max_ms']:.0f}"


def _own(figures: dict[str, Any]) -> str:
    """What the rivals reach with a setting for each set."""
    key = "labelled_alone_each_set_at_its_own_best"
    found = [
        f"{WAYS[way]} {_share(own['news_cluster_bcubed_f1'])} and {_share(own['allsides_bcubed_f1'])}"
        for way in WAYS
        if (own := figures[way][0].get(key))
    ]
    return f"With a setting of its own for each set, over the labelled articles alone: {'; '.join(found)}."


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


if __name__ == "__main__":
    main()
