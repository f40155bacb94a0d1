"""Answers that end: so many bytes at most, and within so many seconds, whatever a server does."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import requests

T = TypeVar("T")

#: What is read of an answer at a time, and of one that only leads elsewhere in all.
_CHUNK, _WAY = 1 << 16, 1 << 20


class TooMuchError(Exception):
    """An answer holds more than was to be expected."""


class TooLateError(Exception):
    """An answer has not come whole in the time there was."""


class Watch:
    """When to stop waiting: ``allow`` gives a new request so many seconds from now on."""

    def __init__(self, seconds: float) -> None:
        self.allow(seconds)

    def allow(self, seconds: float) -> None:
        """Start again, with so many seconds."""
        self._until = time.monotonic() + seconds

    @property
    def left_s(self) -> float:
        """How many seconds are left."""
        return max(0.0, self._until - time.monotonic())


def within(watch: Watch, call: Callable[[], T]) -> T:
    """Return what a call that asks a server returns, or raises.

    A timeout of a socket begins anew with every byte, and none covers names and certificates: so
    the call is made aside, and left to itself when the time is over.

    Raises
    ------
    TooLateError
        The time is over.
    """
    done: Future[T] = Future()

    def work() -> None:
        try:
            done.set_result(call())
        except BaseException as error:  # noqa: BLE001  # raised again where it is waited for
            done.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    while not done.done():
        if not watch.left_s:
            raise TooLateError
        try:
            done.exception(timeout=watch.left_s)
        except TimeoutError:
            continue
    return done.result()


def at_most(largest: int) -> Callable[..., None]:
    """Return a hook of requests that lets an answer hold so many bytes, unpacked, at most."""

    def bound(response: requests.Response, *_: object, **__: object) -> None:
        # Requests reads those whole, even where the answer is taken piece by piece.
        response.raw = _Bounded(response.raw, _WAY if response.is_redirect else largest)

    return bound


class _Bounded:
    """What an answer is read from, with an end."""

    def __init__(self, raw: Any, largest: int) -> None:
        self._raw = raw
        self._left = largest

    def stream(self, amount: int = _CHUNK, **options: Any) -> Iterator[bytes]:
        """Yield what comes; `TooMuchError` where it is too much."""
        for chunk in self._raw.stream(amount, **options):
            self._left -= len(chunk)
            if self._left < 0:
                self._raw.close()
                raise TooMuchError
            yield chunk

    def read(self, *_: object, **options: Any) -> bytes:
        """Return all that comes: what requests does with an answer that it cannot unpack."""
        return b"".join(self.stream(**options))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


def read_at_most(read: Callable[[int], bytes], largest: int) -> bytes:
    """Return what *read* gives when asked for bytes; `TooMuchError` where it is too much."""
    data = read(largest + 1)
    if len(data) > largest:
        raise TooMuchError
    return data
