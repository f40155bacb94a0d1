"""Say when a search ends: by iterations, by the clock, or when it no longer gets better.

Only the clock makes a search depend on the machine; with `MaxIterations` or `NoImprovement` the
same problem and seed give the same answer anywhere.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


class Effort(NamedTuple):
    """How much work a proof may take, counted so that no clock decides.

    ``steps`` tighten the bound, as long as they evaluate no more than ``cells``; then
    ``partial_tours`` may be enumerated, and for several days the tree search that combines them
    may look at ``looks`` of the days found.
    """

    steps: int = 40
    cells: int = 100_000_000
    partial_tours: int = 400_000
    looks: int = 10_000_000


class Stop(Protocol):
    """A stopping rule: asked once before each iteration, with the best score so far."""

    def __call__(self, best: float) -> bool:
        """Return whether the search should end now."""
        ...


@dataclass(slots=True)
class MaxIterations:
    """Stop after a number of iterations."""

    limit: int
    _done: int = field(default=0, init=False)

    def __call__(self, best: float) -> bool:  # noqa: ARG002  # part of the protocol
        """Return whether that many iterations have begun."""
        self._done += 1
        return self._done > self.limit


@dataclass(slots=True)
class MaxRuntime:
    """Stop when a number of seconds have passed since the first question."""

    seconds: float
    _started: float | None = field(default=None, init=False)

    def __call__(self, best: float) -> bool:  # noqa: ARG002  # part of the protocol
        """Return whether the time is up."""
        now = time.perf_counter()
        if self._started is None:
            self._started = now
        return now - self._started >= self.seconds


@dataclass(slots=True)
class NoImprovement:
    """Stop after a number of iterations in a row that found nothing better."""

    limit: int
    _best: float = field(default=float("-inf"), init=False)
    _since: int = field(default=0, init=False)

    def __call__(self, best: float) -> bool:
        """Return whether the best score has not moved for that many iterations."""
        if best > self._best:
            self._best, self._since = best, 0
        else:
            self._since += 1
        return self._since > self.limit


class FirstOf:
    """Stop as soon as one of several rules says so."""

    def __init__(self, *rules: Stop) -> None:
        self._rules = rules

    def __call__(self, best: float) -> bool:
        """Return whether any rule says stop; every rule is asked, so that each keeps count."""
        answers = [rule(best) for rule in self._rules]
        return any(answers)
