"""What kind of place the words of other files mean: classes, tags, categories."""

from __future__ import annotations

from typing import NamedTuple

from lens_routes.text.words import fold


class Sort(NamedTuple):
    """A kind of ours with what is usual for it; minutes is the length of a visit."""

    kind: str
    themes: tuple[str, ...]
    outdoor: bool
    minutes: int


_MUSEUM = Sort("museum", ("culture",), outdoor=False, minutes=75)
_CHURCH = Sort("religious", ("architecture",), outdoor=False, minutes=20)
_CASTLE = Sort("monument", ("architecture", "culture"), outdoor=False, minutes=60)
_MONUMENT = Sort("monument", ("architecture",), outdoor=True, minutes=20)
_MEMORIAL = Sort("memorial", ("memory",), outdoor=True, minutes=20)
_PARK = Sort("park", ("parks", "nature"), outdoor=True, minutes=45)
_NATURE = Sort("viewpoint", ("nature", "panorama"), outdoor=True, minutes=30)
_WATER = Sort("lake_wetland", ("nature",), outdoor=True, minutes=45)
_THEATRE = Sort("performing_arts", ("culture",), outdoor=False, minutes=60)
_LEISURE = Sort("leisure", ("family",), outdoor=True, minutes=90)
_SPORT = Sort("sports_venue", ("sport",), outdoor=True, minutes=60)
_FOOD = Sort("market_food", ("family",), outdoor=False, minutes=45)
_MINING = Sort("mining_heritage", ("mining-heritage",), outdoor=True, minutes=45)
_OFFICE = Sort("tourist_office", (), outdoor=False, minutes=15)
_STATION = Sort("station", (), outdoor=False, minutes=5)

#: Words of classes, tags and categories, folded; the first that is found decides.
_WORDS: tuple[tuple[tuple[str, ...], Sort], ...] = (
    (("localtouristoffice", "office de tourisme", "touristoffice", "information"), _OFFICE),
    (("musee", "museum", "interpretationcentre", "exhibition", "gallery", "galerie", "gallerie"),
     _MUSEUM),
    (("terril", "mine", "mining", "fosse", "chevalement", "industrialsite"), _MINING),
    (("cemetery", "cimetiere", "memorial", "wayside_shrine", "war_memorial", "remembrancesite",
      "necropole", "militarycemetery", "civiliancemetery"), _MEMORIAL),
    (("church", "eglise", "abbey", "abbaye", "chapel", "chapelle", "cathedral", "cathedrale",
      "place_of_worship", "religioussite", "basilica", "convent", "monastery", "collegiale",
      "cloister"), _CHURCH),
    (("castle", "chateau", "fort", "manor", "palace", "fortress", "palais", "donjon"), _CASTLE),
    (("theatre", "theater", "showcenter", "cinema", "culturalvenue", "concert"), _THEATRE),
    (("swimmingpool", "sportsvenue", "stadium", "stade", "sportsandleisureplace", "sports_centre",
      "sports"), _SPORT),
    (("themepark", "theme_park", "zoo", "leisurepark", "leisurecomplex", "aquarium", "playground",
      "water_park", "parc animalier"), _LEISURE),
    (("parkandgarden", "park", "parc", "jardin", "garden"), _PARK),
    (("peak", "sommet", "viewpoint", "belvedere", "point de vue", "pointofview", "nature_reserve",
      "naturalheritage", "cascade", "waterfall", "gorge"), _NATURE),
    (("lake", "lac", "etang", "wetland", "riverbank", "beach"), _WATER),
    (("winecellar", "tastingprovider", "brewery", "brasserie", "market", "marche", "producer",
      "cave"), _FOOD),
    (("artwork", "monument", "remarkablebuilding", "ruins", "tower", "culturalsite", "historic",
      "patrimoine_culturel", "patrimoine culturel", "attraction", "bridge", "beffroi", "dolmen",
      "technicalheritage", "statue", "archaeological_site", "square"), _MONUMENT),
    (("gare", "railway_station", "trainstation"), _STATION),
)  # fmt: skip


def sort_of(words: list[str]) -> Sort | None:
    """Return the sort of place that words mean, the most specific of them deciding."""
    folded = [fold(word.rpartition("#")[2].rpartition(":")[2]) for word in words]
    said = {form for word in folded for form in (word, word.replace(" ", ""), *word.split())}
    return next((sort for names, sort in _WORDS if said.intersection(names)), None)
