"""The quality gate: measure on the labelled sets, and hold every figure to its floor.

    python benchmarks/gate.py              # $RASHOMON_BENCH, default ../shared/bench
    python benchmarks/gate.py times quotes # only these

``floors.json`` names, for each benchmark file, the figures and the lowest value that each may have. A benchmark file
offers ``measure()``, which gives its figures by name, higher is better; where a figure is a dict or a triple of
precision, recall and F1, each part is a figure with a longer name. Missing sets, a benchmark without ``measure``, or a
floor without a figure fail the gate: it never passes silently. A floor only rises.
"""

import argparse
import importlib
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BENCH = "RASHOMON_BENCH"
WIDTH = 34


def main() -> int:
    """Print the table and return 0 when every figure holds."""
    floors: dict[str, dict[str, float]] = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(floors)}; default all")
    names = parser.parse_args().names or list(floors)
    bench = Path(os.environ.get(BENCH) or HERE.parent / "../shared/bench").resolve()
    if not (bench / "score.py").is_file():
        print(f"gate: there are no labelled sets at {bench}: name their folder in {BENCH}", file=sys.stderr)
        return 1
    os.environ[BENCH] = str(bench)
    for path in (str(bench), str(HERE)):  # the referee and the benchmark files
        if path not in sys.path:
            sys.path.insert(0, path)
    print(f"{'figure':<{WIDTH}}{'measured':>10}{'floor':>10}")
    failed = sum([_gate(name, floors.get(name, {})) for name in names])
    print(f"\ngate: {f'{failed} below the floor or not measured' if failed else 'every figure holds'}")
    return 1 if failed else 0


def _gate(name: str, floors: dict[str, float]) -> int:
    """Print one benchmark's rows; how many of them fail."""
    begun = time.perf_counter()
    try:
        figures = dict(_flat("", importlib.import_module(name).measure()))
    except Exception as error:  # one broken benchmark must not hide the figures of the others
        print(f"{name:<{WIDTH}}  not measured: {type(error).__name__}: {error}")
        return max(1, len(floors))
    failed = 0
    for figure in sorted({*figures, *floors}):
        measured, floor = figures.get(figure), floors.get(figure)
        holds = floor is None or (measured is not None and measured >= floor)
        failed += not holds
        shown = "missing" if measured is None else f"{measured:.3f}"
        limit = "" if floor is None else f"{floor:.3f}"
        print(f"{f'{name}: {figure}':<{WIDTH}}{shown:>10}{limit:>10}{'' if holds else '  FAILS'}")
    print(f"{'':<{WIDTH}}{time.perf_counter() - begun:>9.0f}s", flush=True)
    return failed


def _flat(name: str, figure: Any) -> Iterator[tuple[str, float]]:
    parts: dict[str, Any] = {}
    if isinstance(figure, dict):
        parts = figure
    elif isinstance(figure, tuple | list):
        parts = dict(zip(("P", "R", "F1"), figure, strict=True))
    else:
        yield name, float(figure)
    for key, part in parts.items():
        yield from _flat(f"{name} {key}".strip(), part)


if __name__ == "__main__":
    sys.exit(main())
