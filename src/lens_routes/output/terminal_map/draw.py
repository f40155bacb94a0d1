"""A map in the terminal: streets in dots, the way on them, numbers at the stops, north up."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from lens_routes.output.shared.safe_text import isolate
from lens_routes.output.shared.safe_text import line as one_line
from lens_routes.output.terminal_map import layers
from lens_routes.output.terminal_map.frame import Frame, Raster, frame_around
from lens_routes.output.terminal_map.labels import Label, place_labels, place_names
from lens_routes.output.terminal_map.sketch import Sign
from lens_routes.text import units, wording
from lens_routes.text.language import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens_routes.output.terminal_map.sketch import Mark, Sketch
    from lens_routes.plan.basemap import BaseMap

#: Signs that plain ASCII has instead.
_ASCII_SIGNS = {Sign.START: "@", Sign.END: "X", Sign.PAUSE: "o"}
_SIGN_STYLES = {Sign.START: "bold white on green", Sign.END: "bold white on blue"}
_NUMBER_STYLE = "bold white on red"
_CHOSEN_STYLE = "bold black on yellow"
#: Lengths a scale bar may have, metres.
_SCALES = tuple(digit * 10**power for power in range(7) for digit in (1, 2, 5))


@dataclass(frozen=True, slots=True)
class MapLook:
    """The terminal a map is for: its size, and whether it knows Unicode and colours."""

    width: int
    height: int
    unicode: bool
    colour: bool


def frame_of(sketch: Sketch, look: MapLook) -> Frame:
    """Return the part of the earth that a map of a sketch shows: it asks for that base map."""
    return frame_around(sketch.points, look.width, look.height)


def render_map(sketch: Sketch, frame: Frame, base: BaseMap | None, look: MapLook) -> Iterator[Text]:
    """Yield a map line by line, then what its signs mean.

    Parameters
    ----------
    sketch
        What to show.
    frame
        Where, by `frame_of`.
    base
        The streets within the frame's bounds; None where none are installed.
    look
        The terminal.
    """
    drawing, left_out, lines = _drawn(sketch, frame, ground_of(frame, base, look), look)
    yield from lines
    for words in (scale_of(frame, base, look), _meaning(sketch, drawing, look)):
        yield from _wrapped(words, frame.columns)
    yield from _wrapped(_notes(sketch, base, left_out), frame.columns)


def ground_of(frame: Frame, base: BaseMap | None, look: MapLook) -> layers.Drawing:
    """Return the streets of a map, drawn: what stays as it is while marks come and go."""
    return layers.draw_ground(base, _raster(frame, look))


def draw_map(sketch: Sketch, frame: Frame, ground: layers.Drawing, look: MapLook) -> Iterator[Text]:
    """Yield the lines of a map on streets that are drawn already, without what its signs mean."""
    yield from _drawn(sketch, frame, ground, look)[2]


def _raster(frame: Frame, look: MapLook) -> Raster:
    return Raster(frame, 2, 4) if look.unicode else Raster(frame, 1, 1)


def _drawn(
    sketch: Sketch, frame: Frame, ground: layers.Drawing, look: MapLook
) -> tuple[layers.Drawing, int, Iterator[Text]]:
    """Return the drawing, how many marks found no room, and its lines."""
    drawing = layers.draw_ways(sketch, ground, _raster(frame, look))
    wanted = ((*_label(mark, look), *frame.place(mark.point)) for mark in _by_weight(sketch.marks))
    labels, left_out = place_labels(wanted, frame.columns, frame.rows)
    way = {cell for cell, ink in drawing.inks.items() if ink in (layers.WALK, layers.RIDE)}
    blocked = way.union(*(label.cells for label in labels))
    names = place_names(drawing.named, blocked, frame.columns, frame.rows)
    return drawing, left_out, _lines(drawing, [*names, *labels], frame, look)


def _by_weight(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks, start and end first, the breaks last: what comes first gets the spot."""
    order = {Sign.START: 0, Sign.END: 0, Sign.PAUSE: 2}

    def weight(mark: Mark) -> tuple[bool, int]:
        return not mark.chosen, order[mark.sign] if isinstance(mark.sign, Sign) else 1

    return sorted(marks, key=weight)


def _label(mark: Mark, look: MapLook) -> tuple[str, str]:
    """Return the text and the style of a mark."""
    if isinstance(mark.sign, Sign):
        sign = str(mark.sign) if look.unicode else _ASCII_SIGNS[mark.sign]
        style = _SIGN_STYLES.get(mark.sign, _NUMBER_STYLE)
    else:
        sign, style = str(mark.sign), _NUMBER_STYLE
    if mark.chosen:
        return (f"▸{sign} ", _CHOSEN_STYLE) if look.colour else (f"[{sign}]", "bold")
    return (f" {sign} ", style) if look.colour else (f"({sign})", "")


def _lines(
    drawing: layers.Drawing, labels: Iterable[Label], frame: Frame, look: MapLook
) -> Iterator[Text]:
    cells = drawing.characters(braille=look.unicode)
    for label in labels:
        for offset, letter in enumerate(label.text):
            cells[label.column + offset, label.row] = (letter, label.style)
    width = [0] * frame.rows
    for column, row in cells:
        width[row] = max(width[row], column + 1)
    for row in range(frame.rows):
        line = Text()
        drawn = [cells.get((column, row), (" ", "")) for column in range(width[row])]
        for style, group in groupby(drawn, key=lambda cell: cell[1]):
            line.append("".join(character for character, _ in group), style)
        yield line


def scale_of(frame: Frame, base: BaseMap | None, look: MapLook) -> Iterator[Text]:
    """Yield the scale of a map, where north is, and whose streets it shows."""
    longest_m = frame.columns / 3 * frame.cell_m
    metres = max((m for m in _SCALES if m <= longest_m), default=_SCALES[0])
    dashes = max(round(metres / frame.cell_m) - 2, 0)
    bar = f"├{'─' * dashes}┤" if look.unicode else f"|{'-' * dashes}|"
    whole = metres >= 1000 and not units.imperial()
    long = tr("{n} km", n=metres // 1000) if whole else wording.distance(metres)
    yield Text(f"{bar} {long}")
    yield Text(tr("{arrow} north", arrow="↑" if look.unicode else "^"))
    if base is not None:
        yield Text(base.credit, "dim")


def _meaning(sketch: Sketch, drawing: layers.Drawing, look: MapLook) -> Iterator[Text]:
    """Yield what the inks and signs stand for, as far as they are on the map."""
    for mark in sketch.marks:
        sign, style = _label(mark, look)
        yield Text.assemble((sign, style), f" {isolate(one_line(mark.name))}")
    meanings = {
        layers.WALK: tr("on foot"),
        layers.RIDE: tr("by bus or train"),
        layers.RAILWAY: tr("railway"),
        layers.WATER: tr("water"),
        layers.GREEN: tr("green"),
    }
    used = set(drawing.inks.values())
    samples = {layers.WATER: "⢕⢕", layers.GREEN: "⠐⠄", layers.RAILWAY: "⠤⠤", layers.RIDE: "⠶ ⠶"}
    for ink, meaning in meanings.items():
        if ink in used:
            sample = samples.get(ink, "⠶⠶") if look.unicode else 2 * ink.letter
            yield Text.assemble((sample, ink.style), f" {meaning}")


def _notes(sketch: Sketch, base: BaseMap | None, left_out: int) -> Iterator[Text]:
    straight = not all(track.traced for track in sketch.tracks)
    if base is None:
        yield Text(tr("Without streets: none are installed."))
        install = "lens-routes streets download --places"
        yield Text(tr("Install them: {command}", command=install))
    elif not base.lines:
        yield Text(tr("Without streets: the installed ones do not reach here."))
    if straight:
        yield Text(tr("Straight lines stand for ways whose streets are not known."))
    if left_out:
        yield Text(
            trn(
                "{n} stop found no room on the map; a wider terminal shows it.",
                "{n} stops found no room on the map; a wider terminal shows them.",
                left_out,
            )
        )


def _wrapped(entries: Iterable[Text], width: int) -> Iterator[Text]:
    """Yield entries in as few lines as they fill, cut where one alone is too long."""
    line = Text()
    for entry in entries:
        if line and cell_len(line.plain) + 2 + cell_len(entry.plain) > width:
            yield line
            line = Text()
        line = Text.assemble(line, "  ", entry) if line else entry
        while cell_len(line.plain) > width:
            head, line = line.divide([_fitting(line.plain, width)])
            head.rstrip()
            yield head
    if line:
        yield line


def _fitting(text: str, width: int) -> int:
    """Return how many letters of *text* fit, up to a space where there is one."""
    count = len(text)
    while cell_len(text[:count]) > width:
        count -= 1
    space = text.rfind(" ", 0, count + 1)
    return space + 1 if space > 0 else max(count, 1)
