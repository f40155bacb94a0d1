"""Work out the figures of a day from its document: its time, its light, its roads, its meals."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.hours import visible
from lens_routes.judge.asked import moment_of, seconds_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.judge.asked import Asked

    Light = tuple[dt.datetime, dt.datetime] | None

#: A shorter break is a rest.
_MEAL_S = 30 * 60
#: Nobody minds waiting that long, or wants to be at a train later.
_PATIENCE_S = 10 * 60
#: In so much time of one's own at noon one eats, whatever the plan calls it.
_LONG_MEAL_S = 45 * 60
_NOON, _TWO = dt.time(12), dt.time(14)


@dataclass(frozen=True, slots=True)
class Meal:
    """A break long enough to eat; whether no visit comes before it, and whether none follows.

    One that is not ``planned`` is time left at a stop at noon.
    """

    name: str
    begin: dt.datetime
    lasts_s: float
    first: bool
    last: bool
    planned: bool = True


@dataclass(frozen=True, slots=True)
class Slack:
    """Minutes in hand, and before what."""

    minutes: float
    before: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be measured of a day; seconds unless the name says otherwise.

    ``way_s`` is spent walking and riding, ``wait_s`` waiting for a place to open or a train to
    leave, ``long_wait_s`` of it beyond ten minutes on each way; ``unused_s`` is what is left of the
    hours asked for (None: none were). ``dark_s`` is walked before dawn or after dusk,
    ``dark_visits_s`` spent outdoors before sunrise or after sunset. ``main_road_s`` is walked along
    main roads, None where no walk tells; ``untold_m`` are the metres of those that do not.
    """

    lasts_s: float
    visit_s: float
    break_s: float
    way_s: float
    wait_s: float
    long_wait_s: float
    unused_s: float | None
    dark_s: float
    dark_visits_s: float
    main_road_s: float | None
    untold_m: float
    walk_m: float
    begins_in_dark: bool
    lunch_due: bool
    meals: tuple[Meal, ...]
    least_slack: Slack | None
    least_at_train: Slack | None

    def share(self, seconds: float) -> float:
        """Return a part of the day's time as a share of 1."""
        return seconds / self.lasts_s if self.lasts_s else 0.0


def figures(day: Mapping[str, Any], asked: Asked) -> Figures:
    """Return the figures of one day of a plan document that keeps every rule."""
    begin, end = moment_of(day["start"]["time"]), moment_of(day["end"]["time"])
    lasts_s = seconds_between(day["start"]["time"], day["end"]["time"])
    visits = [stop for stop in day["stops"] if stop["kind"] == "visit"]
    pauses = [stop for stop in day["stops"] if stop["kind"] == "break"]
    visit_s, break_s = (sum(map(_stay_s, stops)) for stops in (visits, pauses))
    moving = [part for leg in day["legs"] for part in leg.get("parts") or [leg]]
    way_s = sum(part["duration_s"] for part in moving)
    walks = [part for part in moving if part["mode"] == "walk"]
    told = [walk for walk in walks if walk.get("main_road_m") is not None]
    metre_s = 3.6 / asked.pace_kmh
    meals = (*_meals(day), *_free_at_noon(day))
    at_ease_s = sum(meal.lasts_s for meal in meals if not meal.planned)
    return Figures(
        lasts_s=lasts_s,
        visit_s=visit_s,
        break_s=break_s + at_ease_s,
        way_s=way_s,
        wait_s=max(0.0, lasts_s - visit_s - break_s - way_s - at_ease_s),
        long_wait_s=max(0.0, _long_waits_s(day) - at_ease_s),
        unused_s=_unused_s(lasts_s, asked),
        dark_s=sum(_outside_s(walk["depart"], walk["arrive"], asked.light) for walk in walks),
        dark_visits_s=sum(_dark_visit_s(stop, asked) for stop in visits),
        main_road_s=sum(walk["main_road_m"] for walk in told) * metre_s if told else None,
        untold_m=sum(walk["distance_m"] for walk in walks) - sum(w["distance_m"] for w in told),
        walk_m=sum(leg["distance_m"] for leg in day["legs"]),
        begins_in_dark=_is_dark(begin, asked.light),
        lunch_due=begin.time() <= _NOON and (end.date() > begin.date() or end.time() >= _TWO),
        meals=meals,
        least_slack=min(
            (Slack(stop["slack_minutes"], stop["name"]) for stop in visits),
            key=lambda slack: slack.minutes,
            default=None,
        ),
        least_at_train=min(_at_trains(day, asked), key=lambda slack: slack.minutes, default=None),
    )


def _unused_s(lasts_s: float, asked: Asked) -> float | None:
    if asked.earliest is None or asked.latest is None:
        return None
    return max(0.0, (asked.latest - asked.earliest).total_seconds() - lasts_s)


def _is_dark(moment: dt.datetime, light: Light) -> bool:
    return light is not None and not light[0] <= moment < light[1]


def _stay_s(stop: Mapping[str, Any]) -> float:
    return seconds_between(stop["begin"], stop["leave"])


def _outside_s(begin: str, end: str, light: Light) -> float:
    """Return the seconds between two moments that are not in the light."""
    if light is None:
        return 0.0
    first, last = moment_of(begin), moment_of(end)
    lit_s = (min(last, light[1]) - max(first, light[0])).total_seconds()
    return (last - first).total_seconds() - max(0.0, lit_s)


def _dark_visit_s(stop: Mapping[str, Any], asked: Asked) -> float:
    place = asked.places.get(stop["place"])
    if place is None or not place.outdoor or asked.timezone is None:
        return 0.0
    light = visible(place, asked.date, asked.timezone)
    return _outside_s(stop["begin"], stop["leave"], light)


def _meals(day: Mapping[str, Any]) -> Iterator[Meal]:
    for i, stop in enumerate(day["stops"]):
        if stop["kind"] == "break" and _stay_s(stop) >= _MEAL_S:
            first, last = (
                all(other["kind"] == "break" for other in others)
                for others in (day["stops"][:i], day["stops"][i:])
            )
            yield Meal(stop["name"], moment_of(stop["begin"]), _stay_s(stop), first, last)


def _long_waits_s(day: Mapping[str, Any]) -> float:
    """Return how long one waits, beyond what nobody minds on each way."""
    leaves = [day["start"]["time"], *(stop["leave"] for stop in day["stops"])]
    begins = [*(stop["begin"] for stop in day["stops"]), day["end"]["time"]]
    waits_s = (
        seconds_between(left, begin) - sum(part["duration_s"] for part in leg.get("parts") or [leg])
        for left, begin, leg in zip(leaves, begins, day["legs"], strict=True)
    )
    return math.fsum(max(0.0, wait_s - _PATIENCE_S) for wait_s in waits_s)


def _free_at_noon(day: Mapping[str, Any]) -> Iterator[Meal]:
    """Yield the time left at a stop between noon and two before leaving it: enough for a meal."""
    if any(True for _ in _meals(day)):
        return
    for stop, leg in zip(day["stops"], day["legs"][1:], strict=True):
        left, leaves = moment_of(stop["leave"]), moment_of(leg["depart"])
        begin = max(left, dt.datetime.combine(left.date(), _NOON, left.tzinfo))
        free_s = (leaves - begin).total_seconds()
        if begin.time() <= _TWO and free_s >= _LONG_MEAL_S:
            yield Meal(stop["name"], begin, free_s, first=False, last=False, planned=False)
            return


def _at_trains(day: Mapping[str, Any], asked: Asked) -> Iterator[Slack]:
    """Yield how long before each leg's first ride leaves one can be there.

    Nothing keeps anybody from coming to the start earlier than planned.
    """
    start = day["start"]["time"] if asked.earliest is None else asked.earliest.isoformat()
    leaves = [start, *(stop["leave"] for stop in day["stops"])]
    for left, leg in zip(leaves, day["legs"], strict=True):
        if leg["rides"]:
            first = leg["rides"][0]
            to_stop_s = 0.0
            for part in leg.get("parts") or ():
                if part["mode"] != "walk":
                    break
                to_stop_s += part["duration_s"]
            spare_s = seconds_between(left, first["depart"]) - to_stop_s
            yield Slack(spare_s / 60, f"{first['line']} {first['from_stop']}")
