"""An endless stream of invented articles that look like real ones to ``group``: resampled words, names and sizes.

Nothing is kept but the material and the stories under way, so a million articles need no more memory than a thousand.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.model.story import Fingerprint

# Articles a day: what a few hundred outlets publish.
A_DAY = 2000
FIRST_DAY = date(2020, 1, 1)
# Sizes of stories follow Zipf's law with this exponent, up to LARGEST: six in ten have one article, the mean is four.
ZIPF, LARGEST = 2.0, 500
# How long a story runs: its articles' distances from its first day are exponential, with a mean of its own (days).
LIFE, LIFE_SPREAD, LONGEST_LIFE = 1.5, 0.8, 20.0
# A story's own words: so many of one real article, which stands for an affair that several stories belong to, so many
# drawn from all rare words (what is new). Rare: in at most one in a hundred articles. A few affairs have many stories:
# an affair's number is a random share of them all to this power.
FROM_ONE, FROM_ALL, RARE, AFFAIRS = 40, 40, 0.01, 3.0
# How likely an article is to have each, from the story's first word to its last; times how closely it keeps to the
# story, which is uniform between two shares. Its words stand in a text that many times more than others.
CHANCE, CLOSE, OFTEN = (1.0, 0.3), (0.3, 1.2), 3
NAMES_FROM_ONE, NAMES_FROM_ALL, SHARE = 3, 4, 0.5
# Words of a headline, and of how a text begins: of so many of the story's first, and others.
HEAD_FIRST, HEAD_OWN, HEAD_OTHER, LEAD_FIRST, LEAD_OWN, LEAD_OTHER = 12, 6, 2, 40, 14, 55
# Shares of articles that print an agency's text: in parts, and as it stands.
REPRINT, COPY = 0.1, 0.03
GRAMS = 256
# The sketch holds the smallest hashes of a text of about 600 words, so they lie in this range.
HIGHEST_GRAM = (1 << 63) * GRAMS // 600

_Numbers = NDArray[np.int64]


class Material:
    """What invented articles are made of: the words and names of real fingerprints, and how often each occurs."""

    def __init__(self, real: Iterable[Fingerprint]) -> None:
        """Count; the fingerprints themselves are not kept."""
        words: Counter[str] = Counter()
        names: Counter[str] = Counter()
        texts: list[tuple[list[str], list[str]]] = []
        for fp in real:
            texts.append(([word for word, _ in fp.words], [name for name, _ in fp.names]))
            words.update(texts[-1][0])
            names.update(texts[-1][1])
        self.words, self.names = sorted(words), sorted(names)
        number = {word: n for n, word in enumerate(self.words)}
        name_number = {name: n for n, name in enumerate(self.names)}
        frequency = np.array([words[word] for word in self.words], np.float64)
        self.often = np.cumsum(frequency / frequency.sum())
        self.often[-1] = 1.0  # whatever rounding made of it
        self.rare = np.flatnonzero(frequency <= max(2.0, RARE * len(texts)))
        rare = set(self.rare.tolist())
        # In an order of chance, so that the first few are a sample: what an affair is known by.
        mixed = np.random.default_rng(0).permutation(len(self.words))
        kept = [[n for word in ws if (n := number[word]) in rare] for ws, _ in texts]
        self.texts = [np.array(sorted(ns, key=mixed.__getitem__), np.int64) for ns in kept]
        self.texts_names = [np.array([name_number[name] for name in ns], np.int64) for _, ns in texts]
        self.sizes = np.array([len(ws) for ws, _ in texts], np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Story:
    number: int
    day: int
    words: _Numbers  # the telling first
    names: _Numbers
    grams: _Numbers  # of the agency's text


def stream(material: Material, *, seed: int = 0, a_day: int = A_DAY) -> Iterator[tuple[int, Fingerprint]]:
    """Articles day by day, without end, each with the number of its story; the same for the same seed."""
    random = np.random.default_rng(seed)
    waiting: defaultdict[int, list[_Story]] = defaultdict(list)  # by day, once for each article
    stories = articles = day = 0
    while True:
        planned = 0
        while planned < a_day:
            story = _story(material, stories, day, random)
            stories += 1
            size = min(int(random.zipf(ZIPF)), LARGEST)
            life = min(float(random.lognormal(np.log(LIFE), LIFE_SPREAD)), LONGEST_LIFE)
            waiting[day].append(story)
            for later in random.exponential(life, size - 1).astype(int).tolist():
                waiting[day + later].append(story)
            planned += size
        today = waiting.pop(day)
        for place in random.permutation(len(today)).tolist():
            yield today[place].number, _article(material, articles, today[place], day, random)
            articles += 1
        day += 1


def _story(material: Material, number: int, day: int, random: np.random.Generator) -> _Story:
    like = int(len(material.texts) * random.random() ** AFFAIRS)
    words = np.union1d(material.texts[like][:FROM_ONE], _some(material.rare, FROM_ALL, random))
    return _Story(
        number,
        day,
        random.permutation(words),
        np.union1d(
            _some(material.texts_names[like], NAMES_FROM_ONE, random),
            random.integers(len(material.names), size=NAMES_FROM_ALL if material.names else 0),
        ),
        np.sort(random.integers(HIGHEST_GRAM, size=GRAMS)),
    )


def _article(material: Material, number: int, story: _Story, day: int, random: np.random.Generator) -> Fingerprint:
    chance = np.linspace(*CHANCE, story.words.size) * random.uniform(*CLOSE)
    ranked = story.words[random.random(story.words.size) < chance]
    own = np.sort(ranked)
    size = int(random.choice(material.sizes))
    # Drawn with repetition, as words are in a text: the commonest come several times and are one word.
    common = np.unique(np.searchsorted(material.often, random.random(max(size - own.size, 1))))
    numbers = np.union1d(own, common)
    more = random.integers(OFTEN + 1, size=numbers.size) * np.isin(numbers, own)
    counts = (random.geometric(0.6, numbers.size) + more).tolist()
    names = story.names[random.random(story.names.size) < SHARE]
    head = [*_some(ranked[:HEAD_FIRST], HEAD_OWN, random).tolist(), *_some(common, HEAD_OTHER, random).tolist()]
    lead = [*head, *_some(ranked[:LEAD_FIRST], LEAD_OWN, random).tolist(), *_some(common, LEAD_OTHER, random).tolist()]
    grams = random.integers(HIGHEST_GRAM, size=GRAMS)
    kind = random.random()
    if kind < COPY:
        grams = story.grams
    elif kind < COPY + REPRINT:
        printed = int(random.integers(GRAMS // 8, GRAMS // 2))
        grams[:printed] = _some(story.grams, printed, random)
    return Fingerprint(
        article_id=f"a_{number:016x}",
        published=_day(day),
        words=tuple(zip(_of(material.words, numbers), counts, strict=True)),
        names=tuple((name, 1 + n % 3) for n, name in enumerate(_of(material.names, names))),
        dates=tuple(sorted({_day(story.day), _day(day - int(random.integers(3)))})),
        shingles=tuple(np.unique(grams).tolist()),
        head=tuple(_of(material.words, np.unique(head))),
        lead=tuple(_of(material.words, np.unique(lead))),
    )


def _some(numbers: _Numbers, most: int, random: np.random.Generator) -> _Numbers:
    """At most so many of the numbers, each once unless it is among them several times."""
    found: _Numbers = numbers if numbers.size <= most else random.choice(numbers, most, replace=False, shuffle=False)
    return found


def _of(strings: list[str], numbers: NDArray[Any]) -> list[str]:
    """Their strings; ``strings`` is sorted, so sorted numbers give sorted strings."""
    return [strings[number] for number in numbers.tolist()]


def _day(number: int) -> str:
    return (FIRST_DAY + timedelta(days=number)).isoformat()
