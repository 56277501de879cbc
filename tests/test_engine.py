"""Engines: whatever they do with processes, the results are those of one item after another."""

import os
from collections.abc import Iterator

import pytest

from rashomon.model.contract import dossier_json, dumps
from rashomon.run.local import AHEAD, BATCH, Engine, InProcess, Processes, local_engine
from rashomon.run.pipeline import mark_articles, tell_articles
from rashomon.run.reading import read_articles
from work import DEADLY, die_on_thirteen, double, lost, process


@pytest.fixture(scope="module")
def two() -> Processes:
    return Processes(2, few=0)


def test_results_come_in_the_order_of_the_input(two: Processes) -> None:
    assert list(two.map(double, range(40), lost=lost)) == list(map(double, range(40)))


def test_nothing_in_gives_nothing_out(two: Processes) -> None:
    assert list(two.map(double, [], lost=lost)) == []


def test_an_item_that_kills_its_process_costs_itself_alone(two: Processes) -> None:
    found = list(two.map(die_on_thirteen, range(20), lost=lost))
    assert found == [*range(13), -DEADLY, *range(14, 20)]


def test_the_input_is_read_as_needed_and_never_all_at_once(two: Processes) -> None:
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    stream = two.map(double, endless(), lost=lost)
    assert [next(stream), next(stream)] == [2, 4]
    assert taken <= (2 * AHEAD + 1) * BATCH


def test_few_items_start_no_process() -> None:
    assert set(Processes(2, few=10).map(process, range(5), lost=lost)) == {os.getpid()}


def test_no_workers_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one worker"):
        local_engine(0)


def test_one_worker_needs_no_pool() -> None:
    assert isinstance(local_engine(1), InProcess)


def test_two_workers_tell_the_same_story_byte_for_byte(two: Processes, demo_path: str) -> None:
    def tell(engine: Engine) -> str:
        return dumps(dossier_json(tell_articles(read_articles([demo_path, "no-such-file.txt"]), engine)))

    assert tell(two) == tell(InProcess())


def test_marks_come_one_by_one_not_at_the_end(demo_path: str) -> None:
    items = read_articles([demo_path])
    stream = mark_articles(items, InProcess())
    next(stream)
    assert next(items, None) is not None
