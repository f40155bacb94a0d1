"""The few things to say of a plan as a whole, and the smallest change that would help.

What helps is looked for in the order in which people give way: another date, another way to
travel, a longer day, another choice. Everything that is offered has been tried.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue.hours import context_of, day_opening
from lens_routes.errors import BadInputError, NotInstalledError
from lens_routes.plan.moments import elapsed_s
from lens_routes.plan.plan import Hint
from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.qualify.occasion import is_flagship
from lens_routes.planning.qualify.sift import MOST
from lens_routes.planning.qualify.worth import in_passing, matches
from lens_routes.planning.tell.another_day import another_day, weight
from lens_routes.planning.tell.by_train import within_a_day_by_train
from lens_routes.planning.tell.by_vehicle import within_a_day_by
from lens_routes.planning.tell.little_more import little_more
from lens_routes.planning.tell.options import shifted
from lens_routes.text import wording
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lens_routes.catalogue.place import Place
    from lens_routes.plan.plan import LeftOut, Plan
    from lens_routes.planning.request import Request
    from lens_routes.planning.supplies import Supplies
    from lens_routes.text.language import Said
    from lens_routes.timetable.network.network import Network

#: Kinds of reasons that more time, walking or money, or fewer visits, would do away with.
_ROOM = {"too-late", "day-too-short", "displaces", "walk", "cost", "visits"}
#: The vehicles that bring one farther than a way to travel does.
_FASTER = {"walk": ("bike", "car"), "transit": ("bike", "car"), "bike": ("car",), "car": ()}
#: So many places worth the journey are told of before all else.
MOST_FIRST = 2
#: So many changes are tried for a line that offers one.
MOST_TRIED = 2
#: A day that begins so much later than it might has a word on it.
LATE_MINUTES = 30
#: By how much earlier a day may begin for what was asked, and not before when.
EARLIER_MINUTES, EARLIEST = (60, 120, 180), dt.time(8)
#: So many names stand for a longer list; one more than that is named as well.
NAMED = 2


def with_hints(
    plan: Plan,
    request: Request,
    supplies: Supplies,
    tried: Callable[[Request, Plan], Plan | None],
    timetables: Callable[[], Network | None] = lambda: None,
) -> Plan:
    """Return a plan with what to say of it as a whole.

    *tried* plans another request much like that of a plan, None where nothing fits; *timetables*
    gives those of the days asked for, for a tour on foot that might take trains; it is asked only
    where places are too far.
    """
    return replace(plan, hints=tuple(_Teller(plan, request, supplies, tried, timetables).hints()))


class _Missed(NamedTuple):
    """A place that was asked for and is left out, and why."""

    item: LeftOut
    place: Place

    @property
    def is_closed(self) -> bool:
        """Whether it is closed that day."""
        return self.item.obstacle == "closed"

    @property
    def is_far(self) -> bool:
        """Whether it is too far for a day with nothing else in it."""
        return self.item.obstacle == "too-far"

    @property
    def lacks_room(self) -> bool:
        """Whether it would be in the day, were there room."""
        return self.item.obstacle in _ROOM


@dataclass(frozen=True)
class _Teller:
    plan: Plan
    request: Request
    supplies: Supplies
    tried: Callable[[Request, Plan], Plan | None]
    timetables: Callable[[], Network | None]

    def hints(self) -> Iterator[Hint]:
        """Yield the hints, the most important first."""
        shut = [missed.place for missed in self.shut]
        poor = weight(shut) > weight(self._open())
        if poor:
            yield self._closed("closed-day", shut)
        else:
            yield from self._astray()
        yield from self._at_the_start()
        yield from self._late()
        yield from self._on_foot()
        rest = [*([] if poor else self.shut), *(m for m in self.missed if not m.is_closed)]
        first = []
        if not self._has_flagship():
            first = [m for m in rest if is_flagship(m.place, self.request) and not m.is_far]
        first = first[:MOST_FIRST]
        yield from map(self._flagship, first)
        yield from self._groups([missed for missed in rest if missed not in first])

    @cached_property
    def missed(self) -> list[_Missed]:
        """What was asked for and is left out, the most interesting first.

        Nobody misses what is only seen in passing, what is no more or not yet, or in the rain
        what is out of doors.
        """
        by_id, wet = self.supplies.catalogue.by_id, self.request.weather == "rain"
        pairs = [_Missed(item, by_id[item.place]) for item in self.plan.left_out]
        return [
            missed
            for missed in pairs
            if matches(missed.place, self.request.themes) and not in_passing(missed.place)
            if missed.place.status == "open" and not (wet and missed.place.outdoor)
        ]

    @cached_property
    def shut(self) -> list[_Missed]:
        """What is closed that day, and could be reached if it were not."""
        closed = [m for m in self.missed if m.is_closed and not self._may_be_open(m.place)]
        if self.request.mode != "walk":
            return closed
        points = [Waypoint(p.name, p.lon, p.lat, p.id) for _, p in closed]
        ends = [self.request.start, *([self.request.end] if self.request.end else [])]
        walks = [self.supplies.walking.from_first([end, *points]) for end in ends]
        limit_m = min(
            self.request.max_walk_m or float("inf"),
            self.request.minutes / 60 * self.request.pace_kmh * 1000,
        )
        return [
            missed
            for missed, *ways in zip(closed, *walks, strict=True)
            if sum(way.distance_m for way in ways) <= limit_m
        ]

    def _may_be_open(self, place: Place) -> bool:
        """Tell whether a place has any hours that day: by appointment, say, or in the dark."""
        context = context_of(self.supplies.catalogue)
        return any(day_opening(place, date, context).windows for date in self.request.dates)

    def _open(self) -> list[Place]:
        """Return what was asked for, can be reached and is open."""
        by_id = self.supplies.catalogue.by_id
        visited = [by_id[name] for name in self.plan.visited]
        left = [m.place for m in self.missed if not m.is_closed and not m.is_far]
        return [*(place for place in visited if matches(place, self.request.themes)), *left]

    def _has_flagship(self) -> bool:
        """Tell whether the day has a place worth the journey: then another is no news."""
        return any(flagship.visited for flagship in self.plan.flagships)

    def _spare_s(self) -> float:
        """Return the seconds that are left of the hours of a day that begins when it may."""
        if self.request.days > 1:
            return 0.0
        day = self.plan.days[0]
        asked = dt.datetime.combine(self.request.date, self.request.at, day.start_time.tzinfo)
        return 60 * self.request.minutes - elapsed_s(asked, day.end_time)

    def _at_the_start(self) -> Iterator[Hint]:
        """Yield that the day begins at a place worth the journey, and how it is visited as well."""
        place = self.supplies.catalogue.by_id.get(self.request.start.id or "")
        if place is None or not is_flagship(place, self.request) or place.id in self.plan.visited:
            return
        if self._visits(replace(self.request, must=(*self.request.must, place.id)), place):
            said = tr("{place}, where you start, is not visited; to see it too", place=place.name)
            yield Hint("flagship", said, f"--must {place.id}")

    def _on_foot(self) -> Iterator[Hint]:
        """Yield that a day that might have taken trains takes none."""
        legs = [leg for day in self.plan.days for leg in day.legs]
        if self.request.mode == "transit" and not any(leg.rides for leg in legs):
            said = tr("All of it on foot: no better day by train or bus was found")
            yield Hint("no-ride", said)

    def _late(self) -> Iterator[Hint]:
        """Yield that the day begins much later than it might, which nobody asked for."""
        begins = self.plan.days[0].start_time
        asked = dt.datetime.combine(self.request.date, self.request.at, begins.tzinfo)
        if elapsed_s(asked, begins) >= 60 * LATE_MINUTES:
            said = tr(
                "Leaves at {time}, not at {asked}: earlier there would be nothing but waiting",
                time=wording.clock(begins),
                asked=wording.clock(asked),
            )
            yield Hint("late-start", said)

    def _astray(self) -> Iterator[Hint]:
        """Yield that nothing of the themes asked for is in the day, and at which hours it would."""
        if self._on_theme(self.plan):
            return
        themes = wording.listed(list(self.plan.theme_names))
        said = tr(
            "Nothing of what was asked for, {themes}, is worth its way that day", themes=themes
        )
        now = self.supplies.now
        for minutes in EARLIER_MINUTES if self.request.mode != "transit" else ():
            if 60 * self.request.at.hour - minutes < 60 * EARLIEST.hour:
                break
            typed = shifted(self.request, minutes)
            at = dt.datetime.combine(self.request.date, typed.request.at, now.tzinfo)
            plan = self.tried(typed.request, self.plan) if at >= now else None
            if plan is not None and (names := self._on_theme(plan)):
                facts = {"nothing": said, "place": names[0], "time": wording.clock(at)}
                text = tr("{nothing}; from {time} on {place} fits", **facts)
                yield Hint("off-theme", text, typed.option)
                return
        yield Hint("off-theme", said)

    def _on_theme(self, plan: Plan) -> list[str]:
        """Return the names of the visits of a plan that bear the themes asked for."""
        stops = [stop for day in plan.days for stop in day.stops if stop.place]
        return [stop.name for stop in stops if not stop.off_theme]

    def _visits(self, request: Request, *places: Place) -> Place | None:
        """Return the first of some places that is visited, if that is what is asked.

        By train nothing is tried, and nothing offered: to plan a day takes too long.
        """
        plan = None if self.request.mode == "transit" else self.tried(request, self.plan)
        return next((place for place in places if plan and place.id in plan.visited), None)

    def _closed(self, about: str, shut: Sequence[Place]) -> Hint:
        """Return that places are closed, and on which day soon most of them are open.

        That a day then visits one of them is tried; by vehicle, where planning takes long, only
        for places worth the journey.
        """
        said = trn(
            "Closed that day: {places}", "Closed that day: {places}", len(shut), places=_some(shut)
        )
        other = None
        lesser = self.request.vehicle is not None and about == "left-out"
        if self.request.days == 1 and not lesser:
            other = another_day(shut, self.request, context_of(self.supplies.catalogue))
        if other is None or not self._visits(replace(self.request, date=other.date), *other.places):
            return Hint(about, said)
        facts = {"closed": said, "date": wording.day_and_month(other.date)}
        if len(other.places) == len(shut):
            text = trn(
                "{closed}; open on {date}", "{closed}; all open on {date}", len(shut), **facts
            )
        else:
            text = trn(
                "{closed}; on {date} {n} of them is open",
                "{closed}; on {date} {n} of them are open",
                len(other.places),
                **facts,
            )
        return Hint(about, text, f"--date {other.date.isoformat()}")

    def _flagship(self, missed: _Missed) -> Hint:
        """Return that a place worth the journey is not in the day, and what would bring it in."""
        item, place = missed
        if missed.is_closed:
            return self._closed("flagship", [place])
        said = trn(
            "Not in this day: {place}",
            "Not in these days: {place}",
            self.request.days,
            place=place.name,
        )
        more = little_more(item, self.request)
        if more is not None and self._visits(more.request, place):
            text = tr("{places}; it fits {more}", places=said, more=more.said)
            return Hint("flagship", text, more.option)
        must = replace(self.request, must=(*self.request.must, place.id))
        if not item.instead_of or not self._visits(must, place):
            return Hint("flagship", tr("{places}; {reason}", places=said, reason=item.reason))
        by_id = self.supplies.catalogue.by_id
        text = tr(
            "{places}; it fits in place of {others}",
            places=said,
            others=_some([by_id[name] for name in item.instead_of]),
        )
        return Hint("flagship", text, f"--must {place.id}")

    def _groups(self, missed: Sequence[_Missed]) -> Iterator[Hint]:
        """Yield what else is left out, in groups, the most interesting first."""
        groups: list[tuple[list[_Missed], Callable[[list[_Missed]], Hint]]] = [
            ([m for m in missed if m.is_far], self._far),
            ([m for m in missed if m.is_closed], self._shut_others),
            ([m for m in missed if m.lacks_room], self._no_room),
        ]
        groups.sort(key=lambda group: -weight([m.place for m in group[0]]))
        yield from (tell(group) for group, tell in groups if group)

    def _shut_others(self, shut: Sequence[_Missed]) -> Hint:
        return self._closed("left-out", [m.place for m in shut])

    def _far(self, missed: Sequence[_Missed]) -> Hint:
        far = [m.place for m in missed]
        said = tr("Too far for this day: {places}", places=_some(far))
        if self.request.mode == "walk":
            said = tr("Too far on foot: {places}", places=_some(far))
        ways = [(mode, reached) for mode, reached in self._by_others(far) if reached]
        if not ways:
            return Hint("left-out", said)
        mode, reached = max(ways, key=lambda way: len(way[1]))
        if mode == "transit":
            text = tr("{far}; by train {place} fits", far=said, place=_short(reached[0]))
            if len(reached) > 1:
                text = tr("{far}; by train {places} fit", far=said, places=_some(reached, 1))
            return Hint("left-out", text, "--mode transit")
        # Each fits a day of its own: which of them the best day has, nobody has tried.
        by = {"bike": tr("by bike"), "car": tr("by car")}[mode]
        return Hint(
            "left-out",
            trn("{far}; {by} {n} fits", "{far}; {by} {n} more fit", len(reached), far=said, by=by),
        )

    def _by_others(self, far: Sequence[Place]) -> Iterator[tuple[str, list[Place]]]:
        """Yield other ways to travel, and which places each by itself they bring into the day.

        By car only what no other way brings.
        """
        request, context = self.request, context_of(self.supplies.catalogue)
        any_found = False
        network = self.timetables() if request.mode == "walk" else None
        if network is not None:
            found = within_a_day_by_train(far, request, context, self.supplies.walking, network)
            any_found = bool(found)
            yield "transit", found
        rolls = request.days == 1 and not request.company and request.weather != "rain"
        for mode in _FASTER[request.mode] if rolls else ():
            if any_found and mode == "car":
                return
            try:
                driving = self.supplies.driving(mode, None)
            except (BadInputError, NotInstalledError):
                return  # a hint less, where a map knows no way for it
            found = within_a_day_by(driving, far, request, context)
            any_found = any_found or bool(found)
            yield mode, found

    def _no_room(self, room: Sequence[_Missed]) -> Hint:
        said = trn(
            "No room in the day: {places}",
            "No room in these days: {places}",
            self.request.days,
            places=_some([m.place for m in room]),
        )
        if all(m.item.obstacle == "walk" for m in room):
            said = tr("Too far with the rest: {places}", places=_some([m.place for m in room]))
        spare_s = self._spare_s()
        helped = ((place, little_more(item, self.request, spare_s)) for item, place in room)
        offers = [(place, more) for place, more in helped if more is not None]
        others = [m.place for m in room]
        # A day by vehicle has more to choose from: each try takes the longer. Of very many places
        # another would do as well.
        tries = 1 if self.request.vehicle else MOST_TRIED
        for place, more in offers[: 0 if len(self.plan.left_out) > MOST else tries]:
            # With so much more another one may fit better.
            if brought := self._visits(more.request, place, *others):
                facts = {"places": said, "more": more.said, "place": _short(brought)}
                text = tr("{places}; {place} fits {more}", **facts)
                if len(room) == 1:
                    text = tr("{places}; it fits {more}", **facts)
                return Hint("left-out", text, more.option)
        return Hint("left-out", said)


def _short(place: Place) -> str:
    """Return a name without what explains it: ``9-9bis``, not ``9-9bis – fosse 9-9 bis``."""
    return place.name.partition(" – ")[0].partition(", ")[0]


def _some(places: Sequence[Place], named: int = NAMED) -> Said:
    """Return what places are called, all of a few, the first of many with the number of others."""
    names = [_short(place) for place in places]
    more = len(names) - named
    if more <= 1:
        return wording.listed(names)
    first = joined(", ", names[:named])
    return trn("{first} and {n} more", "{first} and {n} more", more, first=first)
