"""Make the pictures of the documentation and its gallery by the program itself.

``python docs/pictures.py`` makes all of them, ``python docs/pictures.py html`` one. The plans are
made with a fixed clock and the shared map extract. Needs Chromium with its driver, GPSBabel, and
the packages of the ``dev`` extra.
"""

from __future__ import annotations

import argparse
import base64
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from html import escape as html_text
from pathlib import Path
from typing import TYPE_CHECKING, Any

import vobject
from markdown_it import MarkdownIt
from PIL import Image
from pypdfium2 import PdfDocument
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
SHARED = Path(os.environ.get("LENS_ROUTES_SHARED", ROOT.parent / "shared"))
MAP = SHARED / "osm" / "lens-artois.osm.pbf"
NOW = "2026-11-25T09:00"
MOST_OCTETS = 150_000
#: A map is drawn when this long has passed, seconds.
DRAWN_S = 3


def html(folder: Path) -> bytes:
    """Return the page of a tour in Chromium, a stop chosen."""
    return seen(_page(folder), 1280, "#day1-stop3 .pick")


def phone(folder: Path) -> bytes:
    """Return the page of a tour on a phone, by day and by night."""
    page = _page(folder)
    return small(_side_by_side([seen(page, 390), seen(page, 390, scheme="dark")]))


def printed(folder: Path) -> bytes:
    """Return what a browser prints of the page of a tour."""
    return small(_side_by_side(_pages(printed_by(_page(folder)))))


def places(folder: Path) -> bytes:
    """Return the page of all places, those of a theme shown."""
    return seen(_places(folder), 1280, ".chips button:nth-child(2)")


def _places(folder: Path) -> Path:
    lens_routes(folder, "places", "export", "places.html", "--force")
    return folder / "places.html"


def phones(folder: Path) -> bytes:
    """Return the pages of many tours and of all places on a phone, by day and by night."""
    pages = (_batch(folder), _places(folder))
    shown = [seen(page, 390, scheme=scheme) for page in pages for scheme in ("light", "dark")]
    return small(_side_by_side(shown))


def _page(folder: Path) -> Path:
    _plan(folder)
    lens_routes(folder, "export", "day.json", "--to", "html", "--force")
    return folder / "day.html"


def _plan(folder: Path) -> None:
    if not (folder / "day.json").exists():
        lens_routes(folder, "plan", "--theme", "culture", "--for", "7h", "--save", "day.json")


def batch(folder: Path) -> bytes:
    """Return the first page of a batch of tours in Chromium."""
    return seen(_batch(folder), 1000)


def _batch(folder: Path) -> Path:
    page = folder / "out" / "index.html"
    if not page.exists():
        tours = folder / "tours.toml"
        shutil.copy(ROOT / "docs" / "tours.toml", tours)
        lens_routes(folder, "batch", str(tours), "-o", "out", "--force")
    return page


def seen(page: Path, width: int, click: str = "", scheme: str = "light") -> bytes:
    """Return a page as Chromium shows it in a window 800 pixels high, something on it clicked."""
    with browser() as driver:
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = {"prefers-reduced-motion": "reduce", "prefers-color-scheme": scheme}
        media = [{"name": name, "value": value} for name, value in features.items()]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
        driver.get(page.as_uri())
        if click:
            driver.find_element(By.CSS_SELECTOR, click).click()
        time.sleep(DRAWN_S)
        return small(driver.get_screenshot_as_png())


def printed_by(page: Path) -> bytes:
    """Return a page as Chromium prints it."""
    with browser() as driver:
        driver.get(page.as_uri())
        time.sleep(DRAWN_S)
        options = {"preferCSSPageSize": True, "printBackground": True}
        return base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", options)["data"])


@contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    """Start Chromium, and end it."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(flag)
    with tempfile.TemporaryDirectory() as profile:
        options.add_argument(f"--user-data-dir={profile}")
        driver = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
        try:
            yield driver
        finally:
            driver.quit()


def roadbook(folder: Path) -> bytes:
    """Return the first pages of the PDF of a tour."""
    return small(_side_by_side(_pages(_book(folder, "a5"), scale=1.25)))


def papers(folder: Path) -> bytes:
    """Return the first pages of the same on A4, and in large print."""
    books = [_book(folder, paper) for paper in ("a4", "large")]
    return small(_side_by_side([page for book in books for page in _pages(book, scale=0.7)[:2]]))


def _book(folder: Path, paper: str) -> bytes:
    _plan(folder)
    lens_routes(folder, "export", "day.json", "--to", "pdf", "--paper", paper, "--force")
    return (folder / "day.pdf").read_bytes()


def texts(folder: Path) -> bytes:
    """Return the roadbook as text, the table and the calendar, each as a browser shows it."""
    _plan(folder)
    for name in ("markdown", "csv", "ics"):
        lens_routes(folder, "export", "day.json", "--to", name, "--force")
    read = csv.reader((folder / "day.csv").read_text("utf-8-sig").splitlines())
    rows = [[html_text(cell) for cell in row[:9]] for row in read]
    events = vobject.readOne((folder / "day.ics").read_text("utf-8")).vevent_list
    agenda = [
        f"<li><b>{e.dtstart.value:%H:%M}–{e.dtend.value:%H:%M}</b> {html_text(e.summary.value)}"
        for e in events
    ]
    table = "".join(f"<tr><td>{'<td>'.join(row)}" for row in rows)
    page = folder / "texts.html"
    page.write_text(
        '<meta charset="utf-8"><style>body{display:grid;grid-template-columns:3fr 2fr;gap:24px;'
        "font:14px/1.45 sans-serif;margin:24px}td{border:1px solid #ccc;padding:2px 5px}"
        "table{font-size:12px;border-collapse:collapse}h3{margin:0 0 .5em}</style><div>"
        + MarkdownIt("commonmark").enable("table").render((folder / "day.md").read_text("utf-8"))
        + f"</div><div><h3>day.ics</h3><ul>{''.join(agenda)}</ul>"
        f"<h3>day.csv</h3><table>{table}</table></div>",
        "utf-8",
    )
    return seen(page, 1280)


def tracks(folder: Path) -> bytes:
    """Return GPX, KML and GeoJSON as drawn from what other programs read in them."""
    _plan(folder)
    for name in ("gpx", "kml", "geojson"):
        lens_routes(folder, "export", "day.json", "--to", name, "--force")
    drawn = [
        _drawn("GPX, by GPSBabel", _by_gpsbabel(folder, "gpx")),
        _drawn("KML, by GPSBabel", _by_gpsbabel(folder, "kml")),
        _drawn("GeoJSON", json.loads((folder / "day.geojson").read_text("utf-8"))),
    ]
    page = folder / "tracks.html"
    page.write_text(f'<meta charset="utf-8"><body style="margin:16px">{"".join(drawn)}', "utf-8")
    shown = Image.open(io.BytesIO(seen(page, 1280)))
    return small(_png(shown.crop((0, 0, 1280, 340))))


def _by_gpsbabel(folder: Path, form: str) -> Any:
    target = folder / f"{form}.geojson"
    line = ["gpsbabel", "-i", form, "-f", f"day.{form}", "-o", "geojson", "-F", str(target)]
    subprocess.run(line, cwd=folder, check=True)  # noqa: S603  # files of our own
    return json.loads(target.read_text("utf-8"))


def _drawn(title: str, collection: Any) -> str:
    """Return lines and named points as a drawing 400 pixels wide."""
    shapes = [(f["geometry"], f["properties"]) for f in collection["features"] if f["geometry"]]
    lines = [shape["coordinates"] for shape, _ in shapes if shape["type"] == "LineString"]
    points = [(shape["coordinates"], p) for shape, p in shapes if shape["type"] == "Point"]
    every = [*(at for line in lines for at in line), *(at for at, _ in points)]
    west, east = min(at[0] for at in every), max(at[0] for at in every)
    south, north = min(at[1] for at in every), max(at[1] for at in every)
    scale = 270 / max((east - west) * 0.64, north - south)

    def spot(at: list[float]) -> tuple[float, float]:
        x, y = (at[0] - west) * 0.64 * scale + 20, (north - at[1]) * scale + 60
        return round(x, 1), round(y, 1)

    drawn = [f'<text y="20" font-weight="bold">{title}</text>']
    for line in lines:
        at = " ".join(f"{x},{y}" for x, y in map(spot, line))
        drawn.append(f'<polyline points="{at}" fill="none" stroke="#b5203a" stroke-width="3"/>')
    named: dict[tuple[float, float], list[str]] = {}
    for point, properties in points:
        named.setdefault(spot(point), []).append(str(properties.get("name", "")))
    for (x, y), names in named.items():
        name = html_text(" · ".join(dict.fromkeys(names)))
        end = ' text-anchor="end"' if x > 200 else ""
        drawn.append(f'<circle cx="{x}" cy="{y}" r="5"/>')
        drawn.append(f'<text x="{x}" y="{y - 10}"{end}>{name}</text>')
    size = 'width="400" height="420" font-family="sans-serif" font-size="12"'
    return f"<svg {size}>{''.join(drawn)}</svg>"


def _pages(data: bytes, scale: float = 0.9) -> list[bytes]:
    """Return the first three pages of a PDF as pictures."""
    book = PdfDocument(data)
    return [_png(book[n].render(scale=scale).to_pil()) for n in range(min(3, len(book)))]


def _side_by_side(pictures: list[bytes]) -> bytes:
    images = [Image.open(io.BytesIO(picture)).convert("RGB") for picture in pictures]
    gap = 12
    width = sum(image.width + gap for image in images) + gap
    sheet = Image.new("RGB", (width, max(image.height for image in images) + 2 * gap), "#d8d8d8")
    left = gap
    for image in images:
        sheet.paste(image, (left, gap))
        left += image.width + gap
    return _png(sheet)


def _png(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


#: What can be made: the name of the file, without its ending, and what makes it.
MAKERS: dict[str, Callable[[Path], bytes]] = {
    "html": html,
    "phone": phone,
    "printed": printed,
    "roadbook": roadbook,
    "papers": papers,
    "batch": batch,
    "places": places,
    "phones": phones,
    "tracks": tracks,
    "texts": texts,
}


def lens_routes(folder: Path, *arguments: str) -> None:
    """Run the program in a folder that holds its data, too."""
    environment = {
        **os.environ,
        "LENS_ROUTES_HOME": str(folder / "home"),
        "LENS_ROUTES_CONFIG": str(folder / "config.toml"),
        "LENS_ROUTES_NOW": NOW,
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-m", "lens_routes.cli.start", *arguments]
    subprocess.run(  # noqa: S603  # our own program
        command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def small(picture: bytes) -> bytes:
    """Return a PNG with as many colours as `MOST_OCTETS` have room for."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        stream = io.BytesIO()
        # This method keeps what is small and of a colour of its own, such as a coloured word.
        reduced = image.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        reduced.save(stream, "PNG", optimize=True)
        if stream.tell() <= MOST_OCTETS:
            return stream.getvalue()
    raise ValueError(f"the picture does not fit in {MOST_OCTETS} bytes")


def main() -> int:
    """Make the pictures named on the command line, or all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(MAKERS)}")
    names = parser.parse_args().names or list(MAKERS)
    gallery = (ROOT / "docs" / "gallery.md").read_text("utf-8")
    if set(re.findall(r"pictures/(\w+)\.png", gallery)) != set(MAKERS):
        sys.exit("docs/gallery.md shows other pictures than are made here.")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        lens_routes(folder, "streets", "import", str(MAP))
        for name in names:
            (PICTURES / f"{name}.png").write_bytes(MAKERS[name](folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
