"""State a tour as a problem of numbers: which visits, in what order, at what time.

The planner knows nothing of maps, calendars or opening hours. It is given *sites* with a score, a
length of visit and windows in which the visit may begin; *days* with a depart and a deadline; and
the travel time between any two *locations*. It must choose visits of greatest total score such
that each begins inside a window and each day ends in time: the orienteering problem with time
windows (P. Vansteenwegen, W. Souffriau, D. Van Oudheusden, "The orienteering problem: a survey",
European Journal of Operational Research 209 (2011), 1-10); with several days, a team of them.

All times are whole seconds on one clock: midnight of the first day is 0, of the second 86,400.
The planner itself only needs them to be integers on one scale; the benchmarks use tenths.

Locations are numbered: site *i* of ``Problem.sites`` is location *i*; whoever builds the travel
times adds further locations after them for the points where days start and end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from lens_routes.errors import BadInputError, UsageError
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    Moments = npt.NDArray[np.int64]
    Places = npt.NDArray[np.intp]
    Figures = npt.NDArray[np.int64]
    #: Of many ways how long each takes, the seconds of it on foot and riding, the metres on foot.
    Trips = tuple[Figures, Figures, Figures, npt.NDArray[np.float64]]

Window = tuple[int, int]  # earliest and latest second at which a visit may begin, both included


class TravelTimes(Protocol):
    """How long it takes from one location to another."""

    def seconds(self, origin: int, destination: int, depart_s: int) -> int:
        """Return the travel time when leaving *origin* at *depart_s*."""
        ...

    def trip(self, origin: int, destination: int, depart_s: int) -> tuple[int, int]:
        """Return the seconds on foot and riding, changes included; one may first have to wait."""
        ...


class StaticTimes(NamedTuple):
    """Travel times that are the same at any hour: walking.

    Parameters
    ----------
    rows
        ``rows[i][j]`` is the time from location *i* to location *j*, seconds.
    riding
        The seconds of it that one rides, where not all of it is walked.
    """

    rows: Sequence[Sequence[int]]
    riding: Sequence[Sequence[int]] | None = None

    def seconds(self, origin: int, destination: int, depart_s: int) -> int:  # noqa: ARG002  # protocol
        """Return the travel time; the hour does not matter."""
        return self.rows[origin][destination]

    def trip(self, origin: int, destination: int, depart_s: int) -> tuple[int, int]:  # noqa: ARG002  # protocol
        """Return the seconds on foot and riding."""
        ride_s = 0 if self.riding is None else self.riding[origin][destination]
        return self.rows[origin][destination] - ride_s, ride_s


@runtime_checkable
class HourlyTimes(TravelTimes, Protocol):
    """Travel times that depend on the hour: trains and buses.

    Whoever leaves later must not arrive earlier.
    """

    def arrivals(self, origin: int, destinations: Places, departs_s: Moments) -> Moments:
        """Return when one arrives at each place, leaving *origin* at each of many moments.

        The shape is (moments, places).
        """
        ...

    def trips(self, origins: Places, destinations: Places, departs_s: Moments) -> Trips:
        """Return the ways between many places, each left at its own moment.

        Arrays may be of any shapes that go together.
        """
        ...

    def every_trip(self) -> tuple[Places, Places, Trips]:
        """Return every way there may be at any hour, no time waited before it.

        That is its origins, its destinations, and the ways between them.
        """
        ...

    def latest(self, origin: int, destination: int, arrive_s: int) -> int:
        """Return the latest departure that arrives by *arrive_s*."""
        ...

    def metres(self, origin: int, destination: int, depart_s: int) -> float:
        """Return the metres on foot when leaving *origin* at *depart_s*."""
        ...


class Option(NamedTuple):
    """One way to visit a site: how long, for what score, beginning when.

    A ``bonus`` counts when tours are compared and nowhere else: of two tours the one with more of
    it is better, but neither is said to be worth more.
    """

    duration_s: int
    score: float
    windows: tuple[Window, ...]
    bonus: float = 0.0


@dataclass(frozen=True, slots=True)
class Site:
    """Somewhere a tour may stop once.

    Parameters
    ----------
    id
        The caller's name for it, unique in the problem.
    score
        What the visit is worth at its preferred length; not negative.
    duration_s
        The preferred length of the visit, seconds.
    windows
        When a visit of that length may **begin**: in order, not overlapping; none means closed.
        A place open 9:00 to 12:00 and visited for one hour has the window 9:00 to 11:00.
    group
        Sites of one group are worth less and less together; see ``Problem.returns``. Empty: alone.
    shorter
        Other ways to visit it, such as a shorter visit for a lower score. At most one is used.
    bonus
        What a visit of that length counts for beyond its score; see `Option`.
    """

    id: str
    score: float
    duration_s: int
    windows: tuple[Window, ...]
    group: str = ""
    shorter: tuple[Option, ...] = ()
    bonus: float = 0.0

    #: Every way to visit the site, the preferred one first.
    options: tuple[Option, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        preferred = Option(self.duration_s, self.score, self.windows, self.bonus)
        object.__setattr__(self, "options", (preferred, *self.shorter))

    @property
    def opens(self) -> bool:
        """Whether it can be visited at any time at all."""
        return any(option.windows for option in self.options)


class Day(NamedTuple):
    """One day of the tour: leave *start* at *depart_s*, reach *end* by *deadline_s*."""

    start: int
    end: int
    depart_s: int
    deadline_s: int


class Break(NamedTuple):
    """A pause that must be taken wherever the tour then is, such as lunch.

    It begins inside *window* on day number *day*: right after a visit (or after another break
    there), or where the day starts, before the first visit or coming back there. With *after*
    something has to follow it: it is never the last thing of the day.
    """

    id: str
    duration_s: int
    window: Window
    day: int = 0
    after: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What the way costs, in the unit of scores, so that a visit is worth its way or is not made.

    Parameters
    ----------
    walk, main_road, dark
        An hour on foot; along main roads; where it is dark. An hour along main roads in the dark
        costs what each of the two adds.
    ride, wait
        An hour of riding, changes included; of waiting, beyond *patience_s* at each stop. Who would
        wait for the first stop of a day leaves later.
    patience_s
        Nobody minds waiting that long.
    fresh_m, tired_km
        Beyond so many metres on foot in one day each further kilometre costs *tired_km* more.
    """

    walk: float = 0.0
    main_road: float = 0.0
    dark: float = 0.0
    ride: float = 0.0
    wait: float = 0.0
    patience_s: int = 600
    fresh_m: float = 8000.0
    tired_km: float = 0.0

    @property
    def along_main_roads(self) -> float:
        """What an hour along main roads adds to one on foot."""
        return max(0.0, self.main_road - self.walk)

    @property
    def in_the_dark(self) -> float:
        """What an hour in the dark adds to one on foot."""
        return max(0.0, self.dark - self.walk)


#: Nothing on the way costs anything.
FREE = Prices()
#: What an hour of a visitor's day is worth to him; see docs/planner.md for the reasons.
USUAL_PRICES = Prices(walk=1.5, main_road=2.2, dark=3.0, ride=0.5, wait=1.0, tired_km=0.25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything the planner needs to know.

    Parameters
    ----------
    sites
        The candidates; site *i* is location *i* of *travel* and of *walk_m*.
    days
        The days of the tour. No site is visited twice over all of them.
    travel
        Travel times, seconds. They should obey the triangle inequality; where they do not, the
        tour is still right but may be less good.
    must
        Ids of sites that have to be in the tour. A fixed appointment is a must with one window.
    breaks
        Pauses that have to be in the tour.
    max_visits
        Most visits in one day; None: no limit.
    max_walk_m, walk_m
        Most metres walked in one day, and the metres between locations; where *travel* depends on
        the hour, it knows the metres.
    max_cost, cost
        Budget over all days, and what each site costs, in order of *sites* (say, cents of entry).
    returns
        What the first, second, third ... best site of one group counts for, as factors that never
        increase; the last one holds for all further sites. ``(1.0,)`` counts every site in full.
    limits
        Sets of sites (by number) and how many of each may be visited, over all days.
    prices, main_s, light
        What the way costs; how many seconds of walking between locations are along main roads,
        None: not known; and when it is light on each day, empty: always.
    begin
        Ids of sites of a tour that is known, which a search on times that stand still begins with
        as far as they fit. What the best tour is they do not change.

    Raises
    ------
    BadInputError, UsageError
        The figures contradict each other; the message names the site and the field.
    """

    sites: tuple[Site, ...]
    days: tuple[Day, ...]
    travel: TravelTimes
    must: frozenset[str] = field(default=frozenset())
    breaks: tuple[Break, ...] = ()
    max_visits: int | None = None
    max_walk_m: float | None = None
    walk_m: Sequence[Sequence[float]] | None = None
    max_cost: int | None = None
    cost: tuple[int, ...] = ()
    returns: tuple[float, ...] = (1.0,)
    limits: tuple[tuple[frozenset[int], int], ...] = ()
    prices: Prices = FREE
    main_s: Sequence[Sequence[float]] | None = None
    light: tuple[Window, ...] = ()
    begin: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _check_sites(self.sites)
        _check_days(self.days)
        ids = {site.id for site in self.sites}
        if unknown := sorted(self.must - ids):
            raise UsageError(
                tr(
                    "must-see places are not among the candidates: {places}.",
                    places=", ".join(unknown),
                )
            )
        if self.max_walk_m is not None and not self.knows_metres:
            raise UsageError(tr("a walking limit needs the distances it limits."))
        if self.max_cost is not None and len(self.cost) != len(self.sites):
            raise UsageError(tr("a budget needs the cost of every site."))
        if self.light and len(self.light) != len(self.days):
            raise UsageError(tr("daylight has to be known of every day or of none."))
        if list(self.returns) != sorted(self.returns, reverse=True) or self.returns[-1] < 0:
            raise UsageError(tr("diminishing returns must not increase nor fall below zero."))
        for pause in self.breaks:
            if pause.duration_s < 0 or pause.window[0] > pause.window[1]:
                raise UsageError(tr("the break {pause} ends before it begins.", pause=pause.id))
            if not 0 <= pause.day < len(self.days):
                raise UsageError(
                    tr("the break {pause} is on a day the tour does not have.", pause=pause.id)
                )

    @property
    def knows_metres(self) -> bool:
        """Whether it is known how far one walks."""
        return self.walk_m is not None or isinstance(self.travel, HourlyTimes)

    def metres(self, origin: int, destination: int, depart_s: int) -> float:
        """Return the metres walked between two locations; 0 where they are not known."""
        if self.walk_m is not None:
            return self.walk_m[origin][destination]
        # To ask for the protocol takes longer than all the rest, and this is asked a million times.
        metres = getattr(self.travel, "metres", None)
        return 0.0 if metres is None else float(metres(origin, destination, depart_s))

    def index(self, site_id: str) -> int:
        """Return the number of the site called *site_id*."""
        return next(i for i, site in enumerate(self.sites) if site.id == site_id)


def locations(problem: Problem) -> int:
    """Return how many locations a problem names."""
    return 1 + max([len(problem.sites) - 1, *(max(d.start, d.end) for d in problem.days)])


def _check_sites(sites: tuple[Site, ...]) -> None:
    seen: set[str] = set()
    for site in sites:
        if site.id in seen:
            raise BadInputError(tr("the site {site} is listed twice.", site=site.id))
        seen.add(site.id)
        for option in site.options:
            # Written so that NaN fails too.
            if not 0 <= option.score < float("inf"):
                raise BadInputError(
                    tr("the site {site} has the score {score}.", site=site.id, score=option.score),
                    tr("A score is a number from 0 upwards."),
                )
            if option.duration_s < 0:
                raise BadInputError(
                    tr("the site {site} is visited for {n} s.", site=site.id, n=option.duration_s)
                )
            bounds = [bound for window in option.windows for bound in window]
            if bounds != sorted(bounds):
                raise BadInputError(
                    tr("the windows of the site {site} overlap or run backwards.", site=site.id)
                )


def _check_days(days: tuple[Day, ...]) -> None:
    if not days:
        raise UsageError(tr("a tour needs at least one day."))
    for number, day in enumerate(days, start=1):
        if day.deadline_s < day.depart_s:
            raise UsageError(tr("day {number} ends before it starts.", number=number))


class Visit(NamedTuple):
    """One stop of a solution: a site (``site`` is its number) or a break (``site`` is None).

    Arrive, perhaps wait, begin, leave; ``score`` is what the visit counts for in the tour, and
    ``effort`` what coming to it costs: the leg, and waiting for it to begin.
    """

    id: str
    site: int | None
    arrive_s: int
    begin_s: int
    leave_s: int
    score: float
    effort: float = 0.0


class Tour(NamedTuple):
    """One day of a solution; ``arrive_s`` is the arrival at its end, ``effort`` that of its way."""

    visits: tuple[Visit, ...]
    depart_s: int
    arrive_s: int
    walk_m: float | None = None
    effort: float = 0.0

    @property
    def worth(self) -> float:
        """What the visits count for, less the effort."""
        return sum(visit.score for visit in self.visits) - self.effort


class Solution(NamedTuple):
    """The tours found, and how far they can be trusted to be the best.

    ``score`` is what the visits count for less the effort of the way. ``bound`` is a score that no
    solution with as much bonus exceeds (None where it was not computed), and ``proven`` says
    that none exceeds this one. ``missing`` names the musts and breaks that are not in the tour:
    empty unless no solution with all of them was found, and then ``proven`` says there is none.
    """

    tours: tuple[Tour, ...]
    score: float
    bound: float | None
    proven: bool
    missing: tuple[str, ...] = ()
    iterations: int = 0

    @property
    def visited(self) -> frozenset[str]:
        """The ids of all sites and breaks in the tours."""
        return frozenset(visit.id for tour in self.tours for visit in tour.visits)
