"""Pictures of places: shown small with their credit; what is unfit is told and left out."""

from __future__ import annotations

import io
import json
import struct
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from tests.catalogue.conftest import feature

from lens_routes.catalogue.check.validate import validate
from lens_routes.catalogue.file.faults import Severity
from lens_routes.catalogue.load import load
from lens_routes.catalogue.picture import Picture, marks, pictures

if TYPE_CHECKING:
    from pathlib import Path

CREDIT = {"image_credit": "Photo: J. Dupont", "image_licence": "CC BY 4.0"}


def catalogue(folder: Path, image: str, **more: str) -> Path:
    properties: dict[str, Any] = {**CREDIT, "image": image, **more}
    collection = {"type": "FeatureCollection", "features": [feature("a", "A", 2.8, 50.4)]}
    collection["features"][0]["properties"] |= properties  # type: ignore[index]
    file = folder / "mine" / "places.geojson"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(collection), "utf-8")
    return file


def shown(file: Path, side: int = 640) -> tuple[dict[str, Picture], list[str]]:
    told: list[str] = []
    return pictures(load(file), {"a"}, side, told.append), told


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "CMYK"])
def test_a_picture_is_made_small(tmp_path: Path, mode: str) -> None:
    """It comes upright as a small JPEG without what the camera wrote, with its credit."""
    file = catalogue(tmp_path, "images/a.jpg")
    (file.parent / "images").mkdir()
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "where I live"
    form = "JPEG" if mode in {"RGB", "L", "CMYK"} else "PNG"
    Image.new(mode, (1600, 800)).save(file.parent / "images" / "a.jpg", form, exif=exif)
    found, told = shown(file, 320)
    assert told == []
    picture = found["a"]
    assert (picture.width, picture.height) == (160, 320)
    assert picture.credit == "Photo: J. Dupont, CC BY 4.0"
    image = Image.open(io.BytesIO(picture.data))
    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (160, 320), {})
    assert not [fault for fault in validate(file) if "image" in fault.field]


def bomb() -> bytes:
    """Return a PNG of a thousand million pixels in a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", 32_000, 32_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def _large() -> bytes:
    stream = io.BytesIO()
    Image.new("1", (8000, 5100)).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("image", "says"),
    [
        ("none.jpg", "is not in the folder"),
        (".", "is not in the folder"),
        ("words.jpg", "is not a picture"),
        ("bomb.png", "million pixels"),
        ("large.png", "million pixels"),
        ("https://example.org/a.jpg", "is not a file in the folder"),
        ("../secret.png", "is not a file in the folder"),
        ("link.png", "is not a file in the folder"),
    ],
)
def test_what_is_unfit_is_told(tmp_path: Path, image: str, says: str) -> None:
    """One hears which place it is of and why, when it is exported and when it is validated."""
    file = catalogue(tmp_path, image)
    Image.new("L", (9, 9)).save(tmp_path / "secret.png")
    (file.parent / "link.png").symlink_to(tmp_path / "secret.png")
    (file.parent / "words.jpg").write_text("words")
    (file.parent / "bomb.png").write_bytes(bomb())
    (file.parent / "large.png").write_bytes(_large())
    found, told = shown(file)
    assert found == {}
    assert len(told) == 1
    assert "picture of A is left out" in told[0]
    assert says in told[0]
    (fault,) = (fault for fault in validate(file) if "image" in fault.field)
    assert fault.severity is Severity.WARNING
    assert says in fault.problem


def test_one_that_is_cut_off_is_told(tmp_path: Path) -> None:
    """Its head may be sound."""
    file = catalogue(tmp_path, "a.jpg")
    stream = io.BytesIO()
    Image.effect_noise((900, 600), 80).save(stream, "JPEG")
    (file.parent / "a.jpg").write_bytes(stream.getvalue()[:20_000])
    found, told = shown(file)
    assert found == {}
    assert "is not a picture" in told[0]


@pytest.mark.parametrize("missing", ["image_credit", "image_licence"])
def test_none_is_shown_without_its_credit(tmp_path: Path, missing: str) -> None:
    """Whose it is and under which licence are said beside it, or it is left out."""
    file = catalogue(tmp_path, "a.png", **{missing: ""})
    Image.new("L", (9, 9)).save(file.parent / "a.png")
    found, told = shown(file)
    assert found == {}
    assert "image_credit and image_licence" in told[0]


def test_another_picture_is_another_input(tmp_path: Path) -> None:
    """What is built of a catalogue is built again when a picture changes."""
    file = catalogue(tmp_path, "a.png")
    seen = [list(marks(load(file)))]
    for side in (9, 10):
        Image.new("L", (side, side)).save(file.parent / "a.png")
        seen.append(list(marks(load(file))))
    assert len({tuple(one) for one in seen}) == 3
