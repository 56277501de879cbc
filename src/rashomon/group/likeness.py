"""How like two articles are to one event: the features of a pair, and the trained curves that judge them."""

import functools
import itertools
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from rashomon.model.lists import data_lines

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

# The features of a pair, in the order of the columns:
# body, head, lead: cosines of the weighted stems of the first 600 words, the headlines, the first 120 words.
# headline: of one's headline with the other's first words, the better way round.
# around, around lead: how near both are to articles of other stories, see ``Window``. In a dense field (all of a
#   country's politics) events resemble each other and a cosine of .3 means nothing; where nothing else is near, .2 is
#   one event. Without these two, both story sets want thresholds of their own.
# days: log of one and the days between their publication. undated: where one has no day, the share of the open articles
#   that have one: that a day is missing says something only where days are known.
# weekdays, weekdays known: cosine of how often each day of the week is named, 1 where both name any. Two reports of one
#   event name the same weekday, which is most of what tells when an undated article was written.
# between: log of one and the articles that came out between them. A break in coverage shows only where other things
#   were covered meanwhile: two weeks of silence in a stream of ten articles a month are none.
FEATURES = (
    "body", "head", "lead", "headline", "around", "around lead",
    "days", "undated", "weekdays", "weekdays known", "between",
)  # fmt: skip
# Coverage that paused for BREAK days while at least SILENT other articles came out makes another story (docs/adr/0003)
# unless all else speaks for one: BROKEN is taken off the log odds. The sets cannot teach this: one counts launches
# months apart as one story, the other holds no such pairs.
BREAK, SILENT = 28, 25
BROKEN = 3.0
# Beyond these, apart is apart.
MOST_DAYS = 60
MOST_BETWEEN = 2000
# Added to both sides of a ratio of cosines, so that of two small ones it says little.
_LEVEL = 0.02

# What the curves are over, each with the places of its knots. Every curve only rises (those named "no …" are given the
# negative), and is level beyond its last knots: where the sets hold no examples it cannot run away.
KNOTS: dict[str, tuple[float, ...]] = {
    "body": (0.0, 0.05, 0.1, 0.2, 0.35, 0.6),
    "body, undated": (0.0, 0.05, 0.1, 0.2, 0.35, 0.6),
    "head": (0.0, 0.05, 0.15, 0.3, 0.6),
    "headline": (0.0, 0.05, 0.15, 0.3, 0.6),
    "body against around": (-1.5, -0.5, 0.0, 0.5, 1.0, 1.5, 2.5),
    "lead against around": (-1.5, -0.5, 0.0, 0.5, 1.0, 1.5, 2.5),
    "not around lead": (-0.35, -0.2, -0.15, -0.1, -0.05, 0.0),
    "not days": (-3.05, -2.2, -1.6, -1.1, -0.7, 0.0),
    "not between": (-7.6, -6.0, -4.0, -2.0, 0.0),
    "not undated": (-1.0, 0.0),
    "weekdays, dated": (-1.0, 0.0, 1.0),
    "weekdays, undated": (-1.0, 0.0, 1.0),
}


def variables(features: Floats) -> Doubles:
    """What the curves are over, shape (pairs, curves), from features of shape (pairs, features)."""
    body, head, lead, headline, around, around_lead, days, undated, weekdays, known, between = features.T
    agreement = known * (2 * weekdays - 1)
    dated = undated == 0
    found = np.empty((len(KNOTS), len(features)))
    found[0], found[1], found[2], found[3] = body, body * undated, head, headline
    found[4] = np.log((body + _LEVEL) / (around + _LEVEL))
    found[5] = np.log((lead + _LEVEL) / (around_lead + _LEVEL))
    found[6], found[7], found[8], found[9] = -around_lead, -days, -between, -undated
    found[10], found[11] = agreement * dated, agreement * ~dated
    return found.T


def rises(features: Floats) -> Doubles:
    """How far each pair is up each rise between two knots, 0 to 1: shape (pairs, rises), curve after curve."""
    z = variables(features).T[_CURVE]
    z -= _FROM
    z *= _SCALE
    np.maximum(z, 0, out=z)
    np.minimum(z, 1, out=z)
    return np.asarray(z.T)


_RISES = [(n, low, high) for n, knots in enumerate(KNOTS.values()) for low, high in itertools.pairwise(knots)]
_CURVE = np.array([n for n, _, _ in _RISES])
_FROM = np.array([low for _, low, _ in _RISES])[:, None]
_SCALE = np.array([1 / (high - low) for _, low, high in _RISES])[:, None]


@dataclass(frozen=True, slots=True)
class Curves:
    """A sum of curves, in log odds of "one story": the heights of each at its knots, in the order of ``KNOTS``."""

    bias: float
    heights: tuple[tuple[float, ...], ...]
    _steps: Doubles = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        steps = [np.diff(heights) for heights in self.heights]
        object.__setattr__(self, "_steps", np.concatenate(steps))

    def odds(self, features: Floats) -> Doubles:
        """Log odds of each row of ``features`` (shape: pairs, features), one number a row."""
        found = self.bias + np.einsum("ij,j->i", rises(features), self._steps, optimize=False)
        days, between = features[:, 6], features[:, 10]
        return np.asarray(found - BROKEN * ((days > _BREAK) & (between >= _SILENT)))


_BREAK, _SILENT = np.log1p(BREAK), np.log1p(SILENT)


@functools.cache
def load_curves() -> Curves:
    """The curves that come with the package (scripts/fit_stories.py makes them)."""
    rows = dict(line.split("\t", 1) for line in data_lines("rashomon.group", "story_curves.tsv"))
    return Curves(float(rows["bias"]), tuple(tuple(map(float, rows[name].split("\t"))) for name in KNOTS))
