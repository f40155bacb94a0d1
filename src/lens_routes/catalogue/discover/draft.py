"""From the named things of a map to the rows of a catalogue: chosen, merged, weighed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from math import cos, degrees, radians
from typing import TYPE_CHECKING

from lens_routes.catalogue.check.twins import Named, likeness
from lens_routes.catalogue.discover.sights import is_ordinary, sight_of
from lens_routes.catalogue.discover.worth import by_rank, evidence_of, is_enough
from lens_routes.catalogue.sector import kinds
from lens_routes.catalogue.sector.osm import tagged
from lens_routes.geo import EARTH_RADIUS_M, distance_m
from lens_routes.text.words import telling_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lens_routes.catalogue.catalogue import Term
    from lens_routes.catalogue.discover.element import Element
    from lens_routes.catalogue.discover.sights import Sight
    from lens_routes.catalogue.exchange.changes import Row

#: Two things of like names are one, if they are no farther apart, metres; of one Wikidata item too.
_SAME_M, _ALIKE = 250.0, 85.0
#: Nearer than this it is enough that one name is part of the other; farther, if it has some words.
_BESIDE_M, _WORDS = 60.0, 2
_SAME_ITEM_M = 1000.0
#: Where tours begin and end, and where one asks: no stops of a tour.
_SERVICES = frozenset((kinds.STATION, kinds.OFFICE))
#: What is inside one of these belongs to it, unless it is worth more; larger ones are landscapes.
_WHOLES = frozenset((kinds.CASTLE, kinds.MUSEUM, kinds.PARK, kinds.LEISURE, kinds.MEMORIAL))
#: The collections of a museum that the map draws as points are no farther from it.
_ROOM_M = 75.0
#: Statues and graves in a park are many, and no parts anybody asks for.
_LEAST_PART = 1.0
_LARGEST_M2 = 2e6
#: What one walks from a station to a sight.
_WALK_M = 2000.0
#: With fewer sights nobody can choose: then others of the second tier are taken, from this weight.
_LEAST, _BY_EVIDENCE, _WORTH_A_LOOK = 12, 2, 1.5
#: From so many hectares on a park takes an hour and a quarter, and from so many half an hour.
_LARGE_HA, _SMALL_HA = 30.0, 1.0


@dataclass(slots=True)
class Found:
    """A sight: the thing it is, what it is by its tags, and what speaks for it."""

    element: Element
    sight: Sight
    evidence: dict[str, float] = field(init=False)
    parts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Weigh what the map tells of it."""
        self.weigh()

    def weigh(self) -> None:
        """Weigh again what the map tells of it."""
        hectares = self.area_m2 / 1e4
        self.evidence = evidence_of(self.element.tags, self.sight.sort, hectares)

    @property
    def score(self) -> float:
        """What it is worth beside the others."""
        # A museum called one is no better for it.
        said = self.evidence.get("name", 0.0) if self.sight.tier == 1 else 0.0
        return self.sight.weight + sum(self.evidence.values()) - said

    @property
    def chosen(self) -> bool:
        """Whether it is a sight by its tag, or enough speaks for it."""
        return is_enough(self.sight.tier, self.evidence)

    @property
    def name(self) -> str:
        """What the map calls it."""
        return self.element.tags["name"]

    @property
    def area_m2(self) -> float:
        """The area it covers, 0 where nothing tells."""
        if self.element.area is None:
            return self.element.hectares * 1e4
        degree_m = radians(1) * EARTH_RADIUS_M
        north = cos(radians(self.element.point.lat))
        return float(self.element.area.area) * degree_m * degree_m * north


def draft(
    elements: Iterable[Element], themes: Sequence[Term], country: str, *, everything: bool = False
) -> list[Row]:
    """Return the sights among the named things of a map, as rows of a catalogue.

    Parameters
    ----------
    elements
        Named things.
    themes
        Those the catalogue declares.
    country
        ISO 3166-1 code, for reading hours.
    everything
        Also what bears a tag of sights, and nothing speaks for it.
    """
    found = _merged(_seen(elements))
    chosen = found if everything else _reached(_enough([one for one in found if one.chosen], found))
    sights = _with_parts(chosen, found)
    weighed = [one for one in sights if one.sight.sort not in _SERVICES]
    stars = dict(zip(map(id, weighed), by_rank([one.score for one in weighed]), strict=True))
    return [_row(one, stars.get(id(one), 1), themes, country) for one in sights]


def _enough(chosen: list[Found], found: Sequence[Found]) -> list[Found]:
    """Return the chosen, and where they are too few for a day the best that nothing speaks for."""
    missing = _LEAST - sum(one.sight.sort not in _SERVICES for one in chosen)
    others = (
        one
        for one in found
        if not one.chosen
        and one.sight.tier == _BY_EVIDENCE
        and one.sight.weight >= _WORTH_A_LOOK
        and not is_ordinary(one.name)
    )
    return [*chosen, *islice(others, max(missing, 0))]


def _reached(chosen: Sequence[Found]) -> list[Found]:
    """Return the chosen without the stations and offices from which none of them is a walk away."""
    sights = [one.element.point for one in chosen if one.sight.sort not in _SERVICES]
    return [
        one
        for one in chosen
        if one.sight.sort not in _SERVICES
        or any(distance_m(one.element.point, point) <= _WALK_M for point in sights)
    ]


def labels(rows: Sequence[Row]) -> dict[str, dict[str, dict[str, str]]]:
    """Return what the themes and kinds of rows are called, for the header of a new catalogue."""
    used = {
        "themes": {theme for row in rows for theme in row.fields["themes"]},
        "kinds": {row.fields["kind"] for row in rows},
    }
    return {
        member: {key: said[key] for key in sorted(used[member])}
        for member, said in kinds.LABELS.items()
    }


def _seen(elements: Iterable[Element]) -> list[Found]:
    return [Found(element, sight) for element in elements if (sight := sight_of(element.tags))]


def _merged(found: Sequence[Found]) -> list[Found]:
    """Return the sights without those that another is already, the best of each first."""
    from shapely import STRtree, points  # noqa: PLC0415  # only a draft needs areas

    ranked = sorted(
        found, key=lambda one: (not one.chosen, -one.score, -len(one.name), one.element.id)
    )
    places = points([one.element.point for one in ranked]) if ranked else []
    tree, kept = STRtree(places), dict[int, Found]()
    for index, one in enumerate(ranked):
        reach = degrees(_SAME_ITEM_M / EARTH_RADIUS_M) / max(
            cos(radians(one.element.point.lat)), 0.01
        )
        near = sorted(tree.query(places[index], predicate="dwithin", distance=reach))
        same = next((kept[n] for n in near if n in kept and _is_same(one, kept[n])), None)
        if same is None:
            kept[index] = one
        else:
            _take_over(same, one)
    return list(kept.values())


def _is_same(one: Found, other: Found) -> bool:
    away_m = distance_m(one.element.point, other.element.point)
    a, b = (Named(each.element.id, (each.name,), each.element.point) for each in (one, other))
    alike = likeness(a, b)
    item = one.element.tags.get("wikidata")
    if item and item == other.element.tags.get("wikidata"):
        # Two museums of names that have nothing in common are two, whatever somebody tagged.
        return away_m <= _SAME_ITEM_M and (alike > 30 or one.sight.sort is not other.sight.sort)
    if one.sight.sort is not other.sight.sort and {one.sight.sort, other.sight.sort} & _SERVICES:
        return False
    first, second = sorted((set(telling_words(each.name)) for each in (one, other)), key=len)
    enough = away_m <= _BESIDE_M or (len(first) >= _WORDS and one.sight.sort is other.sight.sort)
    if enough and away_m <= _SAME_M and first <= second:
        return True
    return alike >= _ALIKE and away_m <= _SAME_M


def _take_over(kept: Found, same: Found) -> None:
    """Give a sight what the map says of it a second time."""
    tags = {**same.element.tags, **kept.element.tags}
    area = kept.element.area if kept.element.area is not None else same.element.area
    kept.element = replace(kept.element, tags=tags, area=area)
    kept.weigh()


def _with_parts(chosen: Sequence[Found], seen: Sequence[Found]) -> list[Found]:
    """Return the sights, what is seen inside a larger one of more worth as its parts."""
    from shapely import Point, STRtree  # noqa: PLC0415  # as above

    wholes = [
        one
        for one in chosen
        if one.sight.sort in _WHOLES and one.element.area is not None and one.area_m2 <= _LARGEST_M2
    ]
    tree = STRtree([one.element.area for one in wholes])
    inside: set[int] = set()
    for one in seen:
        if one.sight.sort in _SERVICES or one.sight.weight < _LEAST_PART:
            continue
        place = Point(one.element.point.lon, one.element.point.lat)
        around = [wholes[index] for index in tree.query(place, predicate="within")]
        larger = [whole for whole in around if whole is not one and whole.score >= one.score
                  and whole.area_m2 > one.area_m2]  # fmt: skip
        if larger := larger or _next_door(one, chosen):
            max(larger, key=lambda whole: whole.area_m2).parts.append(one.name)
            inside.add(id(one))
    return [one for one in chosen if id(one) not in inside]


def _next_door(one: Found, chosen: Sequence[Found]) -> list[Found]:
    """Return the better of its kind beside a sight for which nothing speaks but its tag."""
    if one.sight.tier > 1 or one.evidence:
        return []
    return [
        other
        for other in chosen
        if other.sight.sort is one.sight.sort
        and other.evidence
        and distance_m(one.element.point, other.element.point) <= _ROOM_M
    ]


def _row(one: Found, stars: int, themes: Sequence[Term], country: str) -> Row:
    tags, sort = one.element.tags, one.sight.sort
    listing = tagged(0, f"osm:{one.element.id}", tags, country)
    listing.point = one.element.point
    known = {theme.id for theme in themes}
    listing.fields |= {
        "kind": sort.kind,
        "themes": [theme for theme in sort.themes if theme in known or not known],
        "outdoor": sort.outdoor,
        "visit_minutes": _minutes(one, stars),
        "interest": stars,
        "guessed": ["tag", *one.evidence],
        "coord_source": "OpenStreetMap",
        "coord_confidence": "high",
        "source": f"https://www.openstreetmap.org/{one.element.id}",
    }
    if sort in _SERVICES:
        listing.fields["tourable"] = False
    if one.parts:
        listing.fields["parts"] = sorted(dict.fromkeys(one.parts))
    return listing.row(themes)


def _minutes(one: Found, stars: int) -> int:
    """Return how long a visit takes, by the kind, the area and the worth."""
    sort, hectares = one.sight.sort, one.area_m2 / 1e4
    if sort in (kinds.PARK, kinds.NATURE) and hectares:
        if hectares >= _LARGE_HA:
            return 75
        return 20 if hectares < _SMALL_HA else sort.minutes
    if sort is kinds.MUSEUM:
        return {5: 120, 4: 90, 3: 75}.get(stars, 60)
    return sort.minutes
