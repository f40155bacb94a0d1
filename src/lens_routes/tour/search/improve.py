"""Improve tours by taking stretches out and filling the gaps again: large neighbourhood search.

Each iteration takes a few stretches of neighbouring visits out (or moves one), inserts what fits
best with some chance in the order of preference, and keeps the result if it is hardly worse than
before. How much worse shrinks as a cycle goes on; cycles grow longer, each beginning from the best
tours found. With several days, now and then the best are put together from all tours met (after
P. Shaw, "Using constraint programming and local search methods to solve vehicle routing problems",
CP-98, and J. Christiaens, G. Vanden Berghe, "Slack induction by string removals for vehicle routing
problems", Transportation Science 54 (2020), 417-433).
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lens_routes.tour.search.construct import Appeal, Draft
from lens_routes.tour.search.nodes import great_nodes
from lens_routes.tour.search.recombine import Memory
from lens_routes.tour.search.ruin import move, take_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from lens_routes.tour.search.construct import Floats, Routes
    from lens_routes.tour.search.fits import Route
    from lens_routes.tour.search.nodes import Nodes
    from lens_routes.tour.search.stop import Stop


class Parameters(NamedTuple):
    """How the search behaves; the defaults are those measured best on the benchmark.

    Parameters
    ----------
    span
        The mean number of visits in a stretch taken out.
    second
        The chance that a second stretch of the same day is taken out too.
    touched
        How many of several days are touched, one of these drawn each time.
    move
        The chance that stretches are moved, not taken out.
    anew
        The chance that all is taken out, and what has a great bonus is put in by chance first.
    shun
        The share of visits not considered at first, in every other iteration.
    powers
        Exponents of the score in the appeal of a visit, one of them drawn each time.
    noise
        How far chance bends the appeal: 0 not at all, 1 all the way.
    lavish
        The chance that only a share of the effort counts in the appeal of a visit.
    warmth
        The loss accepted when a cycle begins, as a share of the mean score of a site.
    cycle, growth
        The iterations of the first cycle, and how much longer each next one is.
    combine
        After so many iterations the days of all tours met are put together anew.
    """

    span: float = 3.0
    second: float = 0.7
    touched: tuple[int, ...] = (1, 2)
    move: float = 0.1
    anew: float = 0.2
    shun: float = 0.2
    powers: tuple[float, ...] = (1.0, 1.5, 2.0, 3.0)
    noise: float = 0.4
    lavish: float = 0.2
    warmth: float = 1.5
    cycle: int = 1000
    growth: float = 1.5
    combine: int = 200


USUAL = Parameters()


class Found(NamedTuple):
    """The best tours found, their prize and the iterations it took to stop."""

    routes: Routes
    prize: float
    iterations: int


class _Tours(NamedTuple):
    """Tours worth remembering; the better of two has the greater prize, then the shorter days."""

    prize: float
    shortness: int
    days: tuple[Route, ...]

    @property
    def routes(self) -> Routes:
        """The visits of each day."""
        return tuple(tuple(day.stops[1:-1]) for day in self.days)


def _worth(tours: _Tours) -> tuple[float, int]:
    return tours.prize, tours.shortness


class Search:
    """Searches for the tours with the greatest prize, and stands at some of them.

    Parameters
    ----------
    nodes
        The problem.
    seed
        Chooses the run: the same seed repeats the same search.
    parameters
        How the search behaves.
    """

    def __init__(self, nodes: Nodes, seed: int = 1, parameters: Parameters = USUAL) -> None:
        self.p, self.nodes = parameters, nodes
        self.rng = random.Random(seed)  # noqa: S311  # a search, not a secret
        self.draft = Draft(nodes)
        self.memory = Memory(nodes)
        # Every visit for what it gains.
        self.plainly = Appeal(np.ones(nodes.count, dtype=np.float32), 1.0)
        self.whole = np.array([node.option == 0 for node in nodes.nodes], dtype=bool)
        self.great = great_nodes(nodes)
        best = [max(option.score for option in site.options) for site in nodes.problem.sites]
        self.mean_score = sum(best) / max(1, len(best))
        for first in (self._begins(), self.whole):
            self.draft.fill(self.plainly._replace(weight=first.astype(np.float32)))
        self.draft.fill(self.plainly)
        self.draft.prune()
        self.best = self.current = self._look()
        self.cycle, self.step = parameters.cycle, 0
        self.iterations = 0

    def _begins(self) -> npt.NDArray[np.bool_]:
        """Return which nodes are of the sites to begin with."""
        sites, begin = self.nodes.problem.sites, self.nodes.problem.begin
        found = [n.site is not None and sites[n.site].id in begin for n in self.nodes.nodes]
        return np.array(found, dtype=bool)

    def run(self, stop: Stop, most: float = math.inf) -> Found:
        """Iterate until *stop* says so, or *most* times; then it can be run on."""
        upto = self.iterations + most
        while self.iterations < upto and not stop(self.best.prize):
            self.iterations += 1
            self.iterate()
        return Found(self.best.routes, self.best.prize, self.iterations)

    def iterate(self) -> None:
        """Change the tours a little, and keep them so or go back."""
        self.step += 1
        if self.iterations % self.p.combine == 0:
            self._combine()
        if self.step > self.cycle:
            self._begin_cycle()
        if self.great is not None and self.rng.random() < self.p.anew:
            self._anew(self.great)
        else:
            self._ruin()
        appeal = self._appeal()
        if self.rng.random() < 0.5:
            # A visit cut short leaves no room for a whole one, and is the first to be put in.
            considered = (self._chances() >= self.p.shun) & self.whole
            self.draft.fill(appeal._replace(weight=appeal.weight * considered))
        self.draft.fill(appeal)
        if appeal.thrift < 1.0 or self.draft.score() > self.best.prize:
            self.draft.prune()
        new = self._look()
        self.memory.add(new.routes)
        if self._accepts(new):
            self.current = new
            self.best = max(self.best, new, key=_worth)
        else:
            self.draft.restore(self.current.days)

    def _begin_cycle(self) -> None:
        """Go back to the best tours."""
        self.step, self.cycle = 0, math.ceil(self.cycle * self.p.growth)
        self.current = self.best
        self.draft.restore(self.current.days)

    def _combine(self) -> None:
        """Go on from something better put together from all that was seen, if there is."""
        combined = self.memory.best(self.best.prize)
        if combined is None:
            return
        self.draft.load(combined)
        self.draft.fill(self.plainly)
        if self.draft.affordable():
            self.current = self.best = max(self.best, self._look(), key=_worth)
        self.draft.restore(self.current.days)

    def _ruin(self) -> None:
        p, rng = self.p, self.rng
        days: Sequence[int] = range(len(self.draft.routes))
        moving = rng.random() < p.move
        if len(days) > 1:
            days = rng.sample(days, rng.choice(p.touched))
        for day in days:
            if moving:
                move(self.draft, day, rng)
                continue
            take_out(self.draft, day, p.span, rng)
            if rng.random() < p.second:
                take_out(self.draft, day, p.span, rng)

    def _anew(self, great: npt.NDArray[np.bool_]) -> None:
        """Begin with some of what has a great bonus: which of it goes together no small step finds.

        Two such places may leave no room for a third that a day without one of them has.
        """
        self.draft.load(((),) * len(self.draft.routes))
        self.draft.fill(Appeal(self._chances() ** 3 * great, 1.0))

    def _appeal(self) -> Appeal:
        """Return how much each visit is wanted this time."""
        weight = np.float32(1.0) - np.float32(self.p.noise) * self._chances()
        appeal = Appeal(weight, self.rng.choice(self.p.powers))
        if self.nodes.legs is not None and self.rng.random() < self.p.lavish:
            return appeal._replace(thrift=self.rng.random())
        return appeal

    def _chances(self) -> Floats:
        """Return a chance between 0 and 1 for each node."""
        drawn = np.frombuffer(self.rng.randbytes(2 * self.nodes.count), dtype="<u2")
        return drawn * np.float32(1 / 65536)

    def _look(self) -> _Tours:
        return _Tours(self.draft.score(), -self.draft.seconds(), self.draft.snapshot())

    def _accepts(self, new: _Tours) -> bool:
        """Return whether to go on from tours: always from better ones, from worse ones rarely.

        The chance to accept a loss falls with the loss and towards the end of the cycle
        (simulated annealing: S. Kirkpatrick et al., Science 220 (1983), 671-680).
        """
        if _worth(new) >= _worth(self.current):
            return True
        warmth = self.p.warmth * self.mean_score * (1 - self.step / self.cycle)
        return self.current.prize - new.prize < -math.log(1.0 - self.rng.random()) * warmth
