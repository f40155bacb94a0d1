"""The spots that words may name without asking anybody: places, stops and communes together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue.find.find import candidates, suggestions
from lens_routes.geo import distance_m
from lens_routes.geocode.area import Area
from lens_routes.geocode.communes import SCHEME, communes
from lens_routes.plan.waypoint import Waypoint
from lens_routes.text.language import tr
from lens_routes.text.words import fold, slug
from lens_routes.timetable.ask.find_stops import (
    identity,
    near_names,
    stops_called,
    stops_holding,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.place import Place
    from lens_routes.geo import Point
    from lens_routes.timetable.ask.find_stops import Halt
    from lens_routes.timetable.network.network import Network

#: A stop this near a place that is meant too is that place: a station is in the catalogue as well.
_SAME_SPOT_M = 300.0
_MOST_NAMES = 3


class Spot(NamedTuple):
    """Something words may name: where it is, its id, and what it is called in a list."""

    waypoint: Waypoint
    id: str
    label: str


class Known(NamedTuple):
    """What can be named: the places of a catalogue, the communes around, the installed stops."""

    catalogue: Catalogue
    network: Network | None = None

    @property
    def area(self) -> Area:
        """Where the places lie."""
        return Area.of(self.catalogue)

    def spots(self, words: str) -> list[Spot]:
        """Return what *words* may name.

        Places by name or a part of one, stops and communes by their whole name; stops by a part of
        theirs only where nothing else answers. Of a commune's name, only its own station may be
        meant too: neither a museum there nor a "Porte d'Arras" in Douai is Arras. A commune stands
        back behind a stop of the timetable that bears its name, where these are the only two.
        """
        towns = list(self._communes(words))
        places = [
            Spot(Waypoint(place.name, place.lon, place.lat, place.id), place.id, place.name)
            for place in candidates(self.catalogue, words)
            if not towns or _is_station_of(place, towns[0])
        ]
        halts = self._halts(words, stops_called, [spot.waypoint.point for spot in places])
        if places:
            return [*towns, *places, *halts]
        return halts or towns or self._halts(words, stops_holding, ())

    def near_names(self, words: str) -> list[tuple[str, str]]:
        """Return name and id of what comes nearest to *words*, perhaps nothing."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415  # only when a name was mistyped

        places = [(place.name, place.id) for place in suggestions(self.catalogue, words)]
        known = communes(self.catalogue)
        # Of an address, the town is known at least.
        within = [name for part in words.split(",") if (name := fold(part)) in known]
        like = process.extract(fold(words), list(known), scorer=fuzz.ratio, score_cutoff=75)
        towns = dict.fromkeys([*within, *(name for name, _, _ in like)])
        found = [(known[name][0], _commune_id(known[name][0])) for name in towns]
        if self.network is not None and not within:
            found += [
                (spot.label, spot.id)
                for name in near_names(self.network, words)
                for spot in self._halts(name, stops_called, ())
            ]
        return found[:_MOST_NAMES] + places

    def _communes(self, words: str) -> Iterator[Spot]:
        folded = fold(words.strip().removeprefix(SCHEME))
        if town := communes(self.catalogue).get(folded):
            name, point = town
            label = tr("{commune}, the town", commune=name)
            yield Spot(Waypoint(name, point.lon, point.lat), _commune_id(name), label)

    def _halts(
        self, words: str, look: Callable[[Network, str], list[Halt]], beside: Iterable[Point]
    ) -> list[Spot]:
        """Return the stops that *look* finds near the catalogue; none *beside* what is meant."""
        if self.network is None:
            return []
        found = [(halt, halt.point) for halt in look(self.network, words) if halt.point is not None]
        near = [(halt, point) for halt, point in found if self.area.is_near(point)] or found
        return [
            Spot(
                Waypoint(halt.name, point.lon, point.lat),
                identity(self.network, halt),
                tr("{stop}, a stop", stop=halt.name),
            )
            for halt, point in near
            if all(distance_m(point, other) > _SAME_SPOT_M for other in beside)
        ]


def _is_station_of(place: Place, town: Spot) -> bool:
    return place.kind == "station" and fold(place.commune) in ("", fold(town.waypoint.name))


def _commune_id(name: str) -> str:
    return f"{SCHEME}{slug(name)}"
