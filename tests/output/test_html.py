"""The page: whole and valid, with all the plan and the catalogue know, in the language in use."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.output.golden_files import same_bytes
from tests.output.html_pages import MUSEUM, bare, decode, map_data, parsed, words
from tests.output.maps import saved, streets, town, two_days, with_train

from lens_routes.catalogue.picture import Picture
from lens_routes.output.html.coordinates import encode
from lens_routes.output.html.page import dumps
from lens_routes.output.html.shell import ASSETS
from lens_routes.text import language


def test_the_page_is_the_one_that_was_judged() -> None:
    """The page of a day with a train is the golden one, apart from script and style."""
    plan = with_train(saved())
    page = dumps(plan, streets((2.79, 50.41, 2.82, 50.44), across=3), {"musee": MUSEUM})
    assert same_bytes("day.html", bare(page).encode())


def test_same_plan_same_bytes() -> None:
    """Written twice, the page is the same to the byte."""
    plan = with_train(saved())
    assert dumps(plan, town(plan)) == dumps(plan, town(plan))


def test_a_library_keeps_its_licence() -> None:
    """Leaflet's copyright and conditions stand in the page it is part of."""
    licence = (ASSETS / "leaflet-LICENSE.txt").read_text("utf-8")
    assert "BSD 2-Clause" in licence
    assert licence in dumps(saved()).decode()


def test_what_is_known_of_a_stop_is_said() -> None:
    """The row of a stop tells name, times, hours, description, and the catalogue's facts."""
    plan = saved()
    root = parsed(dumps(plan, None, {"musee": MUSEUM}))
    stop = plan.days[0].stops[0]
    row = next(node for node in root.iter("li") if node.attrib.get("id") == "day1-stop1")
    said = words(row)
    for expected in (stop.name, stop.description, "1 rue <b> Haute", "7.50 €",
                     "limited", "+33 3 21 18 62 62", "example.org/a?b=1&c=2"):  # fmt: skip
        assert expected in said
    links = [a.attrib["href"] for a in row.iter("a")]
    assert links[:2] == ["tel:+33321186262", "https://www.example.org/a?b=1&c=2"]
    maps = ("geo:50.", "https://www.openstreetmap.org/?mlat=50.", "https://maps.apple.com/?ll=50.",
            "https://www.google.com/maps/search/?api=1&query=50.")  # fmt: skip
    assert all(link.startswith(begin) for link, begin in zip(links[2:], maps, strict=True))


@pytest.mark.parametrize(("slack", "said"), [(4, True), (10, False)])
def test_little_time_in_hand_is_said(slack: int, said: bool) -> None:
    """When one has to be at a stop stands there only where less than ten minutes are in hand.

    It stands where they run out, not at every stop before.
    """
    plan = saved()
    (day,) = plan.days
    stops = tuple(
        replace(stop, slack_minutes=15 if number else slack)
        for number, stop in enumerate(day.stops)
    )
    page = dumps(replace(plan, days=(replace(day, stops=stops),))).decode()
    assert ("Be there by 09:55" in page) == said


def test_every_step_of_every_leg_is_told() -> None:
    """The directions are complete and in order, each leg's in a part of its own."""
    plan = with_train(saved())
    root = parsed(dumps(plan))
    told = [
        words(next(li.iter("bdi")))
        for d in root.iter("ol")
        for li in d
        if li.find("bdi") is not None
    ]
    assert told == [step.instruction for leg in plan.days[0].legs for step in leg.steps]


def test_a_ride_is_told() -> None:
    """Line, direction, stops, times, platform, and what else runs."""
    page = dumps(with_train(saved()))
    root = parsed(page)
    ride = next(words(n) for n in root.iter("div") if n.attrib.get("class") == "ride")
    for expected in ("Train C51", "towards Lille Flandres", "Sallaumines, platform 2", "Next at"):
        assert expected in ride
    assert ".line-0749ff{background:#0749ff;color:#fff}" in page.decode()
    kinds = [line["kind"] for line in map_data(page)["days"][0]["legs"][1]["lines"]]
    assert kinds == ["walk", "ride", "walk"]


def test_lines_are_those_of_the_plan() -> None:
    """The lines of the map, read back, are the plan's to 1e-5 degrees."""
    plan = saved()
    for leg, shown in zip(plan.days[0].legs, map_data(dumps(plan))["days"][0]["legs"], strict=True):
        (line,) = shown["lines"]
        points = [(round(p.lon, 5), round(p.lat, 5)) for p in leg.geometry or ()]
        assert decode(line["at"]) == [
            p for p, before in zip(points, [None, *points], strict=False) if p != before
        ]


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=30))
def test_coordinates_read_back(points: list[tuple[float, float]]) -> None:
    """Any line reads back to 1e-5 degrees, in ASCII that needs no escape but the backslash's."""
    line = encode(points)  # type: ignore[arg-type]
    rounded = [(round(lon * 1e5), round(lat * 1e5)) for lon, lat in points]
    kept = [p for i, p in enumerate(rounded) if i == 0 or p != rounded[i - 1]]
    assert [(round(x * 1e5), round(y * 1e5)) for x, y in decode(line)] == kept
    assert all("?" <= character <= "~" for character in line)


def test_without_streets_lines_are_straight_and_it_is_said() -> None:
    """A plan without lines is drawn from stop to stop, marked as such, and the page says why."""
    day = saved().days[0]
    plan = replace(
        saved(), days=(replace(day, legs=tuple(replace(x, geometry=None) for x in day.legs)),)
    )
    page = dumps(plan)
    legs = map_data(page)["days"][0]["legs"]
    assert {line["kind"] for leg in legs for line in leg["lines"]} == {"guess"}
    assert decode(legs[0]["lines"][0]["at"])[1] == pytest.approx(
        (day.stops[0].lon, day.stops[0].lat), abs=1e-5
    )
    said = words(parsed(page))
    assert "have no line on the map" in said
    assert "not the way to go" in said
    assert "the streets around are not installed" in said


def test_openstreetmap_is_credited() -> None:
    """The credit stands on the map, in the markup, where no script is needed to show it."""
    root = parsed(dumps(saved(), town(saved())))
    credit = next(p for p in root.iter("p") if p.attrib.get("class") == "credit")
    assert words(credit) == "© OpenStreetMap contributors"


def test_days_are_sections_with_tabs() -> None:
    """Two days have a tab each, which names its section; one day has none."""
    root = parsed(dumps(two_days(saved())))
    tabs = [node for node in root.iter("button") if node.attrib.get("role") == "tab"]
    sections = [n.attrib["id"] for n in root.iter("section") if n.attrib.get("class") == "day"]
    assert [tab.attrib["aria-controls"] for tab in tabs] == sections == ["day1", "day2"]
    assert "tablist" not in bare(dumps(saved()))


def test_landmarks_and_headings() -> None:
    """A header, a map, one main part with a heading a day, and a way to skip to it."""
    root = parsed(dumps(saved(), town(saved())))
    assert [node.tag for node in root.iter() if node.tag in {"header", "main", "footer"}] == [
        "header", "main", "footer",
    ]  # fmt: skip
    skip = next(root.iter("a"))
    assert skip.attrib["href"] == "#timetable"
    assert len(list(root.iter("h1"))) == 1
    assert all(words(button).strip() for button in root.iter("button"))
    labelled = [node for node in root.iter("section") if "aria-label" in node.attrib]
    assert [node.attrib["aria-label"] for node in labelled] == ["Map"]


def test_the_page_says_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """The language in use is the page's, also for what the plan was read with in another."""
    plan = replace(saved(), warnings=(language.said_in({"en": "Mind", "fr": "Attention"}),))
    assert dumps(plan).decode().count('<html lang="en">') == 1
    monkeypatch.setattr(language, "_in_use", "fr")
    page = dumps(plan, town(plan))
    assert '<li dir="auto">Attention</li>' in page.decode()
    assert page.decode().count('<html lang="fr">') == 1
    assert "Mercredi 25 novembre 2026".lower() in page.decode().lower()


def test_a_picture_stands_with_its_credit() -> None:
    """It is in the page itself, under the name of its place, with whom it is by."""
    plan = saved()
    place = plan.days[0].stops[0].place or ""
    picture = Picture(b"JPEG", 640, 427, "Photo: J. Dupont, CC BY 4.0")
    root = parsed(dumps(plan, pictures={place: picture}))
    (figure,) = root.iter("figure")
    (image,) = figure.iter("img")
    assert image.attrib["src"] == "data:image/jpeg;base64,SlBFRw=="
    assert plan.days[0].stops[0].name in image.attrib["alt"]
    assert words(figure) == picture.credit
