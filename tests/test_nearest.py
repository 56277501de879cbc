"""The field in which two articles stand, and the story that waits for its kind."""

import numpy as np
import pytest

from rashomon.group import Grouper
from rashomon.group.nearest import AROUND, FEW, NEAREST, NOBODY, USUAL, Nearest
from rashomon.model.story import Fingerprint

CAPACITY = 40


def met(near: Nearest, number: int, cosines: list[float]) -> None:
    """Let article ``number`` meet all that came before it."""
    rows = np.arange(number)
    near.meet(number, number, rows, rows, np.array(cosines, np.float32), np.array(cosines, np.float32))


def field(near: Nearest, row: int, other: int, stories: np.ndarray) -> float:
    """How near two articles are to others by their bodies."""
    return float(near.around(row, np.array([other]), stories, 0, apart=True)[0, 0])


def apart(count: int) -> np.ndarray:
    """Each of so many articles a story of its own."""
    return np.concatenate([np.arange(count), np.full(CAPACITY - count, NOBODY)])


def test_neighbours_are_kept_nearest_first_and_the_farthest_goes() -> None:
    near = Nearest(CAPACITY)
    for number in range(NEAREST + 6):
        met(near, number, [(number * 7 + other * 3) % 30 / 100 + 0.01 for other in range(number)])
    for row in range(NEAREST + 6):
        known = near.cosines[row]
        assert list(known) == sorted(known, reverse=True)
        others = [n for n in near.numbers[row].tolist() if n >= 0]
        assert len(set(others)) == len(others) == NEAREST
        assert row not in others


def test_mates_are_no_field_but_for_the_first_few() -> None:
    near = Nearest(CAPACITY)
    for number in range(9):
        met(near, number, [0.4] * number)
    before = field(near, 7, 8, apart(9))
    for number in range(1, 9):
        near.pair(number, number, np.arange(number), np.arange(number))
    after = field(near, 7, 8, apart(9))
    assert before == pytest.approx((7 * 0.4 + (AROUND - 7) * USUAL[0]) / AROUND)
    assert after == pytest.approx((FEW * 0.4 + (AROUND - FEW) * USUAL[0]) / AROUND)


def test_what_is_not_among_the_nearest_is_no_nearer_than_the_last_of_them() -> None:
    near = Nearest(CAPACITY)
    for number in range(NEAREST + 3):
        met(near, number, [0.05] * number)
    assert field(near, NEAREST + 1, NEAREST + 2, np.zeros(CAPACITY, np.int64) + 7) == pytest.approx(0.05)


class Odd(Grouper):
    """A grouper that is told how like its stories are."""

    odds: dict[tuple[int, int], float]

    def _rivals(self, number: int) -> dict[tuple[int, int], float]:
        return {pair: odds for pair, odds in self.odds.items() if number in pair and set(pair) <= self._stories.keys()}


@pytest.mark.parametrize(("elsewhere", "merges"), [(0.5, 2), (1.6, 1)])
def test_a_lone_story_is_taken_in_by_what_it_is_most_like_when_that_comes(
    monkeypatch: pytest.MonkeyPatch, elsewhere: float, merges: int
) -> None:
    monkeypatch.setattr("rashomon.group.stories.AGE", 0)
    monkeypatch.setattr("rashomon.group.stories.KNOWN", 1)
    grouper = Odd()
    # The fourth article is one with the third; the first is like what they become, and perhaps more like the second.
    told = {(2, 3): 2.5, (0, 2): 1.5, (0, 1): elsewhere}
    grouper.odds = {}
    prints = [Fingerprint(f"a_{n}", None, ((f"w{n}", 1),), (), (), ()) for n in range(4)]
    for fp in prints[:3]:
        assert not grouper.add(fp).merges
    grouper.odds = told
    assert len(grouper.add(prints[3]).merges) == merges
