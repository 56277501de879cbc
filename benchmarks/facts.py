"""Are facts that two outlets state in their own words put together? On stories labelled by readers.

    python benchmarks/facts.py             # both halves of the shared set, each with its interval
    python benchmarks/facts.py --intervals # with bootstrap intervals over stories

Each story is told as one story: whether its articles are seen to belong together is measured by
``stories``. The figures
are the referee's (``facts`` in score.py): copied sentences are left out.
"""

import argparse
import random
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from fact_stories import FactStory, bench, evidence_by_article, shared_stories
from rashomon.model.story import Alignment
from rashomon.run.grouping import Marked
from rashomon.run.pipeline import tell_members

# Draws of the bootstrap over stories, and the share of them that the interval holds.
DRAWS, INSIDE = 200, 0.9
FIGURES = ("found", "complete", "pair_P", "pair_R", "conflict_R", "conflict_P")


def told(story: FactStory) -> Alignment:
    """What the product makes of a labelled story."""
    return tell_members("s_facts", [Marked(a, story.marks[a.id]) for a in story.articles]).account.alignment


def referee_form(story: FactStory, alignment: Alignment) -> dict[str, Any]:
    """An alignment as the referee reads it: groups and asserted conflicts with their evidence."""
    groups = [evidence_by_article(story, g.evidence) for g in alignment.claims]
    groups += [evidence_by_article(story, (s for v in q.variants for s in v.evidence)) for q in alignment.quotations]
    conflicts = [
        evidence_by_article(story, (s for r in c.readings for s in r.evidence))
        for c in alignment.conflicts
        if c.relation != "possible"
    ]
    return {"groups": groups, "conflicts": conflicts}


def scored(stories: Sequence[FactStory], forms: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The referee's figures."""
    if str(bench()) not in sys.path:
        sys.path.insert(0, str(bench()))
    from score import facts

    found: dict[str, float] = facts([s.label for s in stories], forms)
    return found


def interval(stories: Sequence[FactStory], forms: Sequence[Mapping[str, Any]]) -> dict[str, tuple[float, float]]:
    """For each figure what it is between in nine of ten bootstrap draws over stories."""
    rng = random.Random(7)
    drawn = []
    for _ in range(DRAWS):
        at = [rng.randrange(len(stories)) for _ in stories]
        drawn.append(scored([stories[k] for k in at], [forms[k] for k in at]))
    edge = int(DRAWS * (1 - INSIDE) / 2)
    return {f: (sorted(d[f] for d in drawn)[edge], sorted(d[f] for d in drawn)[-edge - 1]) for f in FIGURES}


def measure() -> dict[str, Any]:
    """The figures of both halves; those of "check" are scored where nothing was learned or chosen."""
    found = {}
    for half in ("learn", "check"):
        stories = shared_stories(half)
        found[half] = {
            k: v for k, v in scored(stories, [referee_form(s, told(s)) for s in stories]).items() if k in FIGURES
        }
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--intervals", action="store_true", help="bootstrap intervals over stories (takes a minute)")
    given = parser.parse_args()
    for half in ("learn", "check"):
        stories = shared_stories(half)
        forms = [referee_form(s, told(s)) for s in stories]
        found = scored(stories, forms)
        inside = interval(stories, forms) if given.intervals else {}
        print(f"{half}: {len(stories)} stories, {found['reworded']:.0f} facts, {found['conflicts']:.0f} conflicts")
        for figure in FIGURES:
            low, high = inside.get(figure, (0.0, 0.0))
            print(f"  {figure:<12}{found[figure]:>7.3f}" + (f"  [{low:.2f}, {high:.2f}]" if inside else ""))
        print(f"  pairs put together {found['pairs']:.0f}, conflicts asserted {found['asserted']:.0f}")


if __name__ == "__main__":
    main()
