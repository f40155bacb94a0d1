"""What kind of place the words of other files mean: those of ``data/kinds.toml``."""

from __future__ import annotations

from typing import NamedTuple

from lens_routes.files.shipped import shipped
from lens_routes.files.toml_file import parse_toml
from lens_routes.text.words import fold


class Sort(NamedTuple):
    """A kind of ours with what is usual for it; minutes is the length of a visit."""

    kind: str
    themes: tuple[str, ...]
    outdoor: bool
    minutes: int


class Purpose(NamedTuple):
    """What buildings were built for: the words that tell, and those that names of towns have."""

    sort: Sort
    words: frozenset[str]
    towns: tuple[str, ...]

    def is_told(self, name: str) -> bool:
        """Say whether a folded name tells it, wherever the word stands."""
        for town in self.towns:
            name = name.replace(f" {town}", "")
        return not self.words.isdisjoint(name.split())


_SAID, _ = parse_toml(shipped("kinds.toml"))
_TABLES = _SAID["sorts"]
_SORTS = {
    name: Sort(one["kind"], tuple(one["themes"]), one["outdoor"], one["minutes"])
    for name, one in _TABLES.items()
}
MUSEUM, CHURCH, CASTLE, MONUMENT, MEMORIAL, PARK, NATURE = (
    _SORTS[name]
    for name in ("museum", "church", "castle", "monument", "memorial", "park", "nature")
)
WATER, THEATRE, LEISURE, SPORT, FOOD, MINING, OFFICE, STATION = (
    _SORTS[name]
    for name in ("water", "theatre", "leisure", "sport", "food", "mining", "office", "station")
)
PURPOSES = tuple(
    Purpose(_SORTS[name], frozenset(one["built_for"]), tuple(one["not_of"]))
    for name, one in _TABLES.items()
    if "built_for" in one
)
#: What the themes and kinds above are called, by language.
LABELS: dict[str, dict[str, dict[str, str]]] = _SAID["labels"]


def sort_of(words: list[str]) -> Sort | None:
    """Return the sort of place that words mean, the most specific of them deciding."""
    folded = [fold(word.rpartition("#")[2].rpartition(":")[2]) for word in words]
    said = {form for word in folded for form in (word, word.replace(" ", ""), *word.split())}
    found = (name for name, one in _TABLES.items() if said.intersection(one["words"]))
    return next((_SORTS[name] for name in found), None)
