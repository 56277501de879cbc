"""The speed benchmarks' own arithmetic: what they say must be right before it is written down."""

import os
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parse_speed import WARMING, Done, rate
from peak import measured


def at_work(process: int, begun: float, words_a_second: float, articles: int, words: int = 100) -> list[Done]:
    return [Done(process, begun + (n + 1) * words / words_a_second, words) for n in range(articles)]


SPAWNS = pytest.mark.skipif(not hasattr(os, "posix_spawn"), reason="the system cannot start a process that way")
SPEED = st.floats(1_000, 50_000)


@given(SPEED, st.floats(0, 1e6), st.integers(WARMING + 20, 500))
def test_one_worker_is_as_fast_as_it_works(speed: float, begun: float, articles: int) -> None:
    assert rate(at_work(1, begun, speed, articles), 1) == pytest.approx(speed, rel=1e-3)


@given(SPEED, st.floats(0.9, 1.1), st.floats(0, 0.5))
def test_two_workers_are_as_fast_as_both_whenever_each_began(speed: float, times: float, later: float) -> None:
    done = [*at_work(1, 100.0, speed, 2000), *at_work(2, 100.0 + later, speed * times, 2000)]
    assert rate(done, 2) == pytest.approx(speed * (1 + times), rel=0.02)


def test_workers_that_were_never_warm_together_are_not_measured() -> None:
    with pytest.raises(ValueError, match="more than 64 articles each"):
        rate(at_work(1, 0.0, 1000, 500) + at_work(2, 0.0, 1000, WARMING), 2)
    with pytest.raises(ValueError, match="at the same time"):
        rate(at_work(1, 0.0, 1000, 100) + at_work(2, 1000.0, 1000, 100), 2)
    with pytest.raises(ValueError, match="2 workers"):
        rate(at_work(1, 0.0, 1000, 500), 2)


@SPAWNS
def test_a_command_has_a_peak_of_its_own() -> None:
    held = np.ones(40_000_000)  # 320 MB in this process
    little = measured([sys.executable, "-c", "print('goes to standard error')"])
    much = measured([sys.executable, "-c", "held = bytearray(200_000_000)"])
    del held
    assert little["peak_megabytes"] < 50
    assert 190 < much["peak_megabytes"] < 260


@SPAWNS
def test_a_command_that_fails_is_said_to() -> None:
    with pytest.raises(SystemExit, match="status 3"):
        measured([sys.executable, "-c", "raise SystemExit(3)"])
