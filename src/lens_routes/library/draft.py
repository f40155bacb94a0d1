"""A day that is being changed by hand: what is asked of it, and the visits in their order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lens_routes.planning.meals import usual_lunch
from lens_routes.planning.request import MODES, Request

__all__ = ["MODES", "STEP_MINUTES", "Draft"]

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from lens_routes.library.territory import Report, Territory
    from lens_routes.plan.plan import Plan, Stop
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.planning.change.gap import Filler, Gap

#: A visit is made longer or shorter by so much, and never shorter than that, minutes.
STEP_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person wants of a day.

    Every change gives another draft; what was there stays as it was.

    Parameters
    ----------
    request
        What is asked: places pinned are its ``must``, forbidden ones its ``avoid``.
    order
        The ids of the visits chosen by hand, in their order; None leaves the choice to the planner.
    """

    request: Request
    order: tuple[str, ...] | None = None

    @classmethod
    def of(cls, plan: Plan) -> Draft:
        """Return the draft that asks for what a plan was asked for."""
        return cls(Request.from_document(plan.request))

    def to_document(self) -> dict[str, Any]:
        """Return the draft as it can be written to a file."""
        order = None if self.order is None else list(self.order)
        return {"request": self.request.to_document(), "order": order}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Draft:
        """Return the draft of a document; `KeyError` or `ValueError` where it is none."""
        order = document["order"]
        request = Request.from_document(document["request"])
        return cls(request, None if order is None else tuple(map(str, order)))

    @property
    def marks(self) -> tuple[object, ...]:
        """What was marked by hand: places wanted or kept out, lengths of visits, their order."""
        request = self.request
        return request.must, request.avoid, dict(request.visit_minutes), self.order

    def planned(self, territory: Territory, report: Report | None = None) -> Plan:
        """Return the plan of the draft; as `Territory.plan`."""
        told = report or (lambda _what, _share: None)
        if self.order is None:
            return territory.plan(self.request, told)
        return territory.arrange(self.request, self.order, told)

    def anew(self) -> Draft:
        """Return the draft with the choice of visits left to the planner."""
        return replace(self, order=None)

    def pinned(self, place: str) -> Draft:
        """Return the draft with a place that has to be in the day, or has not any more."""
        request = self.request
        if place in request.must:
            return self._asking(must=tuple(p for p in request.must if p != place))
        avoid = tuple(p for p in request.avoid if p != place)
        # Who wants more places than were to be visited at most wants these.
        least = -(-len({*request.required, place}) // request.days)
        most = request.max_visits and max(request.max_visits, least)
        return self._asking(must=(*request.must, place), avoid=avoid, max_visits=most)

    def forbidden(self, place: str) -> Draft:
        """Return the draft that stays away from a place, or does not any more."""
        request = self.request
        if place in request.avoid:
            return self._asking(avoid=tuple(p for p in request.avoid if p != place))
        kept = {
            "must": tuple(p for p in request.must if p != place),
            "appointments": tuple(a for a in request.appointments if a.place != place),
        }
        order = self.order and tuple(p for p in self.order if p != place)
        return replace(self._asking(avoid=(*request.avoid, place), **kept), order=order)

    def lasting(self, stop: Stop, minutes: int) -> Draft:
        """Return the draft with a visit longer by so many minutes, shorter below zero."""
        if stop.place is None:
            return self
        now = round((stop.leave - stop.begin).total_seconds() / 60)
        stay = max(STEP_MINUTES, STEP_MINUTES * round((now + minutes) / STEP_MINUTES))
        return self._asking(visit_minutes={**self.request.visit_minutes, stop.place: stay})

    def starting(self, start: Waypoint) -> Draft:
        """Return the draft of a day that begins elsewhere; a loop ends there as well."""
        loop = self.request.end == self.request.start
        return self._asking(start=start, **({"end": start} if loop else {})).anew()

    def timed(self, at: dt.time, minutes: int) -> Draft:
        """Return the draft of a day that begins then and lasts so long, lunch as is usual in it."""
        own = tuple(pause for pause in self.request.pauses if not pause.usual)
        usual = () if any(pause.meal for pause in own) else usual_lunch(at, minutes)
        return self._asking(at=at, minutes=minutes, pauses=(*usual, *own)).anew()

    def travelling(self, mode: str) -> Draft:
        """Return the draft of a day with another way to travel, one of ``MODES``."""
        return replace(self, request=self.request.by(mode)).anew()

    def together(self, company: tuple[str, ...]) -> Draft:
        """Return the draft of a day in other company, such as ``("wheelchair",)``."""
        return self._asking(company=company).anew()

    def about(self, themes: tuple[str, ...]) -> Draft:
        """Return the draft of a day on other themes, given by their ids."""
        return self._asking(themes=themes).anew()

    def without(self, place: str, plan: Plan) -> Draft:
        """Return the draft of a plan without one of its visits, which stays out from then on."""
        return self._out(place)._ordered([p for p in plan.visited if p != place])

    def moved(self, place: str, by: int, plan: Plan) -> Draft:
        """Return the draft of a plan with a visit so many places later, earlier below zero."""
        order = list(plan.visited)
        old = order.index(place)
        new = min(max(old + by, 0), len(order) - 1)
        order.insert(new, order.pop(old))
        return self._ordered(order)

    def filled(self, filler: Filler, gap: Gap, plan: Plan) -> Draft:
        """Return the draft of a plan with what fits a gap in it, which is wanted from then on.

        What had to go for it stays out.
        """
        days = [list(day.stops) for day in plan.days]
        ids = [[stop.place for stop in stops] for stops in days]
        end = filler.before + 1 if gap.instead else filler.before
        gone = ids[gap.day][filler.before : end]
        ids[gap.day][filler.before : end] = [filler.place]
        draft = self if filler.place in self.request.must else self.pinned(filler.place)
        for place in filter(None, gone):
            draft = draft._out(place)
        return draft._ordered([place for day in ids for place in day if place])

    def _out(self, place: str) -> Draft:
        return self if place in self.request.avoid else self.forbidden(place)

    def _ordered(self, order: list[str]) -> Draft:
        must = tuple(place for place in self.request.must if place in order)
        avoid = tuple(place for place in self.request.avoid if place not in order)
        return replace(self._asking(must=must, avoid=avoid), order=tuple(order))

    def _asking(self, **asked: Any) -> Draft:
        return replace(self, request=replace(self.request, **asked))
