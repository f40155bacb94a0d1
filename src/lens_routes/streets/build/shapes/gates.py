"""Put gates with hours into their ways, as bits of way that are open when the gate is."""

from __future__ import annotations

import math
from itertools import count
from typing import TYPE_CHECKING, Protocol

import numpy as np

from lens_routes.streets.access.barriers import through_gate
from lens_routes.streets.build.shapes.apply import FIRST_ID
from lens_routes.streets.network.network import TURN_E7

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Tags = Mapping[str, str]
    #: Nodes of one bit of a way, and whether it lies in a gate.
    Piece = tuple[list[int], int | None]

#: How far a gate reaches to either side, 1e-7 degrees: a metre, or half way to the next node.
REACH_E7 = 100


class Collector(Protocol):
    """The ways of a source."""

    gates: dict[int, dict[str, str]]

    def through(self, nodes: Ints) -> list[tuple[int, Tags, Ints]]:
        """Return the ways through some nodes: number, tags and nodes of each."""

    def replace(self, way: int, pieces: Iterable[tuple[int, Tags, Iterable[int]]]) -> None:
        """Take pieces, with ids, in the place of a way."""


def put_in_gates(ways: Collector, places: dict[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Cut ways at the gates whose hours are known.

    Parameters
    ----------
    ways
        The ways.
    places
        Where the nodes of the ways through gates are, 1e-7 degrees, by id.

    Returns
    -------
    added
        Where the ends of the bits in the gates are, by ids no map uses.
    """
    numbers = count(2 * FIRST_ID, -1)
    added: dict[int, tuple[int, int]] = {}

    def beside(gate: int, other: int) -> int:
        """Return a new node on the way from a gate to another node."""
        number = next(numbers)
        (x, y), (far_x, far_y) = places[gate], places[other]
        east = (far_x - x + TURN_E7 // 2) % TURN_E7 - TURN_E7 // 2
        share = min(0.5, REACH_E7 / max(math.hypot(east, far_y - y), 1.0))
        added[number] = round(x + share * east), round(y + share * (far_y - y))
        return number

    for way, tags, refs in ways.through(np.array(sorted(ways.gates))):
        pieces = _cut(refs.tolist(), ways.gates.keys() & places.keys(), places, beside)
        ways.replace(
            way,
            [
                (next(numbers), tags if gate is None else through_gate(tags, ways.gates[gate]), run)
                for run, gate in pieces
            ],
        )
    return added


def _cut(
    refs: list[int],
    gates: Iterable[int],
    places: Mapping[int, object],
    beside: Callable[[int, int], int],
) -> Iterator[Piece]:
    run: list[int] = []
    for number, ref in enumerate(refs):
        if ref not in gates:
            run.append(ref)
            continue
        within = [ref]
        if number and refs[number - 1] in places:
            within.insert(0, beside(ref, refs[number - 1]))
        if number + 1 < len(refs) and refs[number + 1] in places:
            within.append(beside(ref, refs[number + 1]))
        yield [*run, within[0]], None
        yield within, ref
        run = [within[-1]]
    yield run, None
