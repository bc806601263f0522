"""A thread that does a connection's work, several pieces at each wake-up.

Crossing between threads costs more than a lookup does; so whatever has queued up is done together and
handed back to the event loop with one call.
"""

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from storage.base import StoreUnavailable

R = TypeVar("R")
Work = Callable[[], Any]

BATCH = 128  # pieces of work at most in one go


class Done(NamedTuple):
    """What became of a piece of work: its result, or its error."""

    value: Any = None
    error: Exception | None = None


class _Job(NamedTuple):
    work: Work
    future: asyncio.Future[Any]


class Worker:
    """`run` is called in the thread with what waits, and answers for each piece; it must not raise."""

    def __init__(self, name: str, run: Callable[[Sequence[Work]], list[Done]]) -> None:
        self._run = run
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._stopped = False
        # a daemon: a program that ends without closing its store must end all the same
        self._thread = threading.Thread(target=self._main, name=name, daemon=True)
        self._thread.start()

    def ask(self, work: Callable[[], R]) -> asyncio.Future[R]:
        """Has the work done. Once asked it is done, also when nobody waits for it any more."""
        if self._stopped:
            raise StoreUnavailable("The store is closed.")
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._queue.put(_Job(work, future))
        return future

    def stop(self) -> None:
        """Takes nothing new; what was asked before is still done."""
        if not self._stopped:
            self._stopped = True
            self._queue.put(None)

    def join(self) -> None:
        """Blocks until all is done."""
        self._thread.join()

    def _main(self) -> None:
        stopping = False
        while not stopping:
            batch: list[_Job] = []
            job = self._queue.get()
            with contextlib.suppress(queue.Empty):
                while job is not None:
                    batch.append(job)
                    if len(batch) == BATCH:
                        break
                    job = self._queue.get_nowait()
                else:
                    stopping = True
            if batch:
                _hand_back(batch, self._run([one.work for one in batch]))


def attempt(work: Work) -> Done:
    try:
        return Done(work())
    except Exception as error:  # noqa: BLE001  # it is raised again where the work was asked for
        return Done(error=error)


def _hand_back(batch: Sequence[_Job], done: Sequence[Done]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], Done]]] = {}
    for job, result in zip(batch, done, strict=True):
        by_loop.setdefault(job.future.get_loop(), []).append((job.future, result))
    for loop, results in by_loop.items():
        with contextlib.suppress(RuntimeError):  # the loop was closed: nobody waits there any more
            loop.call_soon_threadsafe(_settle, results)


def _settle(results: Sequence[tuple[asyncio.Future[Any], Done]]) -> None:
    for future, (value, error) in results:
        if future.done():  # cancelled meanwhile
            continue
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)
