"""Turn a walk into instructions a person can follow, in no language yet."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.geo import Point, bearing_deg, between, distance_m
from lens_routes.streets.access.conditions import conditions
from lens_routes.streets.network.classes import FERRY, kind_of
from lens_routes.streets.profiles.kinds import STEPS
from lens_routes.streets.route.stretch import Stretch, stretch_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.streets.network.network import Network
    from lens_routes.streets.route.path import Path

#: What a square that is crossed is called among the kinds of way.
SQUARE = "square"
GATE = "gate"
#: A turn is judged by where a street leads over this length, not by its first metre.
SIGHT_M = 20.0
#: Who goes straight on over this length on either side has not turned, whatever is between.
FAR_SIGHT_M = 60.0
#: What is shorter is no street of its own to a walker: a crossing, a link between pavements.
CONNECTOR_M = 15.0
#: An unnamed way of this length that goes straight on from another is worth no words.
MINOR_M = 50.0
#: Nearer to the street than this, a destination is on neither side of it.
BESIDE_M = 4.0
#: Turning by more than this is noticed, even where the street keeps its name.
BEND_DEG = 45.0
#: Another way within this much of one's own direction could be mistaken for it.
DOUBT_DEG = 15.0


class Family(StrEnum):
    """Kinds of way that look alike to a walker; what an unnamed one is called after."""

    FOOTPATH = "footpath"
    STEPS = "steps"
    PEDESTRIAN = "pedestrian"
    TRACK = "track"
    CYCLEWAY = "cycleway"
    BRIDLEWAY = "bridleway"
    SERVICE = "service"
    MAIN_ROAD = "main-road"
    ROAD = "road"
    STREET = "street"
    SQUARE = "square"
    GATE = "gate"
    PLATFORM = "platform"
    PIER = "pier"
    FERRY = "ferry"


_FAMILIES = {
    "corridor": Family.FOOTPATH,
    "platform": Family.PLATFORM,
    "pier": Family.PIER,
    FERRY: Family.FERRY,
    SQUARE: Family.SQUARE,
    GATE: Family.GATE,
    "footway": Family.FOOTPATH,
    "path": Family.FOOTPATH,
    "steps": Family.STEPS,
    "pedestrian": Family.PEDESTRIAN,
    "track": Family.TRACK,
    "cycleway": Family.CYCLEWAY,
    "bridleway": Family.BRIDLEWAY,
    "service": Family.SERVICE,
    "primary": Family.MAIN_ROAD,
    "primary_link": Family.MAIN_ROAD,
    "secondary": Family.MAIN_ROAD,
    "secondary_link": Family.MAIN_ROAD,
    "tertiary": Family.ROAD,
    "tertiary_link": Family.ROAD,
    "unclassified": Family.ROAD,
}


#: Kinds that are never a mere link between others.
_NAMED_ALWAYS = frozenset({STEPS, FERRY, GATE})


def family(kind: str) -> Family:
    """Return what a way looks like to a walker, by its OSM ``highway`` value."""
    return _FAMILIES.get(kind, Family.STREET)


class Turn(StrEnum):
    """What to do at the start of a stretch of street."""

    DEPART = "depart"
    STRAIGHT = "straight"
    SLIGHT_LEFT = "slight-left"
    LEFT = "left"
    SHARP_LEFT = "sharp-left"
    SLIGHT_RIGHT = "slight-right"
    RIGHT = "right"
    SHARP_RIGHT = "sharp-right"
    U_TURN = "u-turn"
    ARRIVE = "arrive"
    ARRIVE_LEFT = "arrive-left"
    ARRIVE_RIGHT = "arrive-right"


class Instruction(NamedTuple):
    """One thing to do.

    ``street`` is the name of the street then walked, empty when it has none; ``kind`` its OSM
    ``highway`` value, or ``square`` for one that is crossed; ``distance_m`` the metres walked after
    obeying, and ``seconds`` how long they take; ``heading_deg`` the compass direction one then
    faces, clockwise from north; ``stays`` tells that the street is the one walked before; ``at`` is
    where it happens. ``pushing`` tells that the bicycle is walked from there on, ``mounts`` that it
    is ridden again; ``hours`` is what the map says of when one may pass.
    """

    turn: Turn
    street: str
    kind: str
    distance_m: float
    heading_deg: float
    stays: bool
    at: Point
    pushing: bool = False
    hours: str = ""
    seconds: float = 0.0
    mounts: bool = False


class _Run(NamedTuple):
    """Consecutive stretches a walker takes for one street.

    ``at`` is where one turns into it, short links included, of which ``line`` tells nothing;
    ``forks`` tells that other ways leave from there; ``manner`` whether a bicycle is pushed, and
    the hours on the map.
    """

    street: str
    kind: str
    length_m: float
    line: tuple[Point, ...]
    at: Point
    forks: bool
    manner: tuple[bool, str]
    seconds: float


def directions(network: Network, path: Path) -> tuple[Instruction, ...]:
    """Return instructions for a walk; their distances add up to its length.

    The first is `Turn.DEPART` (absent when there is nothing to walk), the last an arrival. Where a
    street merely bends, or keeps its name and nothing could be mistaken for it, nothing is said.
    """
    runs = _merge_straight(_absorb_connectors(list(_runs(network, path))))
    found: list[Instruction] = []
    before: _Run | None = None
    for run in runs:
        turn = _turn_between(before, run) if before else Turn.DEPART
        stays = before is not None and _same_way(before, run)
        mounts = before is not None and before.manner[0] and not run.manner[0]
        heading = _heading_out(run.line)
        found.append(
            Instruction(
                turn,
                run.street,
                run.kind,
                run.length_m,
                heading,
                stays,
                run.at,
                *run.manner,
                run.seconds,
                mounts,
            )
        )
        before = run
    return (*found, _arrival(path, before))


def _runs(network: Network, path: Path) -> Iterator[_Run]:
    run: _Run | None = None
    last: Stretch | None = None
    for stretch, seconds, permit in zip(path.stretches, path.times, path.permits, strict=True):
        line = tuple(stretch_line(network, stretch))
        others = _other_headings(network, last, stretch) if last else []
        street, kind = network.name(stretch.edge), _kind(network, stretch)
        following = _Run(
            street,
            kind,
            stretch.length_m,
            line,
            line[0],
            bool(others),
            _manner(network, path, stretch, permit),
            seconds,
        )
        if run and _same_street(run, following) and not _doubtful(run, following, others):
            run = _joined(run, following)
        else:
            if run:
                yield run
            run = following
        last = stretch
    if run:
        yield run


def _kind(network: Network, stretch: Stretch) -> str:
    tags = network.tags(stretch.edge)
    if "gate" in tags:
        return GATE
    return SQUARE if tags.get("area") == "yes" else kind_of(tags)


def _manner(network: Network, path: Path, stretch: Stretch, permit: int) -> tuple[bool, str]:
    """Return whether one pushes a bicycle along a stretch, and when one may pass."""
    rides = permit & int(path.profile.permit)
    return not rides, "; ".join(conditions(network.tags(stretch.edge), path.profile.permit))


def _other_headings(network: Network, arriving: Stretch, leaving: Stretch) -> list[float]:
    """Return the headings of the ways not taken where one stretch follows another."""
    back, ahead = arriving.arc ^ 1, leaving.arc
    node = (network.edge_head if ahead & 1 else network.edge_tail)[leaving.edge]
    headings = []
    for arc in network.arcs[network.first_arc[node] : network.first_arc[node + 1]]:
        if arc not in (back, ahead):
            line = network.line(arc >> 1)
            headings.append(_heading_out(line[::-1] if arc & 1 else line))
    return headings


def _same_street(before: _Run, after: _Run) -> bool:
    """Tell whether one goes on along the same street, in the same manner."""
    return before.manner == after.manner and _same_way(before, after)


def _same_way(before: _Run, after: _Run) -> bool:
    if before.street != after.street:
        return False
    if any((before.kind == kind) != (after.kind == kind) for kind in _NAMED_ALWAYS):
        return False
    return bool(after.street) or family(before.kind) is family(after.kind)


def _doubtful(before: _Run, after: _Run, others: list[float]) -> bool:
    """Tell whether a walker staying on a street could take another way for it.

    He could not where he goes straight on as far as he sees, though he steps aside for a crossing.
    """
    least = BEND_DEG if after.street else DOUBT_DEG
    for sight_m in (SIGHT_M, FAR_SIGHT_M):
        arriving = _heading_in(before.line, sight_m)
        own = abs(_angle(arriving, _heading_out(after.line, sight_m)))
        mistakable = (abs(_angle(arriving, heading)) < own + DOUBT_DEG for heading in others)
        if own < least or not any(mistakable):
            return False
    return True


def _absorb_connectors(runs: list[_Run]) -> list[_Run]:
    """Add short links to the street they lead to; a last one to the street it comes from."""
    kept: list[_Run] = []
    link: _Run | None = None
    for run in runs[:-1]:
        if run.length_m < CONNECTOR_M and run.kind not in _NAMED_ALWAYS:
            link = _joined(link, run) if link else run
        else:
            kept.append(_reached_by(link, run))
            link = None
    for last in runs[-1:]:
        run = _reached_by(link, last)
        if (
            last.length_m < CONNECTOR_M
            and not last.street
            and last.kind not in _NAMED_ALWAYS
            and kept
        ):
            kept[-1] = kept[-1]._replace(length_m=kept[-1].length_m + run.length_m)
        else:
            kept.append(run)
    return kept


def _reached_by(link: _Run | None, run: _Run) -> _Run:
    if link is None:
        return run
    return run._replace(
        length_m=link.length_m + run.length_m,
        at=link.at,
        forks=True,
        seconds=link.seconds + run.seconds,
    )


def _merge_straight(runs: list[_Run]) -> list[_Run]:
    """Join what goes straight on: the same street after a connector, a bit of another path."""
    merged: list[_Run] = []
    for run in runs:
        before = merged[-1] if merged else None
        if before and _goes_on(before, run) and _turn_between(before, run) is Turn.STRAIGHT:
            merged[-1] = _joined(before, run)
        else:
            merged.append(run)
    return merged


def _goes_on(before: _Run, after: _Run) -> bool:
    if _same_street(before, after):
        return True
    minor = after.length_m < MINOR_M and not (before.street or after.street)
    return (
        minor
        and before.manner == after.manner
        and _NAMED_ALWAYS.isdisjoint((before.kind, after.kind))
    )


def _joined(before: _Run, after: _Run) -> _Run:
    return before._replace(
        length_m=before.length_m + after.length_m,
        line=before.line + after.line,
        seconds=before.seconds + after.seconds,
    )


def _turn_between(before: _Run, after: _Run) -> Turn:
    angle = _angle(_heading_in(before.line), _heading_out(after.line))
    size = abs(angle)
    if size >= 165:
        return Turn.U_TURN
    if size < 20 or not after.forks:
        return Turn.STRAIGHT
    side = "right" if angle > 0 else "left"
    if size < BEND_DEG:
        return Turn(f"slight-{side}")
    return Turn(side if size < 120 else f"sharp-{side}")


def _arrival(path: Path, last: _Run | None) -> Instruction:
    point, asked = path.end.point, path.end.asked
    heading = _heading_in(last.line) if last else 0.0
    turn = Turn.ARRIVE
    if last and path.end.gap_m >= BESIDE_M:
        angle = _angle(heading, bearing_deg(point, asked))
        if 30 <= abs(angle) <= 150:
            turn = Turn.ARRIVE_RIGHT if angle > 0 else Turn.ARRIVE_LEFT
    street, kind = (last.street, last.kind) if last else ("", "")
    return Instruction(turn, street, kind, 0.0, heading, stays=last is not None, at=point)


def _angle(arriving_deg: float, leaving_deg: float) -> float:
    """Return the turn from one heading to another, -180 to 180, right positive."""
    return (leaving_deg - arriving_deg + 180) % 360 - 180


def _heading_out(line: tuple[Point, ...] | list[Point], sight_m: float = SIGHT_M) -> float:
    """Return the bearing from the start of a line to where it is *sight_m* further on."""
    return bearing_deg(line[0], _along(line, sight_m))


def _heading_in(line: tuple[Point, ...], sight_m: float = SIGHT_M) -> float:
    return bearing_deg(_along(line[::-1], sight_m), line[-1])


def _along(line: tuple[Point, ...] | list[Point], sight_m: float) -> Point:
    left_m = sight_m
    for before, after in pairwise(line):
        piece_m = distance_m(before, after)
        if piece_m >= left_m:
            return between(before, after, left_m / piece_m)
        left_m -= piece_m
    return line[-1]
