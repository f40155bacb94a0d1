"""Find stops by what people type: an id, or a name with accents, case and typos forgiven."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.errors import AmbiguousError, NotFoundError
from lens_routes.geo import Point, distance_m
from lens_routes.text import wording
from lens_routes.text.expressions import expression
from lens_routes.text.language import joined, tr, trn
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.timetable.network.network import Network

#: Stops of one name within this of each other are one place: the two sides of a street, a station
#: and the bus stop before it.
ONE_PLACE_M = 700.0
_SHOWN = 8
#: What people add to the name of a stop to say that they mean the stop, folded.
_STATION = expression(
    r"^(?:gare|station|arret|halte)(?: (?:de|du|des|d|of))?(?: la| le| les| l)? "
    r"| (?:railway |train |bus )?(?:station|stop)$"
)


class StopNotFoundError(NotFoundError):
    """No stop answers to the words given."""


class AmbiguousStopError(AmbiguousError):
    """Stops at several places answer to the words given."""


class Halt(NamedTuple):
    """A place where vehicles stop: one or more stops of the network, by number."""

    name: str
    stops: tuple[int, ...]
    point: Point | None


def find_stop(network: Network, words: str) -> Halt:
    """Return the place that *words* name: an id (also ``feed:id``), a name, or a part of one.

    Raises
    ------
    StopNotFoundError, AmbiguousStopError
        Nothing, or more than one place, answers to the words; near misses are offered.
    """
    halts = stops_called(network, words) or stops_holding(network, words)
    if len(halts) > 1:
        raise _ambiguous(network, words, halts)
    if halts:
        return halts[0]
    near = near_names(network, words)
    raise StopNotFoundError(
        tr("No stop is called {words}.", words=wording.quoted(words)),
        tr("Did you mean {names}?", names=", ".join(near))
        if near
        else tr("Stops are found by name or id; see the feeds: lens-routes transit info"),
    )


def exact_stop(network: Network, words: str) -> Halt | None:
    """Return the place with exactly this id or name, None when there is none.

    Raises
    ------
    AmbiguousStopError
        Several places have this name.
    """
    halts = stops_called(network, words)
    if len(halts) > 1:
        raise _ambiguous(network, words, halts)
    return halts[0] if halts else None


def stops_called(network: Network, words: str) -> list[Halt]:
    """Return the places with exactly this id or name; "Gare d’Arras" is the stop "Arras"."""
    for base, timetable in zip(network.first_stop, network.timetables, strict=False):
        for identity in dict.fromkeys((words, words.removeprefix(f"{timetable.meta.name}:"))):
            number = timetable.stop_called(identity)
            if number is not None:
                stop = base + number
                meant = tuple(network.meant(stop))
                return [Halt(network.name(stop), meant, network.point(stop))]
    for folded in dict.fromkeys((fold(words), _STATION.sub("", fold(words)))):
        stations = [
            base + station
            for base, timetable in zip(network.first_stop, network.timetables, strict=False)
            for station in timetable.stations_called(folded)
        ]
        if stations:
            return _places(network, stations)
    return []


def stops_holding(network: Network, words: str) -> list[Halt]:
    """Return the places whose names hold the words, each from its beginning."""
    wanted = fold(words)
    return [
        halt
        for name, stations in _stations_by_name(network).items()
        if wanted and _holds(name, wanted)
        for halt in _places(network, stations)
    ]


@lru_cache(maxsize=1)
def _stations_by_name(network: Network) -> dict[str, list[int]]:
    names: dict[str, list[int]] = defaultdict(list)
    for station in network.members:
        timetable, number = network.locate(station)
        names[timetable.text(timetable.stop_folded[number])].append(station)
    return names


def _holds(name: str, wanted: str) -> bool:
    return f" {name}".find(f" {wanted}") >= 0


def _places(network: Network, stations: Sequence[int]) -> list[Halt]:
    """Gather stations of one name that stand together."""
    halts: list[tuple[list[int], Point | None]] = []
    for station in stations:
        if (
            not any(network.boardings(stop) for stop in network.meant(station))
            and len(stations) > 1
        ):
            continue
        point = network.point(station)
        for members, where in halts:
            if point and where and distance_m(point, where) <= ONE_PLACE_M:
                members.append(station)
                break
        else:
            halts.append(([station], point))
    return [
        Halt(
            network.name(members[0]),
            tuple(stop for station in members for stop in network.meant(station)),
            point,
        )
        for members, point in halts
    ] or [Halt(network.name(stations[0]), tuple(network.meant(stations[0])), None)]


def _ambiguous(network: Network, words: str, halts: Sequence[Halt]) -> AmbiguousStopError:
    shown = [f"{halt.name} ({identity(network, halt)})" for halt in halts[:_SHOWN]]
    if len(halts) > _SHOWN:
        more = len(halts) - _SHOWN
        shown.append(trn("and {n} more", "and {n} more", more))
    return AmbiguousStopError(
        tr(
            "{words} may be {count} places: {places}.",
            words=wording.quoted(words),
            count=len(halts),
            places=joined(", ", shown),
        ),
        tr("Name one of them, or give the id in brackets."),
        words,
        [{"name": halt.name, "id": identity(network, halt)} for halt in halts],
    )


def identity(network: Network, halt: Halt) -> str:
    """Return the id by which a place is found again."""
    timetable, number = network.locate(network.station(halt.stops[0]))
    return timetable.text(timetable.stop_id[number])


def near_names(network: Network, words: str) -> list[str]:
    """Return the names of stops that come nearest to the words, perhaps none."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # only when nothing matched

    names = _stations_by_name(network)
    near = process.extract(fold(words), names.keys(), scorer=fuzz.WRatio, limit=3, score_cutoff=70)
    return [network.name(names[name][0]) for name, _, _ in near]
