"""Make the pictures of the documentation, by the program itself.

``python docs/pictures.py`` makes all of them, ``python docs/pictures.py html`` one. The plans are
made with a fixed clock and the shared map extract. Needs Chromium with its driver, and the
packages of the ``dev`` extra.
"""

from __future__ import annotations

import argparse
import base64
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

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
    lens_routes(folder, "places", "export", "places.html", "--force")
    return seen(folder / "places.html", 1280, ".chips button:nth-child(2)")


def _page(folder: Path) -> Path:
    _plan(folder)
    lens_routes(folder, "export", "day.json", "--to", "html", "--force")
    return folder / "day.html"


def _plan(folder: Path) -> None:
    if not (folder / "day.json").exists():
        lens_routes(folder, "plan", "--theme", "culture", "--for", "7h", "--save", "day.json")


def batch(folder: Path) -> bytes:
    """Return the first page of a batch of tours in Chromium."""
    tours = folder / "tours.toml"
    shutil.copy(ROOT / "docs" / "tours.toml", tours)
    lens_routes(folder, "batch", str(tours), "-o", "out", "--force")
    return seen(folder / "out" / "index.html", 1000)


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
    _plan(folder)
    lens_routes(folder, "export", "day.json", "--to", "pdf", "--force")
    return small(_side_by_side(_pages((folder / "day.pdf").read_bytes(), scale=1.25)))


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
    "places": places,
    "batch": batch,
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
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        lens_routes(folder, "streets", "import", str(MAP))
        for name in names:
            (PICTURES / f"{name}.png").write_bytes(MAKERS[name](folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
