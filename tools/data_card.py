"""Count what the catalogue holds and what it does not know, for ``docs/data.md``."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Place = dict[str, Any]

ROOT = Path(__file__).resolve().parents[1]
#: The day of the card, that of the other pages.
TODAY = dt.date(2026, 11, 25)
#: How old evidence is, in years before the day of the card, up to and with the number.
AGES = ((1, "up to a year"), (3, "one to three years"), (6, "three to six years"))
#: What a position is from, by a word of its source, the first that fits.
POSITIONS = (
    ("bassin-minier-unesco", "Mission Bassin Minier, official perimeters"),
    ("SNCF", "SNCF, open data"),
    ("gares.csv", "SNCF, open data"),
    ("OpenStreetMap", "OpenStreetMap, August 2021"),
    ("wiki", "Wikipedia"),
    ("museifier", "Muséofile"),
    ("symbolic", "nothing: a symbolic point"),
)
MODES = ("walking", "cycling", "driving")
PAGE = """\
| | places | of these stops of tours |
| --- | --- | --- |
{totals}

## Themes

| theme | places | stops |
| --- | --- | --- |
{themes}

## Kinds

| kind | places | stops |
| --- | --- | --- |
{kinds}

## Interest

| interest | places | stops |
| --- | --- | --- |
{interest}

## Age of the evidence

Of the hours where there are any, else of price, access or existence.

| age | places | with hours |
| --- | --- | --- |
{ages}

## Positions

| from | places | high | medium | low |
| --- | --- | --- | --- | --- |
{positions}

## Wheelchair

| access | places | stops |
| --- | --- | --- |
{wheelchair}

## What is unknown

| unknown | of | places |
| --- | --- | --- |
{unknown}

## Ways between places

The shipped tables of `data/`; places near each other share a spot where a vehicle stands.

| ways | places | spots | known ways | computed | map of |
| --- | --- | --- | --- | --- | --- |
{distances}
"""


def card() -> str:
    """Return the tables of the page."""
    collection = json.loads((ROOT / "data" / "places.geojson").read_text(encoding="utf-8"))
    places = [feature["properties"] for feature in collection["features"]]
    return PAGE.format(
        totals=_totals(places),
        themes=_counted(places, lambda place: place["themes"]),
        kinds=_counted(places, lambda place: [place["kind"]]),
        interest=_counted(places, lambda place: [str(place["interest"])], by_name=True),
        ages=_ages(places, TODAY),
        positions=_positions(places),
        wheelchair=_counted(places, lambda place: [place["wheelchair"]]),
        unknown=_unknown(places),
        distances=_distances(),
    )


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _stops(places: Iterable[Place]) -> int:
    return sum(place["tourable"] for place in places)


def _totals(places: Sequence[Place]) -> str:
    kept: dict[str, Callable[[Place], Any]] = {
        "all": lambda _: True,
        "component of the World Heritage coalfield (no. 1360)": lambda place: place["unesco"],
        "with opening hours": lambda place: "opening_hours" in place,
        "seen from outside": lambda place: place.get("seen_from_outside"),
        "by appointment": lambda place: place.get("by_appointment"),
        "paid": lambda place: place["fee"] == "paid",
        "with a price": lambda place: "price_eur" in place,
        "with parts": lambda place: place.get("parts"),
    }
    return "\n".join(
        _row(name, len(found), _stops(found))
        for name, test in kept.items()
        for found in [[place for place in places if test(place)]]
    )


def _counted(
    places: Sequence[Place], of: Callable[[Place], Iterable[str]], *, by_name: bool = False
) -> str:
    groups: dict[str, list[Place]] = {}
    for place in places:
        for name in of(place):
            groups.setdefault(name, []).append(place)
    ordered = sorted(groups, key=lambda name: (0 if by_name else -len(groups[name]), name))
    return "\n".join(_row(name, len(groups[name]), _stops(groups[name])) for name in ordered)


def _ages(places: Sequence[Place], today: dt.date) -> str:
    def age(place: Place) -> str:
        if "source_date" not in place:
            return "undated"
        day = dt.date.fromisoformat(f"{place['source_date']}-01-01"[:10])
        years = (today - day).days / 365.25
        return next((name for most, name in AGES if years <= most), "more than six years")

    found = Counter(map(age, places))
    hours = Counter(age(place) for place in places if "opening_hours" in place)
    names = [*(name for _, name in AGES), "more than six years", "undated"]
    return "\n".join(_row(name, found[name], hours[name]) for name in names)


def _positions(places: Sequence[Place]) -> str:
    def source(place: Place) -> str:
        named = place["coord_source"]
        return next((name for word, name in POSITIONS if word in named), "other pages")

    groups: dict[str, Counter[str]] = {}
    for place in places:
        groups.setdefault(source(place), Counter())[place["coord_confidence"]] += 1
    ordered = sorted(groups.items(), key=lambda item: (-item[1].total(), item[0]))
    return "\n".join(
        _row(name, n.total(), *(n[grade] for grade in ("high", "medium", "low")))
        for name, n in ordered
    )


def _unknown(places: Sequence[Place]) -> str:
    stops = [place for place in places if place["tourable"]]
    inside = [
        place
        for place in stops
        if not (place["outdoor"] or place.get("seen_from_outside") or place.get("by_appointment"))
    ]
    paid = [place for place in stops if place["fee"] == "paid"]
    called = [place for place in stops if place.get("by_appointment")]
    rows = (
        ("opening hours", "stops one has to enter", inside, "opening_hours"),
        ("price", "stops that are paid", paid, "price_eur"),
        ("hours one may ask for", "stops by appointment", called, "opening_hours"),
        ("date of the evidence", "stops", stops, "source_date"),
    )
    lines = [
        _row(what, f"{len(of)} {name}", sum(field not in place for place in of))
        for what, name, of, field in rows
    ]
    lines += [
        _row(what, f"{len(stops)} stops", sum(place[field] == "unknown" for place in stops))
        for what, field in (("fee", "fee"), ("access by wheelchair", "wheelchair"))
    ]
    return "\n".join(lines)


def _distances() -> str:
    return "\n".join(_ways(mode, ROOT / "data" / f"{mode}_distances.csv") for mode in MODES)


def _ways(mode: str, path: Path) -> str:
    """Return what a shipped table of ways knows, and since when."""
    lines = path.read_text(encoding="utf-8").splitlines()
    said = [line[2:].partition(": ")[::2] for line in lines if line.startswith("# ")]
    about = dict(said)
    points = sum(name == "point" for name, _ in said)
    spots = {value.split()[1] for name, value in said if name == "spot"}
    pairs = sum(not line.startswith("#") for line in lines) - 1
    figures = (points, len(spots) or points, f"{pairs:,}", about["computed"], about["map_date"])
    return _row(mode, *figures)
