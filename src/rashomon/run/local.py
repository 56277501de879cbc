"""Engines: one method, a bounded map that keeps the order of its input.

Stages are plain functions of one item, so an engine may run them anywhere; whatever it does, the results are those of
calling the function on one item after another.
"""

import itertools
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol, TypeVar

from rashomon.run.threads import one_blas_thread

T = TypeVar("T")
R = TypeVar("R")

# Starting a worker costs about two seconds of imports and model loading: below this many items it never pays.
FEW = 48
# Items that travel together, and batches under way for each worker: bounds the memory of a run, not its length.
BATCH, AHEAD = 8, 3


class Engine(Protocol):
    """Runs a pure function over many items."""

    def map(self, function: Callable[[T], R], items: Iterable[T], *, lost: Callable[[T], R]) -> Iterator[R]:
        """``function(item)`` for each item, in order, holding only a bounded number of items at a time.

        Args:
            function: pure and importable (it may run in another process).
            items: read as needed, never all at once.
            lost: what to give for an item that killed its process (out of memory, a crash in native code).
        """
        ...


class InProcess:
    """Everything in this process, one after another."""

    def map(self, function: Callable[[T], R], items: Iterable[T], *, lost: Callable[[T], R]) -> Iterator[R]:  # noqa: ARG002
        """See ``Engine.map``; an item that kills this process kills the run."""
        return map(function, items)


class Processes:
    """A pool of worker processes on this machine; few items are done in this process instead."""

    def __init__(self, workers: int, *, few: int = FEW) -> None:
        self.workers = workers
        self.few = few

    def map(self, function: Callable[[T], R], items: Iterable[T], *, lost: Callable[[T], R]) -> Iterator[R]:
        """See ``Engine.map``. An item whose process dies is tried once more alone, then given up as ``lost``."""
        stream = iter(items)
        first = list(itertools.islice(stream, self.few))
        if len(first) < self.few:
            yield from map(function, first)
            return
        waiting: deque[tuple[list[T], Future[list[R]]]] = deque()
        batches = _batches(itertools.chain(first, stream))
        pool = self._pool(self.workers)
        try:
            while True:
                for batch in itertools.islice(batches, self.workers * AHEAD - len(waiting)):
                    waiting.append((batch, pool.submit(_apply, function, batch)))
                if not waiting:
                    return
                batch, future = waiting.popleft()
                try:
                    yield from future.result()
                except BrokenProcessPool:
                    pool.shutdown(wait=False, cancel_futures=True)
                    yield from self._one_by_one(function, itertools.chain(batch, *(b for b, _ in waiting)), lost)
                    waiting.clear()
                    pool = self._pool(self.workers)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _one_by_one(self, function: Callable[[T], R], items: Iterable[T], lost: Callable[[T], R]) -> Iterator[R]:
        """Each item alone in a process, which serves until one kills it."""
        pool = self._pool(1)
        try:
            for item in items:
                try:
                    yield pool.submit(function, item).result()
                except BrokenProcessPool:
                    yield lost(item)
                    pool.shutdown(wait=False)
                    pool = self._pool(1)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    @staticmethod
    def _pool(workers: int) -> ProcessPoolExecutor:
        one_blas_thread()  # before the children import numpy
        # An interrupt goes to this process alone, which ends the others; else each would print its own traceback.
        return ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=signal.signal,
            initargs=(signal.SIGINT, signal.SIG_IGN),
        )


def local_engine(workers: int | None = None) -> Engine:
    """An engine of this machine with ``workers`` processes; None takes as many as there are cores for us.

    Raises:
        ValueError: fewer than one worker.
    """
    if workers is None:
        workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if workers < 1:
        raise ValueError(f"at least one worker is needed, got {workers}")
    return InProcess() if workers == 1 else Processes(workers)


def _batches(stream: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(itertools.islice(stream, BATCH)):
        yield batch


def _apply(function: Callable[[T], R], batch: list[T]) -> list[R]:
    return [function(item) for item in batch]
