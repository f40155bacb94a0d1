"""What tags and names say of a sight: of which kind it is, and whether they alone make it one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue.sector import kinds
from lens_routes.catalogue.sector.kinds import Sort, sort_of
from lens_routes.text.words import fold, telling_words

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sight(NamedTuple):
    """What a tag makes of a thing.

    ``tier`` is 1 where the tag alone makes it a sight, 2 where there must be evidence, 3 where
    others must have written of it. ``weight`` is what a thing of the kind is worth to visitors
    beside the others, before any evidence.
    """

    sort: Sort
    tier: int
    weight: float


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SQUARE = Sort("monument", ("architecture",), outdoor=True, minutes=15)
_BEACH = Sort("lake_wetland", ("nature", "family"), outdoor=True, minutes=60)
ART = Sort("monument", ("culture",), outdoor=True, minutes=10)
_GRAVES = kinds.MEMORIAL

#: Tags and what they make of a thing; the first that is found decides.
_TAGS: tuple[tuple[str, str, Sort, int, float], ...] = (
    ("railway", "station halt", kinds.STATION, 1, 0),
    ("information", "office visitor_centre", kinds.OFFICE, 1, 0),
    ("tourism", "museum", kinds.MUSEUM, 1, 4),
    ("tourism", "aquarium zoo", kinds.LEISURE, 1, 4),
    ("tourism", "theme_park", kinds.LEISURE, 2, 3),
    ("historic", "fort fortress citadel palace", kinds.CASTLE, 1, 4),
    ("historic", "castle", kinds.CASTLE, 2, 4),  # many are houses that nobody may enter
    ("building", "cathedral basilica", kinds.CHURCH, 1, 4),
    ("historic", "abbey monastery", kinds.CHURCH, 1, 3),
    ("historic", "mine mine_shaft mineshaft", kinds.MINING, 1, 3),
    ("historic", "monument city_gate citywalls aqueduct archaeological_site battlefield tower ship",
     kinds.MONUMENT, 1, 3),
    ("amenity", "planetarium", kinds.MUSEUM, 1, 3),
    ("tourism", "viewpoint", kinds.NATURE, 2, 2.5),
    ("amenity", "place_of_worship monastery", kinds.CHURCH, 2, 1.5),
    ("building", "church chapel synagogue mosque temple", kinds.CHURCH, 2, 1.5),
    ("historic", "memorial", kinds.MEMORIAL, 2, 1),
    ("leisure", "park garden", kinds.PARK, 2, 1.5),
    ("leisure", "nature_reserve", kinds.NATURE, 2, 2),
    ("amenity", "theatre", kinds.THEATRE, 1, 1.5),
    ("amenity", "arts_centre", kinds.THEATRE, 2, 1.5),
    ("tourism", "gallery", kinds.MUSEUM, 2, 1.5),
    ("leisure", "stadium", kinds.SPORT, 2, 1),
    ("leisure", "water_park", kinds.LEISURE, 2, 1),
    ("amenity", "casino", kinds.CASTLE, 2, 1.5),
    ("amenity", "townhall courthouse fountain library", kinds.MONUMENT, 2, 1),
    ("amenity", "marketplace", kinds.FOOD, 2, 1.5),
    ("place", "square", SQUARE, 2, 1.5),
    ("highway", "pedestrian", SQUARE, 3, 0.5),
    ("natural", "cave_entrance waterfall peak volcano cliff arch", kinds.NATURE, 2, 2),
    ("natural", "beach", _BEACH, 2, 2),
    ("natural", "water wetland", kinds.WATER, 2, 1),
    ("leisure", "marina", kinds.WATER, 2, 1.5),
    ("man_made", "lighthouse windmill watermill tower bridge obelisk mineshaft adit",
     kinds.MONUMENT, 2, 1.5),
    ("landuse", "cemetery", _GRAVES, 2, 0.5),
    ("amenity", "grave_yard", _GRAVES, 2, 0.5),
    ("tourism", "artwork", ART, 3, 0.5),
)  # fmt: skip
#: What a building may be and yet be no sight, whoever writes of it.
_DWELT = _words(
    "apartments residential house hotel office commercial retail industrial school hospital "
    "dormitory construction garage warehouse"
)
#: What a thing may be besides and then is visited for something else.
_OTHERWISE = (
    ("access", "private no"),
    ("tourism", "hotel hostel motel guest_house apartment camp_site"),
    ("amenity", "school kindergarten college university hospital clinic doctors dentist pharmacy"),
    ("amenity", "restaurant cafe bar fast_food pub bank parking police prison fire_station"),
    ("boundary", "administrative"),
)  # fmt: skip

#: Words names of sights begin with, in the languages of many maps, folded.
_TELLING = _words(
    """abbaye abbey abtei abadia amphitheatre aqueduc aqueduct basilica basilika basilique beffroi
    belfry catedral cathedral cathedrale citadel citadelle collegiale dolmen
    donjon duomo fortress kathedrale kathedraal mausolee mausoleum memorial menhir monastere
    monastery monument musee museo museum necropole reserve ruine ruines ruins zeche zitadelle"""
)
#: Names that stand for the middle of a town, whatever it is called.
_CENTRAL = ("grand place", "grote markt", "hauptmarkt", "marktplatz", "market square",
            "piazza del duomo", "plaza mayor", "rynek", "stortorget")  # fmt: skip
#: Words of a memorial to more than a village, and of nations that built theirs far from home.
_REMEMBERED = _words(
    "commemoratif commemorative australian australien canadian canadien indian indien portugais "
    "portuguese tcheque czech american americain polish polonais"
)
#: What a building is called where trains stop.
_STOPS = _words("gare bahnhof estacion stazione")
#: What is visited for what it was built for, where its name tells.
_BUILT = (kinds.CHURCH, kinds.MONUMENT, kinds.MUSEUM, kinds.CASTLE)
#: Each village has one, whatever it is named after.
_EVERYWHERE = ("monument aux morts", "war memorial", "mairie", "hotel de ville", "town hall",
               "rathaus", "reserve de")  # fmt: skip
_RANKS = _words("imperial international internationale national nationale royal royale")
#: What a name may begin with before the word that tells.
_BEFORE = _words("ancien ancienne vieux vieille old former grand grande petit ruines")


def wanted_values() -> dict[str, bool | str | list[str]]:
    """Return the values of each key that a server is asked for, as OSMnx takes them."""
    values: dict[str, list[str]] = {"tourism": ["attraction"]}
    for key, names, *_ in _TAGS:
        if key != "highway":  # streets of note have an item in Wikidata
            values.setdefault(key, []).extend(names.split())
    return {**values, "historic": True, "heritage": True, "wikidata": True}


def sight_of(tags: Mapping[str, str]) -> Sight | None:
    """Return what tags make of a thing, None where it is visited for something else."""
    if any(tags.get(key) in values.split() for key, values in _OTHERWISE):
        return None
    named = _named(tags.get("name", ""))
    if sight := next((one for one in _TAGS if tags.get(one[0]) in one[1].split()), None):
        _, _, sort, tier, weight = sight
        told = sort in _BUILT and any(named is one.sort for one in kinds.PURPOSES)
        return Sight(named if named and told else sort, tier, weight)
    return _untold(tags, named)


def _untold(tags: Mapping[str, str], named: Sort | None) -> Sight | None:
    """Return what makes a sight of a thing none of whose tags says of which kind it is."""
    if tags.get("tourism") == "attraction":
        # A garden in a park, a ride in a fair are attractions too.
        alone = named not in (None, kinds.PARK, kinds.LEISURE)
        return Sight(named or kinds.MONUMENT, 1 if alone else 2, 2.5)
    if "historic" in tags:
        return Sight(sort_of([tags["historic"]]) or kinds.MONUMENT, 2, 1.5)
    if "building" in tags and tags["building"] not in _DWELT and "shop" not in tags:
        if named is kinds.STATION and telling_words(tags["name"])[0] in _STOPS:
            return Sight(kinds.STATION, 1, 0)
        return Sight(named or kinds.MONUMENT, 3, 1)
    return None


def _named(name: str) -> Sort | None:
    """Return the sort a name speaks of first: a monument to a man called Market is a monument."""
    return next((sort for word in telling_words(name) if (sort := sort_of([word]))), None)


def name_tells(name: str, sort: Sort) -> bool:
    """Say whether a name calls a thing what visitors come for: ``Ancien château de …``."""
    folded = fold(name)
    if any((sort is one.sort or sort in _BUILT) and one.is_told(folded) for one in kinds.PURPOSES):
        return True
    if sort is SQUARE:
        return folded in _CENTRAL
    if folded.startswith(_EVERYWHERE):
        return False
    words = [word for word in telling_words(name) if word not in _BEFORE]
    if sort in (kinds.MEMORIAL, kinds.PARK) and not _REMEMBERED.isdisjoint(words):
        return True
    return len(words) > 1 and words[0] in _TELLING


def is_ordinary(name: str) -> bool:
    """Say whether a name says no more than what a thing is: ``Cathedral``, ``Rathaus``."""
    alone = len(telling_words(name)) == 1 and sort_of([fold(name)]) is not None
    return alone or fold(name).startswith(_EVERYWHERE)


def name_ranks(name: str) -> bool:
    """Say whether a name claims a rank: ``Nécropole nationale``."""
    return not _RANKS.isdisjoint(fold(name).split())
