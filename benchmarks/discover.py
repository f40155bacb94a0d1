"""How well a draft made of the map finds what people chose: recall, precision, rank correlation.

Against the curated catalogue of Lens, and a list of Monaco's sights made by hand from what guides
of the town name. ``python benchmarks/discover.py`` prints the figures of docs/discover.md.
"""

from __future__ import annotations

import re
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue.check.twins import Named, likeness
from lens_routes.catalogue.discover.draft import draft
from lens_routes.catalogue.discover.element import of_file
from lens_routes.catalogue.load import load
from lens_routes.geo import Point, distance_m
from lens_routes.text.words import telling_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.catalogue.exchange.changes import Row

MAPS = Path(__file__).parents[2] / "shared" / "osm"
#: The places the catalogue began with, before those that were added later.
FIRST = 124
#: A place is found if something of a like name, of 100, is no farther away than this.
ALIKE, NEAR_M = 60.0, 500.0
#: Whatever it is called, what is this near counts too where one asks by place.
SAME_M = 100.0
#: The list of Monaco has no positions: a name is enough in a town of two square kilometres.
CENTRE, TOWN_M = Point(7.4205, 43.7345), 3000.0
#: What guides name in Monaco, with how much they make of it, 1 to 5.
MONACO = {
    "Palais princier": 5, "Musée océanographique": 5, "Casino de Monte-Carlo": 5,
    "Cathédrale Notre-Dame-Immaculée": 5, "Jardin exotique": 4, "Place du Casino": 4,
    "Port Hercule": 4, "Place du Palais": 4, "Opéra de Monaco": 4, "Jardin japonais": 4,
    "Collection de voitures de SAS le Prince de Monaco": 4, "Roseraie Princesse Grace": 3,
    "Jardins de Saint-Martin": 3, "Villa Sauber": 3, "Villa Paloma": 3, "Fort Antoine": 3,
    "Chapelle Sainte-Dévote": 3, "Plage du Larvotto": 3, "Grotte de l'Observatoire": 3,
    "Musée d'anthropologie préhistorique": 3, "Musée des timbres et des monnaies": 3,
    "Musée naval": 2, "Jardin animalier": 3, "Marché de la Condamine": 3, "Stade Louis-II": 3,
    "Chapelle de la Miséricorde": 2, "Chapelle de la Visitation": 2, "Place d'Armes": 2,
    "Parc Princesse Antoinette": 2, "Promenade des Champions": 2, "Église Saint-Charles": 2,
    "Parc paysager de Fontvieille": 2, "Port de Fontvieille": 2, "Grimaldi Forum": 2,
    "Église Saint-Nicolas": 1, "Statue de Juan Manuel Fangio": 1,
}  # fmt: skip


class Chosen(NamedTuple):
    """A place that people chose, and what it is worth to them."""

    name: Named
    interest: int


class Figures(NamedTuple):
    """What a draft is worth: shares of 1, and the rank correlation of the interest.

    ``known`` of the chosen are named on the map at all, ``found`` drafted; ``hits`` of the drafted
    are chosen. ``there`` and ``hits_there`` also count what is at the place, whatever its name.
    """

    chosen: int
    known: int
    drafted: int
    found: int
    hits: int
    rank: float
    there: int
    hits_there: int

    @property
    def recall(self) -> float:
        """The share of the chosen that is drafted."""
        return self.found / self.chosen

    @property
    def precision(self) -> float:
        """The share of the drafted that was chosen."""
        return self.hits / self.drafted


def measure(map_file: str, country: str, chosen: Sequence[Chosen]) -> Figures:
    """Say what of the chosen is drafted of a map, and what of the drafted was chosen."""
    elements = of_file(MAPS / map_file)
    rows = draft(elements, [], country)
    pairs = list(_pairs(rows, chosen))
    known = {j for _, _, j in _pairs(draft(elements, [], country, everything=True), chosen)}
    best = {j: i for _, i, j in sorted(pairs, key=lambda pair: (pair[0], -pair[1]))}
    ours = [rows[i].fields["interest"] for i in best.values()]
    rank = statistics.correlation(_ranks(ours), _ranks([chosen[j].interest for j in best]))
    hits = len({i for _, i, _ in pairs})
    there = {(i, j) for _, i, j in pairs} | {
        (i, j)
        for i, row in enumerate(rows)
        for j, other in enumerate(chosen)
        if row.point and other.name.point != CENTRE
        if distance_m(row.point, other.name.point) <= SAME_M
    }
    counts = (len({j for _, j in there}), len({i for i, _ in there}))
    return Figures(len(chosen), len(known), len(rows), len(best), hits, rank, *counts)


def _pairs(rows: Sequence[Row], chosen: Sequence[Chosen]) -> Iterator[tuple[float, int, int]]:
    """Yield how alike what is drafted and what was chosen are, where they are one."""
    for i, one in enumerate(map(_named, rows)):
        for j, other in enumerate(chosen):
            if _near(one, other.name) and (alike := _alike(one, other.name)) >= ALIKE:
                yield alike, i, j


def _near(one: Named, other: Named) -> bool:
    near_m = TOWN_M if other.point == CENTRE else NEAR_M
    close = abs(one.point.lat - other.point.lat) < 0.03
    return close and distance_m(one.point, other.point) <= near_m


def _alike(one: Named, other: Named) -> float:
    """Return how alike names are, of 100: also where one is the other and more."""
    one, other = (
        each._replace(names=tuple(re.sub(r"(\d) ?(?:bis|er)\b", r"\1", n) for n in each.names))
        for each in (one, other)
    )
    mine, theirs = ([set(telling_words(n)) for n in each.names] for each in (one, other))
    if any(a <= b or b <= a for a in mine for b in theirs):
        return 100.0
    return likeness(one, other)


def _ranks(values: Sequence[int]) -> list[float]:
    """Return the mean ranks of values, so that equal ones have the same."""
    return [sum(other < one for other in values) + values.count(one) / 2 for one in values]


def lens(most: int | None = None) -> Figures:
    """Measure the draft of Lens against the first places of its catalogue, or all."""
    chosen = [
        Chosen(Named(p.id, tuple(filter(None, (p.name, p.name_en))), p.point), p.interest)
        for p in load().places[:most]
    ]
    return measure("lens-artois.osm.pbf", "FR", chosen)


def monaco() -> Figures:
    """Measure the draft of Monaco against what guides name."""
    chosen = [Chosen(Named(name, (name,), CENTRE), stars) for name, stars in MONACO.items()]
    return measure("monaco.osm.pbf", "MC", chosen)


def _named(row: Row) -> Named:
    assert row.point is not None
    names = [row.fields["name"], row.fields.get("name_en"), *row.fields.get("parts", ())]
    return Named(str(row.fields["source_id"]), tuple(filter(None, names)), row.point)


def main() -> None:
    """Print the table of docs/discover.md."""
    heads = ["against", "chosen", "on the map", "drafted", "found", "recall", "of those on the map",
             "precision", "rank correlation", "recall by place", "precision by place"]  # fmt: skip
    print("|", " | ".join(heads), "|")
    print("|", " | ".join("---" for _ in heads), "|")
    for name, of in ((f"Lens, the first {FIRST}", lens(FIRST)), ("Lens, all", lens()),
                     ("Monaco, by hand", monaco())):  # fmt: skip
        shares = f"{of.recall:.2f} | {of.found / of.known:.2f} | {of.precision:.0%} | {of.rank:.2f}"
        there = f"{of.there / of.chosen:.2f} | {of.hits_there / of.drafted:.0%}"
        counts = f"{of.chosen} | {of.known} | {of.drafted} | {of.found}"
        print(f"| {name} | {counts} | {shares} | {there} |")


if __name__ == "__main__":
    main()
