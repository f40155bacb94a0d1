"""Pictures of places: files beside the catalogue, made small; what is wrong with one is said."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lens_routes.errors import BadInputError
from lens_routes.files.look import is_file, required
from lens_routes.text import wording
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from PIL.Image import Image

    from lens_routes.catalogue.catalogue import Catalogue

#: What a camera makes is smaller: bytes of a file, pixels to decode.
MOST_OCTETS = 30_000_000
MOST_PIXELS = 40_000_000
#: The longer side of a picture on a page and on paper, and in a list of all places, pixels.
LARGE, SMALL = 480, 240
_QUALITY = 70
_FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as JPEG, without what the camera wrote into it; its sides in pixels."""

    data: bytes
    width: int
    height: int
    credit: str


def pictures(
    catalogue: Catalogue, wanted: Collection[str], side: int, tell: Callable[[str], None]
) -> dict[str, Picture]:
    """Return the pictures of the places *wanted*, by their id, none longer than *side* pixels.

    What is unfit to be shown is left out, and *tell* hears why.
    """
    found = {}
    for place in catalogue.places:
        if place.image and place.id in wanted:
            try:
                _require_credit(place.image_credit, place.image_licence)
                drawn = _opened(place.image, catalogue.path.parent, side)
                credit = joined(", ", (place.image_credit, place.image_licence))
                found[place.id] = Picture(*_small(drawn, place.image, side), credit)
            except BadInputError as error:
                words = tr("The picture of {place} is left out.", place=place.name)
                tell(joined(" ", (words, error.message, error.hint)))
    return found


def marks(catalogue: Catalogue) -> Iterator[str]:
    """Yield a checksum of each picture of a catalogue; of one that is unfit, none."""
    for place in catalogue.places:
        if place.image:
            try:
                data = _read(place.image, catalogue.path.parent)
            except BadInputError:
                yield ""
            else:
                yield hashlib.sha256(data).hexdigest()


def check_picture(properties: Mapping[str, Any], folder: Path) -> None:
    """Refuse the picture that the properties of a place name, if it cannot be shown."""
    image = properties.get("image")
    if isinstance(image, str) and image:
        _require_credit(properties.get("image_credit"), properties.get("image_licence"))
        _opened(image, folder, LARGE)


def _require_credit(credit: object, licence: object) -> None:
    if not (credit and licence):
        raise BadInputError(
            tr("A picture is shown with its author and its licence alone."),
            tr("Write image_credit and image_licence."),
        )


def _opened(image: str, folder: Path, side: int) -> Image:
    """Return a picture of which the head alone is read; refuse what is none, and bombs."""
    data = _read(image, folder)
    from PIL import Image  # noqa: PLC0415  # heavy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # of bombs
            drawn = Image.open(io.BytesIO(data), formats=_FORMATS)
            drawn.draft("RGB", (side, side))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large(image) from None
    except Exception:  # noqa: BLE001  # decoders of hostile bytes fail in any way
        raise _no_picture(image) from None
    if drawn.width * drawn.height > MOST_PIXELS:
        raise _too_large(image)
    return drawn


def _small(drawn: Image, image: str, side: int) -> tuple[bytes, int, int]:
    from PIL import Image, ImageOps  # noqa: PLC0415  # heavy

    try:
        drawn.thumbnail((side, side))
        upright = ImageOps.exif_transpose(drawn).convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        paper.alpha_composite(upright)
        stream = io.BytesIO()
        paper.convert("RGB").save(stream, "JPEG", quality=_QUALITY, optimize=True)
    except Exception:  # noqa: BLE001  # as above
        raise _no_picture(image) from None
    return stream.getvalue(), *paper.size


def _read(image: str, folder: Path) -> bytes:
    """Return the bytes of a file in a folder; neither links nor dots lead out of it."""
    try:
        path = (folder / image).resolve()
        inside = path.is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        inside = False
    if not inside or "://" in image or Path(image).is_absolute():
        raise BadInputError(
            tr("{file} is not a file in the folder of the catalogue.", file=image),
            tr("Save the picture there, and write its path from there, such as images/louvre.jpg."),
        )
    if not is_file(path):
        raise BadInputError(
            tr("{file} is not in the folder of the catalogue.", file=image),
            tr("Save the picture there."),
        )
    return required(path, MOST_OCTETS)


def _no_picture(image: str) -> BadInputError:
    return BadInputError(
        tr("{file} is not a picture that can be read.", file=image),
        tr("Save it as JPEG, PNG or WebP."),
    )


def _too_large(image: str) -> BadInputError:
    most = wording.number(MOST_PIXELS / 1e6)
    return BadInputError(
        tr("{file} has more than {most} million pixels.", file=image, most=most),
        tr("Make it smaller: a thousand pixels from side to side are plenty."),
    )
