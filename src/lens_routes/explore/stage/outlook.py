"""What a person looks at: from where, at what time, which places, in what order."""

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens_routes.text import wording
from lens_routes.text.language import joined, marked, tr, trn

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from lens_routes.catalogue.place import Place
    from lens_routes.library import Draft, Reached, Standing, Territory
    from lens_routes.plan.waypoint import Waypoint

#: Ways to travel, and what they are called.
WAYS = {
    "walk": marked("on foot"),
    "transit": marked("by train and bus"),
    "bike": marked("by bike"),
    "car": marked("by car"),
}
#: How far is near, minutes; None: anywhere.
RADII = (None, 15, 30, 60, 120)
#: Orders of the list, and what they are called.
ORDERS = {
    "near": marked("nearest first"),
    "interest": marked("most interesting first"),
    "name": marked("by name"),
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """A way to look at the territory; every key that narrows it gives another."""

    origin: Waypoint
    moment: dt.datetime
    words: str = ""
    themes: frozenset[str] = frozenset()
    open_only: bool = False
    radius: int | None = None
    order: str = "near"
    mode: str = "walk"
    wheelchair: bool = False

    def with_theme(self, theme: str) -> Outlook:
        """Return the outlook with a theme more, or less where it was one."""
        return replace(self, themes=self.themes ^ {theme})

    def wider(self) -> Outlook:
        """Return the outlook with the next radius."""
        return replace(self, radius=RADII[(RADII.index(self.radius) + 1) % len(RADII)])

    def reordered(self) -> Outlook:
        """Return the outlook in the next order."""
        orders = list(ORDERS)
        return replace(self, order=orders[(orders.index(self.order) + 1) % len(orders)])


class Around:
    """The places of a territory as an outlook shows them; what is worked out is kept."""

    def __init__(self, territory: Territory) -> None:
        self.territory = territory
        self._reached: dict[tuple[Waypoint, str, dt.datetime | None], list[Reached]] = {}
        self._standing: dict[tuple[str, dt.datetime], Standing] = {}

    def reach(self, outlook: Outlook) -> list[Reached]:
        """Return every place with the way there, the nearest first."""
        key = _asked(outlook)
        if key not in self._reached:
            origin, mode, moment = key
            self._reached = {key: self.territory.reach(origin, mode=mode, moment=moment)}
        return self._reached[key]

    def is_known(self, outlook: Outlook) -> bool:
        """Tell whether the ways of an outlook are worked out, or are so in a moment."""
        return outlook.mode == "walk" or _asked(outlook) in self._reached

    def standing(self, place: Place, moment: dt.datetime) -> Standing:
        """Return whether a place is open at a moment, and until when."""
        key = place.id, moment
        if key not in self._standing:
            self._standing[key] = self.territory.standing(place, moment)
        return self._standing[key]

    def warm_up(self, outlook: Outlook) -> None:
        """Work out what the next keys may ask: what answers to words, how every place stands."""
        self.territory.search("a", typing=True)
        for one in self.reach(outlook):
            self.standing(one.place, outlook.moment)
        gc.freeze()  # all this lasts: to look through it for waste holds a key up

    def shown(self, outlook: Outlook) -> list[Reached]:
        """Return the places an outlook shows, in its order; words put those that fit best first."""
        found = [one for one in self.reach(outlook) if self._fits(one, outlook)]
        if outlook.words.strip():
            hits = self.territory.search(outlook.words, typing=True)
            rank = {place.id: number for number, place in enumerate(hits)}
            found = [one for one in found if one.place.id in rank]
            return sorted(found, key=lambda one: rank[one.place.id])
        if outlook.order == "interest":
            return sorted(found, key=lambda one: -one.place.interest)
        if outlook.order == "name":
            return sorted(found, key=lambda one: one.place.name.casefold())
        return found

    def _fits(self, one: Reached, outlook: Outlook) -> bool:
        place = one.place
        return (
            (not outlook.themes or bool(outlook.themes & {*place.themes}))
            and (not outlook.wheelchair or self.territory.is_accessible(place))
            and (outlook.radius is None or one.duration_s <= 60 * outlook.radius)
            and (not outlook.open_only or self.standing(place, outlook.moment).state == "open")
        )

    def themes(self, place: Place) -> list[str]:
        """Return what the themes of a place are called."""
        named = self.territory.catalogue.theme_by_id
        return [str(named[theme].said) for theme in place.themes if theme in named]

    def way(self, one: Reached, outlook: Outlook) -> str:
        """Return how far a place is, by which way, and from where."""
        return tr(
            "{duration} {way} ({distance}) from {place}",
            way=way_called(outlook.mode),
            duration=wording.duration(one.duration_s),
            distance=wording.distance(one.distance_m),
            place=outlook.origin.name,
        )

    def heading(self, outlook: Outlook, count: int) -> str:
        """Return in a line what an outlook shows."""
        catalogue = self.territory.catalogue
        moment = outlook.moment
        facts: list[str] = [
            tr("From {place}", place=outlook.origin.name),
            trn("{n} place", "{n} places", count),
        ]
        facts += [way_called(outlook.mode)] if outlook.mode != "walk" else []
        facts += [tr("in a wheelchair")] if outlook.wheelchair else []
        if outlook.radius is not None:
            near = wording.duration(60 * outlook.radius)
            facts.append(tr("within {duration}", duration=near))
        facts += [
            catalogue.theme_by_id[theme.id].said
            for theme in catalogue.themes
            if theme.id in outlook.themes
        ]
        facts += [tr("open now")] if outlook.open_only else []
        facts += [tr(ORDERS[outlook.order])] if outlook.order != "near" else []
        now = joined(" ", (wording.day_and_month(moment.date()), wording.clock(moment)))
        return joined(" · ", [*facts, now])


def _asked(outlook: Outlook) -> tuple[Waypoint, str, dt.datetime | None]:
    """Return what the ways of an outlook depend on; those by the timetables on the hour."""
    return outlook.origin, outlook.mode, outlook.moment if outlook.mode == "transit" else None


def way_called(mode: str) -> str:
    """Return what a way to travel is called; one without a name stands for itself."""
    return tr(WAYS[mode]) if mode in WAYS else mode


def until(standing: Standing, moment: dt.datetime) -> str:
    """Return in few letters until when a place stands as it does: a time, or a day."""
    if standing.until is None or standing.state == "unknown":
        return ""
    local = standing.until.astimezone(moment.tzinfo)
    days = (local.date() - moment.date()).days
    if days == 0 or (days == 1 and standing.state == "open"):
        return wording.clock(local)
    return wording.weekday(local.date())[:3]


#: How a place stands, as a sign and its style: told apart without colours as well.
SIGNS = {
    "open": ("●", "green"),
    "closed": ("○", "dim"),
    "unknown": ("?", "magenta"),
    "dark": ("☾", "blue"),
}


def told(standing: Standing, moment: dt.datetime) -> str:
    """Return in words how a place stands."""
    time = until(standing, moment)
    if standing.state == "open":
        return tr("open until {time}", time=time) if time else tr("open now")
    if standing.state == "closed":
        return tr("closed, opens {time}", time=time) if time else tr("closed now")
    if standing.state == "dark":
        return tr("dark until {time}", time=time) if time else tr("dark now")
    return tr("hours unknown")


def stance(draft: Draft, place: Place) -> str:
    """Return in words what a draft says of a place."""
    if place.id in draft.request.must:
        return tr("{place} will be in the day.", place=place.name)
    if place.id in draft.request.avoid:
        return tr("{place} stays out of the day.", place=place.name)
    return tr("{place} may be in the day.", place=place.name)


def in_order(places: Sequence[Reached], identity: str | None) -> int:
    """Return where a place stands in a list, 0 where it does not."""
    return next((n for n, one in enumerate(places) if one.place.id == identity), 0)
