"""A way in words: how far on foot, by which streets, with which rides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lens_routes.output.roadbook.typography import set_words
from lens_routes.output.shared import caption
from lens_routes.output.shared.rolling import rolled
from lens_routes.output.terminal.rides import kind_of
from lens_routes.plan.grade import Grade
from lens_routes.text import wording
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from lens_routes.output.shared.leg_parts import LegPart
    from lens_routes.plan.leg import Leg, Step


def summary(leg: Leg) -> str:
    """Return a leg in a line: how long, how far on foot, which lines."""
    parts: list[str] = [wording.between(leg.depart, leg.arrive)]
    parts += [str(ride["line"]) for ride in leg.rides if ride.get("line")]
    if leg.ride_m:
        parts.append(caption.gone(leg.mode, leg.ride_m))
    if leg.distance_m > 0:
        parts.append(caption.on_foot(leg))
    return joined(" · ", parts)


def untraced_remark() -> str:
    """Return what the reader of a map without the ways must know."""
    return tr(
        "A dashed line on a map is the direction, not the way: the plan was made without the"
        " street network, and has no directions. Follow the signs, or scan the code of the stop."
    )


def part_values(part: LegPart) -> dict[str, Any]:
    """Return a walk with its directions, or a ride, as the template reads it."""
    if part.ride is not None:
        return _ride_values(part, part.ride)
    if part.kind == "ride":
        return _ride_values(part, {"line": tr("ride"), "line_name": caption.way(part.leg)})
    leg = part.leg
    return {
        "kind": "walk",
        "time": wording.clock(leg.depart),
        "from": set_words(tr("From {place}:", place=leg.origin)),
        "summary": set_words(_walk(leg)),
        "steps": [_step(step) for step in part.steps],
        "map": None,
        "profile": None,
    }


def _walk(leg: Leg) -> str:
    """Return how far and how long one walks, and what makes it less pleasant."""
    facts: list[str] = [caption.gone(leg.mode, leg.distance_m), caption.lasting(leg)]
    if leg.source is Grade.ESTIMATE:
        facts.append(tr("estimate"))
    if leg.main_road_m and leg.main_road_m >= 50:
        distance = wording.distance(leg.main_road_m)
        facts.append(tr("{distance} of it along main roads", distance=distance))
    if leg.steps_m and leg.steps_m >= 5:
        facts.append(tr("{distance} of stairs", distance=wording.distance(leg.steps_m)))
    if leg.snap_m >= 50:
        distance = wording.distance(leg.snap_m)
        facts.append(tr("{distance} of it off the mapped ways", distance=distance))
    return joined(", ", (*facts, *rolled(leg)))


def _step(step: Step) -> dict[str, str]:
    """Return a direction, its street apart so that it can stand out."""
    words, street = set_words(step.instruction), set_words(step.street)
    # French writes "la rue de Lens" of what the map calls "Rue de Lens".
    found = re.search(re.escape(street), words, re.IGNORECASE) if street else None
    begin, end = found.span() if found else (len(words), len(words))
    length = set_words(wording.distance(step.distance_m)) if step.distance_m >= 1 else ""
    parts = {"before": words[:begin], "street": words[begin:end], "after": words[end:]}
    return {**parts, "length": length}


def _ride_values(part: LegPart, ride: Mapping[str, Any]) -> dict[str, Any]:
    leg = part.leg
    vehicle = ride.get("route_type")
    headsign = str(ride.get("headsign") or "")
    # French railways write the number of the train where others write where it goes.
    towards = (
        tr("no. {number}", number=headsign)
        if headsign.isdigit()
        else (tr("towards {headsign}", headsign=headsign) if headsign else "")
    )
    calls = [
        _call(leg.depart, ride.get("from_stop") or leg.origin, ride.get("from_platform")),
        _call(leg.arrive, ride.get("to_stop") or leg.destination, ride.get("to_platform")),
    ]
    return {
        "kind": "ride",
        "vehicle": set_words(wording.sentence(kind_of(vehicle)))
        if isinstance(vehicle, int)
        else "",
        "line": set_words(str(ride.get("line") or tr("ride"))),
        "towards": set_words(towards),
        "name": set_words(str(ride.get("line_name") or "")),
        "length": set_words(wording.between(leg.depart, leg.arrive)),
        "calls": calls,
        "others": set_words(_others(ride)),
    }


def _call(moment: dt.datetime, stop: object, platform: object) -> dict[str, str]:
    where = set_words(str(stop))
    if platform:
        where = set_words(tr("{stop}, platform {platform}", stop=stop, platform=platform))
    return {"time": wording.clock(moment), "stop": where}


def _others(ride: Mapping[str, Any]) -> str:
    """Return when the next and the last ride of the day go, for whoever misses this one."""
    texts = []
    for which in ("next", "last"):
        other = ride.get(which)
        if not other or other.get("depart") == ride.get("depart"):
            continue
        # ISO 8601: the clock stands behind the T.
        time = str(other.get("depart")).partition("T")[2][:5]
        texts.append(
            tr("next at {time}", time=time) if which == "next" else tr("last at {time}", time=time)
        )
    if texts:
        return wording.sentence(joined(", ", texts))
    return tr("The last of the day") if "last" in ride else ""
