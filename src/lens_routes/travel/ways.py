"""How one travels, by the names people give it."""

from __future__ import annotations

from lens_routes.text.words import fold

#: What each way to travel is called beside its name, in either language, folded.
_ALSO = {
    "walk": ("walking", "on foot", "by foot", "foot", "a pied", "pied", "marche", "marcher"),
    "transit": (
        "public transport", "by train", "train", "trains", "train and bus", "bus", "by bus",
        "transports", "transport en commun", "transports en commun", "transport public",
        "transports publics", "en train", "en bus", "train et bus", "tram", "metro", "ter",
    ),
    "bike": (
        "bicycle", "by bike", "by bicycle", "cycle", "cycling", "velo", "en velo", "a velo",
        "bicyclette", "a bicyclette", "vtt", "vtc",
    ),
    "car": ("by car", "drive", "driving", "voiture", "en voiture", "auto", "en auto"),
}  # fmt: skip
#: The profiles that those follow who go by the streets.
PROFILES = {"walk": "foot", "bike": "bike", "car": "car"}
_NAMES = {name: way for way, names in _ALSO.items() for name in names}


def way_called(word: str) -> str:
    """Return the way to travel that a word names; the word itself where it names none."""
    return _NAMES.get(fold(word), word.strip().lower())
