"""A civil day as a line of states, and how rules paint on it."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from lens_routes.catalogue.hours.model import Opening
from lens_routes.catalogue.hours.rules import DAY_MIN


class Piece(NamedTuple):
    """A stretch of a day, minutes after midnight, of one state."""

    begin: int
    end: int
    state: Opening
    comment: str


Line = list[Piece]


class Stroke(NamedTuple):
    """What a rule says about a stretch of a day; one that ``doubts`` only darkens what is said."""

    begin: int
    end: int
    state: Opening
    comment: str
    doubts: bool = False


def closed_day() -> Line:
    """Return a day nothing is said about."""
    return [Piece(0, DAY_MIN, Opening.CLOSED, "")]


def paint(line: Line, stroke: Stroke, *, where_closed: bool) -> Line:
    """Lay a stroke over a line; a fallback's only shows where the line is closed."""
    painted: Line = []
    for piece in line:
        begin, end = max(piece.begin, stroke.begin), min(piece.end, stroke.end)
        closed = piece.state is Opening.CLOSED
        if begin >= end or (where_closed and not closed) or (stroke.doubts and closed):
            painted.append(piece)
            continue
        if piece.begin < begin:
            painted.append(piece._replace(end=begin))
        painted.append(Piece(begin, end, stroke.state, stroke.comment))
        if end < piece.end:
            painted.append(piece._replace(begin=end))
    return painted


def agree(lines: list[Line], doubt: str) -> Line:
    """Return what all lines say; where they differ the state is unknown, for the reason given."""
    first, *others = lines
    for other in others:
        cuts = sorted({piece.begin for piece in (*first, *other)} | {DAY_MIN})
        merged: Line = []
        for begin, end in itertools.pairwise(cuts):
            one, two = _at(first, begin), _at(other, begin)
            if one.state is two.state:
                merged.append(one._replace(begin=begin, end=end))
            else:
                merged.append(Piece(begin, end, Opening.UNKNOWN, doubt))
        first = merged
    return first


def _at(line: Line, minute: int) -> Piece:
    return next(piece for piece in line if piece.begin <= minute < piece.end)
