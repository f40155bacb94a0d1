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


MUSEUM = Sort("museum", ("culture",), outdoor=False, minutes=75)
CHURCH = Sort("religious", ("architecture",), outdoor=False, minutes=20)
CASTLE = Sort("monument", ("architecture", "culture"), outdoor=False, minutes=60)
MONUMENT = Sort("monument", ("architecture",), outdoor=True, minutes=20)
MEMORIAL = Sort("memorial", ("memory",), outdoor=True, minutes=20)
PARK = Sort("park", ("parks", "nature"), outdoor=True, minutes=45)
NATURE = Sort("viewpoint", ("nature", "panorama"), outdoor=True, minutes=30)
WATER = Sort("lake_wetland", ("nature",), outdoor=True, minutes=45)
THEATRE = Sort("performing_arts", ("culture",), outdoor=False, minutes=60)
LEISURE = Sort("leisure", ("family",), outdoor=True, minutes=90)
SPORT = Sort("sports_venue", ("sport",), outdoor=True, minutes=60)
FOOD = Sort("market_food", ("family",), outdoor=False, minutes=45)
MINING = Sort("mining_heritage", ("mining-heritage",), outdoor=True, minutes=45)
OFFICE = Sort("tourist_office", (), outdoor=False, minutes=15)
STATION = Sort("station", (), outdoor=False, minutes=5)

#: What the themes and kinds above are called, in French and English.
THEMES = {
    "culture": ("Culture", "Culture"), "architecture": ("Architecture", "Architecture"),
    "memory": ("Mémoire", "Memory"), "parks": ("Parcs et jardins", "Parks and gardens"),
    "nature": ("Nature", "Nature"), "panorama": ("Panoramas", "Viewpoints"),
    "family": ("En famille", "Family"), "sport": ("Sport", "Sport"),
    "mining-heritage": ("Patrimoine minier", "Mining heritage"),
}  # fmt: skip
KINDS = {
    "museum": ("Musée", "Museum"), "religious": ("Édifice religieux", "Religious building"),
    "monument": ("Monument", "Monument"), "memorial": ("Mémorial", "Memorial"),
    "park": ("Parc", "Park"), "viewpoint": ("Point de vue", "Viewpoint"),
    "lake_wetland": ("Au bord de l’eau", "Waterside"),
    "performing_arts": ("Spectacle vivant", "Performing arts"), "leisure": ("Loisirs", "Leisure"),
    "sports_venue": ("Équipement sportif", "Sports venue"),
    "market_food": ("Marché et produits locaux", "Market and local food"),
    "mining_heritage": ("Patrimoine minier", "Mining heritage"),
    "tourist_office": ("Office de tourisme", "Tourist office"), "station": ("Gare", "Station"),
}  # fmt: skip

#: Words of classes, tags and categories, folded; the first that is found decides.
_WORDS: tuple[tuple[tuple[str, ...], Sort], ...] = (
    (("localtouristoffice", "office de tourisme", "touristoffice", "information"), OFFICE),
    (("musee", "museum", "interpretationcentre", "exhibition", "gallery", "galerie", "gallerie"),
     MUSEUM),
    (("terril", "mine", "mining", "fosse", "chevalement", "industrialsite"), MINING),
    (("cemetery", "cimetiere", "memorial", "wayside_shrine", "war_memorial", "remembrancesite",
      "necropole", "militarycemetery", "civiliancemetery"), MEMORIAL),
    (("church", "eglise", "abbey", "abbaye", "chapel", "chapelle", "cathedral", "cathedrale",
      "place_of_worship", "religioussite", "basilica", "convent", "monastery", "collegiale",
      "cloister"), CHURCH),
    (("castle", "chateau", "fort", "manor", "palace", "fortress", "palais", "donjon"), CASTLE),
    (("theatre", "theater", "showcenter", "cinema", "culturalvenue", "concert"), THEATRE),
    (("swimmingpool", "sportsvenue", "stadium", "stade", "sportsandleisureplace", "sports_centre",
      "sports"), SPORT),
    (("themepark", "theme_park", "zoo", "leisurepark", "leisurecomplex", "aquarium", "playground",
      "water_park", "parc animalier"), LEISURE),
    (("parkandgarden", "park", "parc", "jardin", "garden"), PARK),
    (("peak", "sommet", "viewpoint", "belvedere", "point de vue", "pointofview", "nature_reserve",
      "naturalheritage", "cascade", "waterfall", "gorge"), NATURE),
    (("lake", "lac", "etang", "wetland", "riverbank", "beach"), WATER),
    (("winecellar", "tastingprovider", "brewery", "brasserie", "market", "marche", "producer",
      "cave"), FOOD),
    (("artwork", "monument", "remarkablebuilding", "ruins", "tower", "culturalsite", "historic",
      "patrimoine_culturel", "patrimoine culturel", "attraction", "bridge", "beffroi", "dolmen",
      "technicalheritage", "statue", "archaeological_site", "square"), MONUMENT),
    (("gare", "railway_station", "trainstation"), STATION),
)  # fmt: skip


def sort_of(words: list[str]) -> Sort | None:
    """Return the sort of place that words mean, the most specific of them deciding."""
    folded = [fold(word.rpartition("#")[2].rpartition(":")[2]) for word in words]
    said = {form for word in folded for form in (word, word.replace(" ", ""), *word.split())}
    return next((sort for names, sort in _WORDS if said.intersection(names)), None)
