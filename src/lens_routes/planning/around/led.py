"""The way through a list of points as a profile moves, along the installed streets."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.errors import NotFoundError
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg
from lens_routes.planning.travel.followed import Followed
from lens_routes.streets.route.alternatives import alternatives
from lens_routes.streets.route.hourly import shortest_at
from lens_routes.streets.route.priced import price
from lens_routes.streets.route.snap import snap
from lens_routes.text.language import tr
from lens_routes.travel.tables.table import NO_FIT
from lens_routes.travel.walking import Walking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.planning.around.route import Manner
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.route.path import Path
    from lens_routes.streets.route.priced import Priced

#: From the street to the door nobody is faster, km/h.
GAP_KMH = 5.0


def go_through(
    points: Sequence[Waypoint], network: Network, depart: dt.datetime, manner: Manner
) -> list[Leg]:
    """Return the legs from each point to the next in a manner, without a pause from *depart* on.

    Raises
    ------
    NotFoundError
        The streets do not lead there for one who moves so.
    """
    priced = _priced(network, manner)
    _refuse_barred(points, network, manner)
    legs: list[Leg] = []
    for origin, destination in pairwise(points):
        moment = legs[-1].arrive if legs else depart
        a, b = (snap(network, at.point, manner.profile) for at in (origin, destination))
        path = shortest_at(priced, a, b, moment)
        if path is None:
            raise _no_way(origin, destination)
        legs.append(_leg(network, path, (origin, destination), moment, manner))
    return legs


def ways_between(
    ends: tuple[Waypoint, Waypoint],
    network: Network,
    depart: dt.datetime,
    manner: Manner,
    others: int,
) -> list[Leg]:
    """Return the best way between two points and up to so many others that differ really.

    Raises
    ------
    NotFoundError
        The streets do not lead there for one who moves so.
    """
    priced = _priced(network, manner)
    _refuse_barred(ends, network, manner)
    a, b = (snap(network, at.point, manner.profile) for at in ends)
    paths = alternatives(priced, a, b, others)
    if not paths:
        raise _no_way(*ends)
    return [_leg(network, path, ends, depart, manner) for path in paths]


def _leg(
    network: Network,
    path: Path,
    ends: tuple[Waypoint, Waypoint],
    depart: dt.datetime,
    manner: Manner,
) -> Leg:
    """Return a path as a leg; the gaps to the streets are gone at its own speed."""
    profile, measures = manner.profile, path.measures
    gaps_m = path.start.gap_m + path.end.gap_m
    speed_kmh = manner.speed_kmh or profile.speed_kmh
    seconds = round(path.seconds + gaps_m / (min(speed_kmh, GAP_KMH) / 3.6))
    arrive = depart.astimezone(dt.UTC) + dt.timedelta(seconds=seconds)
    on_foot = profile.mode == "foot"
    leg = Leg(
        mode="walk" if on_foot else profile.mode,
        origin=ends[0].name,
        destination=ends[1].name,
        depart=depart,
        arrive=arrive.astimezone(depart.tzinfo),
        distance_m=path.length_m + gaps_m,
        duration_s=seconds,
        source=Grade.STREETS,
        main_road_m=measures.main_road,
        steps_m=measures.steps,
        surface=None
        if on_foot
        else {ground.value: round(metres, 1) for ground, metres in measures.ground.items()},
        calm_m=None if on_foot else measures.calm,
        pushed_m=None if on_foot else measures.pushed,
    )
    points = ends[0].point, ends[1].point
    return Followed.of(network, path, points, ends[1].name).told(leg)


def _refuse_barred(points: Sequence[Waypoint], network: Network, manner: Manner) -> None:
    """Refuse points that who rolls cannot get to, and say what is in the way."""
    rolling = Walking(network, (), NO_FIT, manner.profile)
    for at in points:
        if bar := rolling.bar(at.point):
            raise NotFoundError(
                tr("{place} is out of reach on wheels: {bar}.", place=at.name, bar=bar),
                tr("Ask for another place beside it, or for the way on foot."),
            )


def _no_way(origin: Waypoint, destination: Waypoint) -> NotFoundError:
    return NotFoundError(
        tr(
            "The installed streets lead no such way from {origin} to {destination}.",
            origin=origin.name,
            destination=destination.name,
        ),
        tr("Ask for another mode, or avoid less."),
    )


def _priced(network: Network, manner: Manner) -> Priced:
    """Return a network with the prices of a manner."""
    return price(
        network,
        manner.profile,
        wish=manner.wish,
        speed_kmh=manner.speed_kmh,
        avoid=manner.avoid,
    )
