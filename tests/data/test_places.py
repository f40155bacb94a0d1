"""The contract of the shipped catalogue, read as plain JSON and not through the program."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from opening_hours import OpeningHours

ROOT = Path(__file__).resolve().parents[2]
COLLECTION: dict[str, Any] = json.loads((ROOT / "data/places.geojson").read_text("utf-8"))
FEATURES: list[dict[str, Any]] = COLLECTION["features"]
PLACES: dict[str, dict[str, Any]] = {f["id"]: f["properties"] for f in FEATURES}
WITH_HOURS = [i for i, place in PLACES.items() if "opening_hours" in place]

THEMES = {
    "culture",
    "mining-heritage",
    "nature",
    "parks",
    "memory",
    "architecture",
    "innovation",
    "sport",
    "family",
    "panorama",
}
KINDS = {
    "education",
    "garden_city",
    "hospital",
    "innovation",
    "lake_wetland",
    "leisure",
    "market_food",
    "memorial",
    "mining_heritage",
    "monument",
    "museum",
    "park",
    "performing_arts",
    "religious",
    "research",
    "slag_heap",
    "sports_venue",
    "station",
    "tourist_office",
    "viewpoint",
}
VOCABULARIES = {
    "kind": KINDS,
    "fee": {"free", "paid", "unknown"},
    "wheelchair": {"yes", "limited", "no", "unknown"},
    "status": {"open", "planned", "closed"},
    "coord_confidence": {"high", "medium", "low"},
}
REQUIRED = {
    "name": str,
    "name_en": str,
    "kind": str,
    "themes": list,
    "commune": str,
    "insee": str,
    "description_fr": str,
    "description_en": str,
    "outdoor": bool,
    "interest": int,
    "fee": str,
    "wheelchair": str,
    "unesco": bool,
    "status": str,
    "tourable": bool,
    "coord_source": str,
    "coord_confidence": str,
    "source": str,
    "checked": str,
}
OPTIONAL = {
    "address": str,
    "booking": str,
    "by_appointment": bool,
    "elevation_m": (int, float),
    "lit": bool,
    "notes": str,
    "notes_fr": str,
    "opening_hours": str,
    "parts": list,
    "phone": str,
    "price_eur": (int, float),
    "price_reduced_eur": (int, float),
    "seen_from_outside": bool,
    "source_date": str,
    "visit_minutes": int,
    "visit_minutes_min": int,
    "website": str,
}
MISSION = {
    "centre-de-conservation-du-louvre",
    "chaine-des-parcs",
    "cite-des-electriciens",
    "cril-faculte-jean-perrin",
    "cril-iut-de-lens",
    "culture-commune",
    "le-metaphone",
    "louvre-lens",
    "louvre-lens-vallee",
    "museolab",
    "nouvel-hopital-metropolitain-artois",
    "parc-du-louvre-lens",
    "parc-innovation-artois",
    "piac-henin-beaumont",
    "site-9-9bis",
    "stade-bollaert-delelis",
    "universite-artois-faculte-jean-perrin",
    "universite-artois-iut-de-lens",
}
GATEWAYS = {"gare-de-lille-flandres"}
AREA = (2.40, 50.30, 3.15, 50.60)
PARIS = ZoneInfo("Europe/Paris")
#: Typographic characters are written as escapes: they cannot be told apart on a screen.
NO_BREAK = "\u00a0"
#: The lengths of visits that docs/catalogue.md tells apart.
LENGTHS = {10, 15, 20, 30, 45, 60, 75, 90, 120, 150}
BOXES = {
    row["insee"]: row
    for row in csv.DictReader(
        (ROOT / "tests/data/communes.csv").read_text("utf-8").splitlines()[1:]
    )
}


def test_is_a_feature_collection_of_points() -> None:
    """The file is RFC 7946: named points, longitude first, no ``crs`` member."""
    assert COLLECTION["type"] == "FeatureCollection"
    assert "crs" not in COLLECTION
    for feature in FEATURES:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "Point"
        assert len(feature["geometry"]["coordinates"]) == 2


def test_ids_are_unique_and_in_kebab_case() -> None:
    """An id names one place and may stand on a command line."""
    repeated = [i for i, n in Counter(f["id"] for f in FEATURES).items() if n > 1]
    assert repeated == []
    assert [i for i in PLACES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i)] == []


def test_holds_at_least_170_places_and_all_the_mission_names() -> None:
    """No place the mission names may be dropped, whatever is said of it."""
    assert len(PLACES) >= 170
    assert set(PLACES) >= MISSION


def test_points_lie_in_the_area_and_do_not_repeat_among_tour_stops() -> None:
    """A swapped or mistyped position is seen; two tour stops are never the same point."""
    west, south, east, north = AREA
    for feature in FEATURES:
        lon, lat = feature["geometry"]["coordinates"]
        inside = west < lon < east and south < lat < north
        assert inside or feature["id"] in GATEWAYS, feature["id"]
    stops = Counter(
        tuple(f["geometry"]["coordinates"]) for f in FEATURES if f["properties"]["tourable"]
    )
    assert [point for point, n in stops.items() if n > 1] == []


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature["id"])
def test_a_position_lies_in_its_commune(feature: dict[str, Any]) -> None:
    """A pin in the next town is seen: each point is in the box of the commune it names."""
    box = BOXES[feature["properties"]["insee"]]
    assert box["name"] == feature["properties"]["commune"]
    lon, lat = feature["geometry"]["coordinates"]
    assert float(box["west"]) <= lon <= float(box["east"])
    assert float(box["south"]) <= lat <= float(box["north"])


def test_places_on_one_point_are_parts_of_one_another() -> None:
    """Two entries of one spot are one sight and its parts, or a symbol of a network."""
    spots: dict[tuple[float, float], list[str]] = {}
    for feature in FEATURES:
        spots.setdefault(tuple(feature["geometry"]["coordinates"]), []).append(feature["id"])
    for ids in spots.values():
        parts = {part for i in ids for part in PLACES[i].get("parts", ())}
        alone = [i for i in ids if i not in parts and PLACES[i]["coord_confidence"] != "low"]
        assert len(alone) <= 1, ids


def test_parts_are_no_stops() -> None:
    """What is seen with a larger sight is not counted twice in a tour."""
    parts = [part for place in PLACES.values() for part in place.get("parts", ())]
    assert len(parts) == len(set(parts))
    assert [part for part in parts if part in PLACES and PLACES[part]["tourable"]] == []


@pytest.mark.parametrize("place", PLACES)
def test_fields_have_their_types_and_none_is_empty(place: str) -> None:
    """Required fields are there, optional ones are absent rather than null or empty."""
    fields = PLACES[place]
    assert set(REQUIRED) <= set(fields) <= set(REQUIRED) | set(OPTIONAL)
    for field, value in fields.items():
        wanted = (REQUIRED | OPTIONAL)[field]
        assert isinstance(value, wanted), field
        assert isinstance(value, bool) == (wanted is bool), field
        assert value != "", field


@pytest.mark.parametrize("place", PLACES)
def test_words_come_from_their_vocabularies(place: str) -> None:
    """Searches and filters rely on closed vocabularies; only plain stations have no theme."""
    fields = PLACES[place]
    for field, words in VOCABULARIES.items():
        assert fields[field] in words, field
    assert set(fields["themes"]) <= THEMES
    assert len(fields["themes"]) == len(set(fields["themes"]))
    assert bool(fields["themes"]) == (fields["kind"] != "station" or fields["tourable"])


def test_header_describes_the_catalogue() -> None:
    """Nothing in the program is tied to Lens: the file says where, when and in which words."""
    header = COLLECTION["lens_routes"]
    assert (header["country"], header["school_holidays_zone"]) == ("FR", "B")
    assert ZoneInfo(header["timezone"]) == PARIS
    assert header["title"]
    assert {header["default_start"], header["default_end"]} <= set(PLACES)
    assert set(header["themes"]) == THEMES
    assert all(label["fr"] and label["en"] for label in header["themes"].values())
    assert "OpenStreetMap" in header["attribution"]
    assert "ODbL" in header["licence"]


def test_every_theme_has_a_tour_stop() -> None:
    """No theme the program lists is empty for a walker."""
    served = {theme for place in PLACES.values() if place["tourable"] for theme in place["themes"]}
    assert served == THEMES


def test_only_open_places_are_tour_stops() -> None:
    """A planned or closed place may be named, never proposed."""
    wrong = [i for i, p in PLACES.items() if p["tourable"] and p["status"] != "open"]
    assert wrong == []


@pytest.mark.parametrize("place", PLACES)
def test_a_stop_is_open_seen_or_agreed(place: str) -> None:
    """Who must go in learns when, or whom to ask; an appointment is never hours for all."""
    fields = PLACES[place]
    inside = not (fields["outdoor"] or fields.get("seen_from_outside"))
    if fields["tourable"] and inside:
        assert fields.get("by_appointment") or "opening_hours" in fields
    if fields.get("by_appointment"):
        assert fields.get("booking") or fields.get("phone")
        assert place not in WITH_HOURS or not _states_of_2027(place)[0]


@pytest.mark.parametrize("place", PLACES)
def test_prices_are_of_what_is_paid(place: str) -> None:
    """A price is positive, the reduced one is lower, and somebody charges it."""
    fields = PLACES[place]
    if "price_eur" in fields:
        assert fields["fee"] == "paid"
        assert 0 < fields.get("price_reduced_eur", 0.01) < fields["price_eur"] < 100
    else:
        assert "price_reduced_eur" not in fields


@pytest.mark.parametrize("place", PLACES)
def test_links_are_well_formed(place: str) -> None:
    """Every address of the web has a host and no stray punctuation."""
    fields = PLACES[place]
    text = " ".join(fields.get(key, "") for key in ("website", "booking", "source", "coord_source"))
    links = re.findall(r"https?://\S+", text)
    for link in (link.rstrip(";") for link in links):
        assert re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", urlsplit(link).hostname or ""), link
        assert not link.endswith((",", ".", ":", '"')), link
    if "booking" in fields and "://" not in fields["booking"]:
        assert re.fullmatch(r"\+33 \d(?: \d\d){4}", fields["booking"])
    assert re.fullmatch(r"(\+33 \d(?: \d\d){4})?", fields.get("phone", ""))


@pytest.mark.parametrize("place", PLACES)
def test_world_heritage_is_claimed_with_its_component(place: str) -> None:
    """The flag stands for the coalfield, and the official file or its polygon is named."""
    fields = PLACES[place]
    named = f"{fields['coord_source']} {fields['source']}"
    if fields["unesco"]:
        assert re.search(r"bassin-minier-unesco|official polygon|UNESCO", named)
    elif "1567" in fields.get("notes", ""):
        assert "1567" in fields["notes_fr"]


def test_a_museum_is_culture_and_a_service_no_stop() -> None:
    """Themes and stops follow the kind where they can."""
    museums = {i: p["themes"] for i, p in PLACES.items() if p["kind"] == "museum"}
    assert [i for i, themes in museums.items() if "culture" not in themes] == []
    assert [i for i, p in PLACES.items() if p["tourable"] and p["kind"] == "tourist_office"] == []


def test_access_by_wheelchair_is_known_where_a_source_tells() -> None:
    """What was found about access is not lost, and beside each answer stands what told it."""
    known = {i: place for i, place in PLACES.items() if place["wheelchair"] != "unknown"}
    told = r"wheelchair|accessib|mobility|Handicap|steps|stairs|steep|lifts?|ramps|level|boards"
    assert len(known) >= 38
    assert [i for i, place in known.items() if not re.search(told, place["source"])] == []


def test_kinds_nobody_visits_alone_are_no_tour_stops() -> None:
    """The tourable rule: laboratories, campuses and shows need more than walking up to them."""
    shut = {"education", "hospital", "research"}
    assert [i for i, p in PLACES.items() if p["tourable"] and p["kind"] in shut] == []
    stages = {i for i, p in PLACES.items() if p["tourable"] and p["kind"] == "performing_arts"}
    assert stages == {"le-metaphone"}
    stations = {i for i, p in PLACES.items() if p["tourable"] and p["kind"] == "station"}
    assert stations == {"gare-de-lens"}


def test_interest_spreads_and_keeps_five_for_few() -> None:
    """Five is worth the journey, one is in passing, and the scale is used."""
    scores = Counter(p["interest"] for p in PLACES.values())
    assert set(scores) == {1, 2, 3, 4, 5}
    assert scores[5] <= 10
    assert scores[1] + scores[2] > len(PLACES) / 2


def test_documented_scores_are_those_of_the_file() -> None:
    """docs/catalogue.md shows the sum behind every interest and who answers for it."""
    text = (ROOT / "docs/catalogue.md").read_text("utf-8")
    row = re.compile(
        r"^\| (\S+) \| (\d(?: \| \d){5}) \| \*\*(\d)\*\* \| ([^|]*)\| ([^|]*)\|$", re.MULTILINE
    )
    shown = {place: told for place, *told in row.findall(text)}
    assert set(shown) == set(PLACES)
    for place, (sum_, score, witness, unique) in shown.items():
        points = [int(point) for point in sum_.split(" | ")]
        brief = PLACES[place].get("visit_minutes", 0) < 30
        most = 5 if points[0] == 2 else 3 if brief else 4
        assert int(score) == min(most, 1 + sum(points)) == PLACES[place]["interest"], place
        assert bool(points[0]) == bool(witness.strip()), place
        assert bool(points[4]) == bool(unique.strip()), place
        assert points[5] == (PLACES[place].get("visit_minutes", 0) >= 75), place
        assert points[1] >= PLACES[place]["unesco"], place
        assert points[3] == ("panorama" in PLACES[place]["themes"]), place


def test_documented_reasons_are_of_the_places_that_are_no_stops() -> None:
    """docs/catalogue.md says of each place that is no stop why."""
    text = (ROOT / "docs/catalogue.md").read_text("utf-8")
    table = text.partition("## Not tourable, and why")[2].partition("\n## ")[0]
    _, _, *shown = re.findall(r"^\| ([a-z0-9-]+) \| .+ \|$", table, re.MULTILINE)
    assert shown == [i for i, place in PLACES.items() if not place["tourable"]]


@pytest.mark.parametrize("place", PLACES)
def test_visits_have_sensible_lengths(place: str) -> None:
    """A visit has one of the lengths the rule tells apart; interest is from 1 to 5."""
    fields = PLACES[place]
    assert not fields["tourable"] or "visit_minutes" in fields
    assert fields.get("visit_minutes", 10) in LENGTHS
    if (least := fields.get("visit_minutes_min")) is not None:
        assert least == round(fields["visit_minutes"] * 2 / 3 / 15) * 15
    assert 1 <= fields["interest"] <= 5


@pytest.mark.parametrize("language", ["fr", "en"])
def test_descriptions_are_of_readable_length_and_all_different(language: str) -> None:
    """Every place is described, in one or two sentences of its own."""
    texts = {i: p[f"description_{language}"] for i, p in PLACES.items()}
    assert [i for i, text in texts.items() if not 90 <= len(text) <= 220] == []
    assert [i for i, text in texts.items() if not text.endswith(".")] == []
    assert len(set(texts.values())) == len(texts)


def test_notes_are_in_both_languages() -> None:
    """What else one should know is not kept from either reader."""
    assert [i for i, p in PLACES.items() if ("notes" in p) != ("notes_fr" in p)] == []


def test_descriptions_differ_between_languages() -> None:
    """No description is left untranslated."""
    assert [i for i, p in PLACES.items() if p["description_fr"] == p["description_en"]] == []


@pytest.mark.parametrize("place", PLACES)
def test_french_is_typeset_as_french(place: str) -> None:
    """High punctuation and guillemets keep a no-break space, apostrophes are curly."""
    text = f"{PLACES[place]['description_fr']} {PLACES[place].get('notes_fr', '')}".strip()
    for mark in re.finditer(r"[;:!?\u00bb]", text):
        assert text[mark.start() - 1] == NO_BREAK, text
    for mark in re.finditer("\u00ab", text):
        assert text[mark.end()] == NO_BREAK, text
    assert not re.search("['\"]|  ", text), text
    assert not re.search(r"\d \d{3}\b", text), text


@pytest.mark.parametrize("place", PLACES)
def test_provenance_is_stated(place: str) -> None:
    """Each entry names its sources, and the day they were looked at is in the past."""
    fields = PLACES[place]
    checked = dt.date.fromisoformat(fields["checked"])
    assert dt.date(2025, 1, 1) <= checked <= dt.datetime.now(PARIS).date()
    assert re.fullmatch(r"https?://\S+", fields.get("website", "http://x"))
    if place in WITH_HOURS:
        assert "http" in fields["source"]


def _states_of_2027(place: str) -> tuple[bool, bool]:
    """Say whether a place is open, and whether it is unknown, at some time of 2027."""
    hours = OpeningHours(PLACES[place]["opening_hours"], timezone=PARIS, country="FR")
    start = dt.datetime(2027, 1, 1, tzinfo=PARIS)
    states = {
        str(state) for _, _, state, _ in hours.intervals(start, start + dt.timedelta(days=365))
    }
    return "open" in states, "unknown" in states


def test_at_least_twenty_five_tour_stops_have_opening_hours() -> None:
    """Hours are the hard part of a catalogue: what was found must not be lost."""
    assert sum(PLACES[place]["tourable"] for place in WITH_HOURS) >= 25


def test_at_least_eighteen_tour_stops_are_open_without_an_appointment() -> None:
    """Hours that need no call beforehand are those a tour is built on."""
    open_days = [place for place in WITH_HOURS if _states_of_2027(place)[0]]
    assert sum(PLACES[place]["tourable"] for place in open_days) >= 18


@pytest.mark.parametrize("place", WITH_HOURS)
def test_opening_hours_are_understood_and_open_some_time(place: str) -> None:
    """Each value parses, and unless it marks a closure it is open or unknown at some hour."""
    closed = not any(_states_of_2027(place))
    assert closed == PLACES[place]["opening_hours"].startswith("off")
    if closed:
        assert not PLACES[place]["tourable"]


@pytest.mark.parametrize(
    ("place", "moment", "state"),
    [
        ("louvre-lens", "2026-11-24T11:00", "closed"),
        ("louvre-lens", "2026-11-25T11:00", "open"),
        ("louvre-lens", "2026-12-25T11:00", "closed"),
        ("parc-du-louvre-lens", "2026-11-24T11:00", "open"),
        ("parc-du-louvre-lens", "2026-11-24T20:00", "closed"),
        ("parc-du-louvre-lens", "2026-06-23T20:00", "open"),
        ("cite-des-electriciens", "2026-11-24T15:00", "closed"),
        ("cite-des-electriciens", "2026-11-29T15:00", "open"),
        ("centre-histoire-memorial-14-18", "2027-01-20T15:00", "closed"),
        ("centre-histoire-memorial-14-18", "2027-05-05T13:30", "closed"),
        ("centre-histoire-memorial-14-18", "2027-05-08T10:30", "closed"),
        ("centre-histoire-memorial-14-18", "2027-05-08T11:30", "open"),
        ("necropole-notre-dame-de-lorette", "2026-11-24T16:30", "closed"),
        ("centre-visiteurs-vimy", "2026-11-23T11:00", "closed"),
        ("centre-visiteurs-vimy", "2026-12-26T11:00", "unknown"),
        ("musee-de-la-mine-bruay", "2026-11-25T15:00", "unknown"),
        ("centre-denis-papin-oignies", "2027-05-09T15:00", "open"),
        ("centre-denis-papin-oignies", "2027-05-16T15:00", "closed"),
        ("chateau-d-olhain", "2027-05-09T15:00", "closed"),
        ("centre-histoire-memorial-14-18", "2027-05-01T11:30", "closed"),
        ("centre-histoire-memorial-14-18", "2027-12-25T14:00", "closed"),
        ("cabaret-rouge-british-cemetery", "2026-12-25T11:00", "open"),
        ("musee-du-vieux-deux", "2026-11-01T15:00", "closed"),
        ("musee-du-vieux-deux", "2026-12-06T15:00", "open"),
        ("musee-du-vieux-deux", "2027-05-09T15:00", "closed"),
        ("musee-du-vieux-deux", "2027-07-10T15:00", "open"),
        ("hotel-de-ville-bruay", "2026-11-24T13:15", "closed"),
        ("hotel-de-ville-bruay", "2026-11-24T14:15", "open"),
        ("hotel-de-ville-bruay", "2027-05-01T10:00", "closed"),
    ],
)
def test_opening_hours_mean_what_their_sources_say(place: str, moment: str, state: str) -> None:
    """Weekly closings, seasons, lunch breaks and appointments come out as the pages state them."""
    hours = OpeningHours(PLACES[place]["opening_hours"], timezone=PARIS, country="FR")
    when = dt.datetime.fromisoformat(moment).replace(tzinfo=PARIS)
    found = {
        "open": hours.is_open(when),
        "closed": hours.is_closed(when),
        "unknown": hours.is_unknown(when),
    }
    assert [name for name, holds in found.items() if holds] == [state]
