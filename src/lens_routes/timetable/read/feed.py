"""A feed as read: stops, routes, services, trips with their calls, transfers; faults mended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from lens_routes.geo import Point

#: ``location_type`` of GTFS.
PLATFORM, STATION, ENTRANCE, NODE, BOARDING_AREA = range(5)
#: ``pickup_type`` and ``drop_off_type`` of GTFS; 2 and 3 need a call or a word to the driver.
REGULAR, NONE, PHONE, DRIVER = range(4)
#: ``transfer_type`` of GTFS.
RECOMMENDED, TIMED, MINIMUM, FORBIDDEN, STAY_SEATED, LEAVE_SEAT = range(6)


@dataclass(slots=True)
class Paths:
    """Seconds on foot within stations; a pair or stop that is missing cannot be walked.

    ``between`` are platforms, ``inside`` the way from the nearest entrance to a platform; the
    ``free`` ones go without stairs and escalators. ``mapped`` are the platforms with pathways.
    """

    between: dict[tuple[str, str], int] = field(default_factory=dict)
    free_between: dict[tuple[str, str], int] = field(default_factory=dict)
    inside: dict[str, int] = field(default_factory=dict)
    free_inside: dict[str, int] = field(default_factory=dict)
    mapped: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Stop:
    """A stop, station or platform.

    ``point`` is None where the feed gives no position (or 0, 0); ``station`` is the id of the
    outermost parent, the stop's own without one; ``wheelchair`` is 0 unknown, 1 yes, 2 no, after
    inheritance.
    """

    id: str
    name: str
    code: str
    platform: str
    kind: int
    point: Point | None
    parent: str
    wheelchair: int
    line: int
    station: str = ""


class Route(NamedTuple):
    """A line; ``kind`` is GTFS's ``route_type``, colours are RRGGBB or empty."""

    id: str
    agency: str
    zone: str
    short_name: str
    long_name: str
    kind: int
    colour: str
    text_colour: str


class Call(NamedTuple):
    """A trip at a stop; times are seconds of the service day, pick-up and drop-off GTFS codes."""

    sequence: int
    arrival_s: int | None
    departure_s: int | None
    stop: str
    pickup: int
    drop_off: int
    headsign: str
    line: int


class Headway(NamedTuple):
    """Departures of a trip from ``start_s`` until before ``end_s``, every ``every_s`` seconds."""

    start_s: int
    end_s: int
    every_s: int
    exact: bool


@dataclass(slots=True)
class Trip:
    """One trip; with ``headways`` its calls are a pattern of times and not themselves run."""

    id: str
    route: Route
    service: str
    headsign: str
    short_name: str
    block: str
    wheelchair: int
    line: int
    calls: list[Call] = field(default_factory=list)
    headways: list[Headway] = field(default_factory=list)


class Transfer(NamedTuple):
    """A rule for changing between stops (or stations); ``kind`` is GTFS's ``transfer_type``.

    With trips or routes named it holds only for changes from and to them.
    """

    from_stop: str
    to_stop: str
    kind: int
    seconds: int
    from_route: str = ""
    to_route: str = ""
    from_trip: str = ""
    to_trip: str = ""
    line: int = 0

    @property
    def narrow(self) -> bool:
        """Whether the rule holds for single routes or trips only."""
        return bool(self.from_route or self.to_route or self.from_trip or self.to_trip)

    @property
    def sides(self) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
        """The (stop, trip, route) one comes from, and that one goes to."""
        return (
            (self.from_stop, self.from_trip, self.from_route),
            (self.to_stop, self.to_trip, self.to_route),
        )


class Services(NamedTuple):
    """The days each service runs: bit *n* of a mask is the day *n* days after ``first_day``."""

    first_day: dt.date
    masks: dict[str, int]


@dataclass(slots=True)
class Feed:
    """All that is read of a feed.

    ``stay`` and ``leave`` are pairs of trips between which one may stay seated, or may not.
    """

    stops: dict[str, Stop]
    services: Services
    trips: dict[str, Trip]
    transfers: list[Transfer]
    stay: list[tuple[str, str]]
    leave: set[tuple[str, str]]
    publisher: str
    version: str
    agencies: tuple[str, ...]
    paths: Paths
