"""Keep the compiled network of streets, with what lies around them, in one mapped file."""

from __future__ import annotations

import contextlib
import dataclasses
import shlex
from typing import TYPE_CHECKING, Any

from lens_routes.errors import NotInstalledError
from lens_routes.files import mapped_file, territory
from lens_routes.streets.network.amenities import Amenities
from lens_routes.streets.network.classes import Classes
from lens_routes.streets.network.landscape import Landscape
from lens_routes.streets.network.network import Fences, Grid, Meta, Network
from lens_routes.streets.network.source import MapSource
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from pathlib import Path

_STREETS = {
    "node_lon_e7": "i",
    "node_lat_e7": "i",
    "first_arc": "i",
    "arcs": "i",
    "arc_permits": "H",
    "node_stops": "B",
    "edge_tail": "i",
    "edge_head": "i",
    "edge_length_m": "d",
    "edge_class": "i",
    "edge_ascent_m": "f",
    "edge_descent_m": "f",
    "first_height": "i",
    "height_m": "f",
    "edge_name": "i",
    "first_point": "i",
    "point_lon_e7": "i",
    "point_lat_e7": "i",
    "first_name_byte": "i",
    "name_bytes": "B",
    "cell_first": "i",
    "cell_segment": "i",
}
_CLASSES = {"first_class_byte": "i", "class_text": "B"}
_FENCES = {f"fence_{name}": "i" for name in ("lon_e7", "lat_e7", "first", "segment")}
_BYTES = {"look", "blocks", "name_bytes", "need", "wheelchair", "text_bytes"}
_LANDSCAPE = {
    field.name: "B" if field.name in _BYTES else "i" for field in dataclasses.fields(Landscape)
}
_AMENITIES = {
    field.name: "B" if field.name in _BYTES else "i" for field in dataclasses.fields(Amenities)
}
_AROUND = "around."
_POINTS = "points."
FORM = mapped_file.Format(
    magic=b"LRSTREET",
    version=5,
    sections={
        **_STREETS,
        **_CLASSES,
        **_FENCES,
        **{_AROUND + name: code for name, code in _LANDSCAPE.items()},
        **{_POINTS + name: code for name, code in _AMENITIES.items()},
    },
)


class StreetsNotInstalledError(NotInstalledError):
    """There is no street network on this machine."""


class StreetsUnusableError(NotInstalledError):
    """The street network on this machine is damaged, or of another version of the program.

    ``source`` says what it was built from when that can still be read, so that it can be rebuilt.
    """

    def __init__(self, path: Path, reason: str, source: MapSource | None) -> None:
        super().__init__(
            tr("The street network {path} {reason}.", path=path, reason=reason),
            tr("Build it again: {command}", command=_command(source)),
        )
        self.source = source


def _command(source: MapSource | None) -> str:
    """Return the command that builds a network from *source* again."""
    clip = f" --bbox={','.join(map(str, source.bbox))}" if source and source.bbox else ""
    if source is None or source.kind == "overpass":
        return f"lens-routes streets download{clip}"
    return f"lens-routes streets import {shlex.quote(source.name)}{clip}"


def default_path() -> Path:
    """Return where the street network of the territory in use is kept."""
    return territory.network_in(territory.folder())


def save(network: Network, path: Path) -> None:
    """Write a network to *path*, whole or not at all.

    Raises
    ------
    StorageError
        The folder cannot be written, or the disk is full.
    """
    about = {
        "source": dataclasses.asdict(network.meta.source),
        "meta": {k: v for k, v in _fields(network.meta).items() if k != "source"},
        "grid": _fields(network.grid),
        "fence_grid": _fields(network.fences.grid) if network.fences.grid else None,
    }
    buffers = {name: getattr(network, name) for name in _STREETS}
    classes = {"first_class_byte": network.classes.first_byte, "class_text": network.classes.text}
    fences = {name: getattr(network.fences, name.removeprefix("fence_")) for name in _FENCES}
    around = {_AROUND + name: getattr(network.landscape, name) for name in _LANDSCAPE}
    points = {_POINTS + name: getattr(network.amenities, name) for name in _AMENITIES}
    mapped_file.write(path, FORM, about, {**buffers, **classes, **fences, **around, **points})


def load(path: Path) -> Network:
    """Map a network into memory, after checking that every byte of it is as it was written.

    Raises
    ------
    StreetsNotInstalledError
        There is no such file.
    StreetsUnusableError
        The file is damaged, or was written by another version of the program.
    """
    try:
        about, buffers = mapped_file.read(path, FORM)
    except FileNotFoundError:
        raise _missing() from None
    except mapped_file.UnusableFileError as error:
        raise _unusable(path, error) from error
    return Network(
        **{name: buffers[name] for name in _STREETS},
        classes=Classes(buffers["first_class_byte"], buffers["class_text"]),
        grid=Grid(**about["grid"]),
        fences=Fences(
            Grid(**about["fence_grid"]) if about["fence_grid"] else None,
            *(buffers[name] for name in _FENCES),
        ),
        meta=_meta(about),
        landscape=Landscape(**{name: buffers[_AROUND + name] for name in _LANDSCAPE}),
        amenities=Amenities(**{name: buffers[_POINTS + name] for name in _AMENITIES}),
    )


def info(path: Path) -> Meta:
    """Return what a network is made of, reading and checking its header only.

    Raises
    ------
    StreetsNotInstalledError, StreetsUnusableError
        As `load`, except that damage behind the header goes unnoticed.
    """
    try:
        return _meta(mapped_file.read_about(path, FORM))
    except FileNotFoundError:
        raise _missing() from None
    except mapped_file.UnusableFileError as error:
        raise _unusable(path, error) from error


def _missing() -> StreetsNotInstalledError:
    return StreetsNotInstalledError(
        tr("No street network is installed."),
        tr("Install one: {command}", command="lens-routes streets download"),
    )


def _unusable(path: Path, error: mapped_file.UnusableFileError) -> StreetsUnusableError:
    source = None
    # How another version writes its header is not ours to know.
    with contextlib.suppress(KeyError, TypeError):
        source = _source(error.about or {})
    return StreetsUnusableError(path, error.reason, source)


def _meta(about: dict[str, Any]) -> Meta:
    meta = dict(about["meta"], bbox=tuple(about["meta"]["bbox"]))
    return Meta(**meta, source=_source(about))


def _source(about: dict[str, Any]) -> MapSource:
    source = dict(about["source"])
    if source["bbox"] is not None:
        source["bbox"] = tuple(source["bbox"])
    return MapSource(**source)


def _fields(record: Meta | Grid) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
