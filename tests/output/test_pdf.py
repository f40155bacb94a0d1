"""The PDF roadbook: read back by pypdf, its pages looked at, its codes scanned."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from PIL import Image, ImageOps
from tests.output.maps import saved, streets, two_days, with_train
from tests.output.plans import plans
from tests.support.effort import examples
from tests.support.program import run

from lens_routes.catalogue.picture import Picture
from lens_routes.catalogue.place import Place
from lens_routes.errors import UsageError
from lens_routes.output.roadbook.sections import MOST_TOLD
from lens_routes.output.roadbook.write import Roadbook, write
from lens_routes.output.shared.caption import numbered, title
from lens_routes.output.shared.map_links import geo_uri
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Step
from lens_routes.text import language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lens_routes.plan.plan import Plan

SIZES_MM = {"a5": (148, 210), "a4": (210, 297)}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return saved()


@cache
def printed(paper: str) -> Roadbook:
    """Print the saved day, once for each paper."""
    return write(saved(), paper, streets, places(saved()))


@pytest.fixture(scope="module")
def book() -> pypdf.PdfReader:
    return opened(printed("a5").data)


@pytest.fixture
def french() -> Iterator[None]:
    language.use("fr")
    yield
    language.use("en")


def opened(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def places(plan: Plan) -> dict[str, Place]:
    return {
        stop.place: Place(
            id=stop.place, name=stop.name, lon=stop.lon, lat=stop.lat,
            address="1 rue de l'Été", phone="+33 3 21 18 62 62", website="https://www.louvrelens.fr/",
        )
        for stop in plan.days[0].stops
        if stop.place
    }  # fmt: skip


def text_of(reader: pypdf.PdfReader) -> str:
    """Return what a reader copies out of the pages, blanks as single spaces."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def links(reader: pypdf.PdfReader) -> list[str]:
    return [
        str(note.get_object()["/A"]["/URI"])
        for page in reader.pages
        for note in page.get("/Annots", ())
        if "/A" in note.get_object()
    ]


def scanned(data: bytes) -> set[str]:
    """Return what a scanner reads from the pages as they are printed."""
    pages = (page.render(scale=3).to_pil() for page in pypdfium2.PdfDocument(data))
    return {code.text for page in pages for code in zxingcpp.read_barcodes(page)}


@pytest.mark.parametrize("paper", SIZES_MM)
def test_an_ordinary_day_is_a_book_of_two_to_six_pages(paper: str) -> None:
    """Every page has the size of the paper, and is not empty."""
    made = printed(paper)
    assert made.remarks == ()
    assert len(made.data) < 1_000_000
    pages = opened(made.data).pages
    assert 2 <= len(pages) <= 6
    for page in pages:
        width, height = (side * 25.4 / 72 for side in page.mediabox[2:])
        assert (round(width), round(height)) == SIZES_MM[paper]
        assert len(page.extract_text()) > 100


def test_the_text_is_read_in_the_order_of_the_day(plan: Plan, book: pypdf.PdfReader) -> None:
    """Title, timetable, then each stop with directions, hours, address and telephone."""
    text = text_of(book)
    day = plan.days[0]
    words = []
    for (_, stop), leg in zip(numbered(day), day.legs, strict=False):
        words += [stop.name, *(step.street for step in leg.steps if step.street)]
        words += ["1 rue de l’Été", "+33 3 21 18 62 62", "louvrelens.fr"]
    words.append(f"Back to {day.end.name}")
    at = text.index("Timetable") + len("Timetable")
    assert "Wednesday 25 November 2026" in text[:at]
    for word in words:
        found = text.find(word.replace("'", "’"), at)
        assert found >= at, f"{word} is missing behind {text[at - 60 : at]}"
        at = found
    assert "© OpenStreetMap contributors" in text


def test_it_can_be_read_aloud(plan: Plan, book: pypdf.PdfReader) -> None:
    """The PDF says that it is PDF/UA-1: tagged, titled, in a language, pictures described."""
    root: Any = book.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert book.metadata is not None
    assert book.metadata.title == title(plan)
    kinds: dict[str, list[Any]] = {}
    collect(root["/StructTreeRoot"], kinds)
    assert len(kinds["/H1"]) == 1
    assert len(kinds["/H3"]) == len(plan.days[0].legs)
    assert kinds["/Table"]
    assert kinds["/L"]
    assert all(figure.get("/Alt") for figure in kinds["/Figure"])
    described = " ".join(str(figure["/Alt"]) for figure in kinds["/Figure"])
    assert "Map of the tour" in described
    assert "Map of the way from" in described


def collect(node: Any, kinds: dict[str, list[Any]]) -> None:
    """Sort the elements of a structure tree by what they are."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            collect(child, kinds)
    elif isinstance(node, dict):
        if "/S" in node:
            kinds.setdefault(str(node["/S"]), []).append(node)
        if "/K" in node:
            collect(node["/K"], kinds)


def test_its_fonts_are_inside(book: pypdf.PdfReader) -> None:
    """Every font is embedded, and only the letters used of it."""
    names = set()
    for page in book.pages:
        fonts: Any = page["/Resources"]
        for font in fonts.get("/Font", {}).values():
            (inner,) = font.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & descriptor.keys()
            names.add(str(descriptor["/FontName"]))
    assert names
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in names)


def test_nothing_is_fetched_or_run(book: pypdf.PdfReader) -> None:
    """What leads out of the file is a link somebody clicks; there is no script, no attachment."""
    assert {uri.split(":")[0] for uri in links(book)} == {"https", "tel"}
    assert "tel:+33321186262" in links(book)
    root: Any = book.root_object
    assert not {"/OpenAction", "/AA", "/AcroForm"} & root.keys()
    assert not {"/JavaScript", "/EmbeddedFiles"} & root.get("/Names", {}).keys()


def test_the_same_plan_gives_the_same_bytes(plan: Plan, book: pypdf.PdfReader) -> None:
    """The date in the file is the plan's, not today's."""
    assert printed("a5").data == write(plan, "a5", streets, places(plan)).data
    assert book.metadata is not None
    assert book.metadata.creation_date == plan.created


@pytest.mark.parametrize("paper", SIZES_MM)
def test_the_codes_lead_to_the_stops(plan: Plan, paper: str) -> None:
    """A scanner reads the position of the start and of each stop from the printed pages."""
    day = plan.days[0]
    spots = [day.start.point, *((stop.lon, stop.lat) for stop in day.stops)]
    assert scanned(printed(paper).data) == {geo_uri(*spot) for spot in spots}


@pytest.mark.usefixtures("french")
def test_a_french_book_is_french(plan: Plan) -> None:
    """Its language is said, and its dates are in the habit of the language."""
    reader = opened(write(plan, "a5", streets).data)
    root: Any = reader.root_object
    assert root["/Lang"] == "fr"
    assert "ercredi 25 novembre 2026" in text_of(reader)


def test_a_ride_is_told_with_line_times_and_platform(plan: Plan) -> None:
    """The walks to and from the train have their own directions; the train has its box."""
    reader = opened(write(with_train(plan), "a5", streets).data)
    text = text_of(reader)
    ride = with_train(plan).days[0].legs[1].rides[0]
    at = text.index("Train C51 towards Lille Flandres")
    box = text[at : at + 200]
    assert f"{ride['depart'][11:16]} Sallaumines, platform 2" in box
    assert f"{ride['arrive'][11:16]} Lens" in box
    assert "Next at" in box
    assert "last at" in box


def test_two_days_are_two_chapters(plan: Plan) -> None:
    """Each day has its heading, its timetable and its stops; the map tells their numbers apart."""
    reader = opened(write(two_days(plan), "a5", streets).data)
    text = text_of(reader)
    assert len(reader.pages) <= 11
    assert text.index("Day 1:") < text.index("Day 2:")
    assert text.count("Timetable") == 2
    assert "2.3 is the third stop of the second day" in text


def test_without_streets_the_ways_are_said_to_be_dashed(plan: Plan) -> None:
    """Neither a trace nor a network: stops and straight lines, and a plain word about them."""
    day = plan.days[0]
    bare = tuple(replace(leg, geometry=None, steps=(), source=Grade.TABLE) for leg in day.legs)
    made = write(replace(plan, days=(replace(day, legs=bare),)))
    assert "The maps show no streets" in made.remarks[0]
    assert "the plan was made without the street network" in made.remarks[1]
    text = text_of(opened(made.data))
    assert "A dashed line on a map is the direction, not the way" in text
    for stop in day.stops:
        assert stop.name in text


def test_a_card_on_the_next_page_says_whose_it_is(plan: Plan) -> None:
    """Where directions fill a page, the stop is named again above its card."""
    day = plan.days[0]
    leg = day.legs[0]
    long = replace(leg, steps=leg.steps * 18)
    fuller = replace(plan, days=(replace(day, legs=(long, *day.legs[1:])),))
    pages = [p.extract_text() for p in opened(write(fuller, "a5", None, places(plan)).data).pages]
    described = day.stops[0].description[:20]
    (page,) = (text for text in pages if described in " ".join(text.split()))
    assert day.stops[0].name in page.partition(described)[0]


def test_a_picture_stands_in_the_card_with_its_credit(plan: Plan) -> None:
    """Upright or broad, it is printed beside what is told of its place."""
    stops = [stop.place for stop in plan.days[0].stops if stop.place]
    pictures = {}
    for place, size in zip(stops, ((640, 300), (300, 640)), strict=False):
        stream = io.BytesIO()
        Image.new("RGB", size, "teal").save(stream, "JPEG")
        pictures[place] = Picture(stream.getvalue(), *size, f"Photo: {size[0]}")
    reader = opened(write(plan, "a5", streets, places(plan), pictures).data)
    assert {image.image.size for page in reader.pages for image in page.images if image.image} == {
        (640, 300),
        (300, 640),
    }
    assert "Photo: 640" in text_of(reader)


def filled(data: bytes) -> list[float]:
    """Return how far down each page is printed, its foot apart, as a share of its height."""
    shares = []
    for page in pypdfium2.PdfDocument(data):
        picture = ImageOps.invert(page.render(scale=0.5).to_pil().convert("L"))
        box = picture.crop((0, 0, picture.width, round(picture.height * 0.92))).getbbox()
        shares.append(box[3] / picture.height if box else 0.0)
    return shares


def winding(plan: Plan) -> Plan:
    """Return a plan whose ways have twenty turns each, so that their maps do not fit everywhere."""
    step = Step("Turn left onto Rue Longue", "Rue Longue", 50.0)
    day = plan.days[0]
    legs = tuple(replace(leg, steps=(step,) * 20) if leg.steps else leg for leg in day.legs)
    return replace(plan, days=(replace(day, legs=legs),))


@pytest.mark.parametrize("paper", ["a5", "a4", "large"])
def test_no_page_is_half_blank(plan: Plan, paper: str) -> None:
    """Where a map finds no room, directions go before it; the last page holds more than a few."""
    for one in (plan, winding(plan), with_train(winding(plan))):
        _, *inner, last = filled(write(one, paper, streets, places(one)).data)
        assert all(share > 0.6 for share in inner), (paper, inner)
        assert last > 0.3


def test_directions_before_their_map_are_numbered_through(plan: Plan) -> None:
    """Told before the map, beside or below it: each direction once, in order."""
    text = text_of(opened(write(winding(plan), "large", streets).data))
    numbers = [int(n) for n in re.findall(r"(\d+) Turn left onto Rue Longue", text)]
    assert numbers == [*range(1, 21)] * (len(numbers) // 20)


def test_many_stops_are_a_timetable(plan: Plan) -> None:
    """A day nobody walks is printed as its timetable, which says every stop."""
    day = plan.days[0]
    count = MOST_TOLD + 1
    stops = (day.stops * count)[:count]
    legs = (*(day.legs[:-1] * count)[:count], day.legs[-1])
    made = write(replace(plan, days=(replace(day, stops=stops, legs=legs),)), "a4", streets)
    assert f"more than {MOST_TOLD} stops" in made.remarks[0]
    rows = sum(page.extract_text().count(day.stops[0].name) for page in opened(made.data).pages)
    assert rows >= sum(stop.name == day.stops[0].name for stop in stops)


def test_markup_is_shown_not_obeyed(plan: Plan) -> None:
    """Names are words, whatever signs the engine and SVG would read in them."""
    name = "#eval(1) $x$ \\n *a* _b_ <l> @r `c` [d] // e & «f»"
    stop = replace(plan.days[0].stops[0], name=name)
    day = replace(plan.days[0], stops=(stop, *plan.days[0].stops[1:]))
    assert "#eval(1) $x$ \\n *a* _b_ <l> @r `c` [d] // e & «f»" in text_of(
        opened(write(replace(plan, days=(day,)), "a4", streets).data)
    )


def test_what_no_font_has_is_said(plan: Plan) -> None:
    """A character of nobody's makes no failure: a box stands for it, and a remark says so."""
    stop = replace(plan.days[0].stops[0], name="Musée \U000f1234")
    day = replace(plan.days[0], stops=(stop, *plan.days[0].stops[1:]))
    made = write(replace(plan, days=(day,)), "a4", streets)
    assert "in no font of this machine" in made.remarks[-1]
    root: Any = opened(made.data).root_object
    assert root["/MarkInfo"]["/Marked"]


@settings(deadline=None, max_examples=examples(3), suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans())
def test_any_plan_is_a_book(plan: Plan) -> None:
    """Whatever the names and shapes, a whole PDF comes out."""
    assert len(opened(write(plan, "a5", streets).data).pages) >= 2


def test_another_paper_is_refused(plan: Plan) -> None:
    """The papers there are are named."""
    with pytest.raises(UsageError) as caught:
        write(plan, "letter")
    assert "a5, a4" in caught.value.hint


def test_the_command_takes_the_paper(tmp_path: Path) -> None:
    """``--paper`` is for PDF alone, in small letters or capitals."""
    from tests.output.golden_files import GOLDEN

    file = tmp_path / "day.json"
    file.write_bytes((GOLDEN / "day.json").read_bytes())
    made = run("export", file, "--to", "pdf", "--paper", "A4", "-o", "-")
    assert made.code == 0, made.err
    assert round(float(opened(made.stdout).pages[0].mediabox.height)) == 842
    assert run("export", file, "--to", "pdf", "--paper", "a3").code == 2
    assert run("export", file, "--to", "kml", "--paper", "a4").code == 2
