"""How much a sight is likely to be worth, by what the map and others tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.catalogue.discover.sights import ART, SQUARE, name_ranks, name_tells
from lens_routes.catalogue.sector.kinds import PARK
from lens_routes.text.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.catalogue.sector.kinds import Sort

#: Evidence enough to take for a sight what no tag makes one.
_ENOUGH = 2.0
#: A park of so many hectares is one that people come to.
_LARGE_HA = 10.0
#: What shares of sights, the best first, are worth 5, 4, 3 and 2 of 5.
_SHARES = ((0.05, 5), (0.2, 4), (0.5, 3), (0.8, 2))
_LISTED = ("heritage", "heritage:operator", "ref:mhs", "unesco")
#: What others say of a thing, not what its owner does.
_WRITTEN = frozenset(("wikidata", "wikipedia", "heritage", "name"))
_LANGUAGE = expression(r"name:[a-z]{2,3}(?:-\w+)?")


def evidence_of(tags: Mapping[str, str], sort: Sort, hectares: float = 0.0) -> dict[str, float]:
    """Return what speaks for a thing being a sight, and how loudly each does.

    The words are those of the field ``guessed`` of a place.
    """
    name = tags.get("name", "")
    # Where two languages are spoken every name has two: others are from those who come to see.
    elsewhere = {tags[key] for key in tags if _LANGUAGE.fullmatch(key) and tags[key] not in name}
    languages = len(elsewhere)
    many = sort is ART or (sort is SQUARE and not hectares and "highway" in tags)
    said = {
        # There are towns where each statue and each street has an item of its own.
        "wikidata": (1.0 if many else 2.0) * ("wikidata" in tags),
        "wikipedia": 2.0 * any(key.split(":")[0] == "wikipedia" for key in tags),
        "heritage": 2.0 * any(key in tags for key in _LISTED),
        "languages": 1.0 * (languages > 0) + 1.0 * (languages > 1) + 1.0 * (languages > 4),
        "name": 2.0 * name_tells(name, sort),
        "size": 2.0 * (sort is PARK and hectares >= _LARGE_HA),
        "attraction": 1.5 * (tags.get("tourism") == "attraction"),
        "rank": 1.0 * name_ranks(name),
        "website": 1.0 * any(key in tags for key in ("website", "contact:website", "url")),
        "hours": 1.0 * ("opening_hours" in tags),
        "fee": 1.0 * (tags.get("fee") == "yes"),
    }
    return {word: loud for word, loud in said.items() if loud}


def is_enough(tier: int, evidence: Mapping[str, float]) -> bool:
    """Say whether evidence makes a thing of a tier a sight."""
    if tier == 1:
        return True
    heard = (loud for word, loud in evidence.items() if tier == 2 or word in _WRITTEN)
    return sum(heard) >= _ENOUGH


def by_rank(scores: Sequence[float]) -> list[int]:
    """Return the interest, 1 to 5, of sights by where their scores stand among all."""
    order = sorted(scores, reverse=True)
    found = []
    for score in scores:
        share = (order.index(score) + order.count(score) / 2) / len(order)
        found.append(next((stars for most, stars in _SHARES if share <= most), 1))
    return found
