"""Say instructions in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.streets.directions import Family, Turn, family

if TYPE_CHECKING:
    from lens_routes.streets.directions import Instruction

_WAYS = {
    Family.FOOTPATH: "the footpath",
    Family.STEPS: "the steps",
    Family.PEDESTRIAN: "the pedestrian street",
    Family.TRACK: "the track",
    Family.CYCLEWAY: "the cycle path",
    Family.BRIDLEWAY: "the bridleway",
    Family.SERVICE: "the service road",
    Family.MAIN_ROAD: "the main road",
    Family.ROAD: "the unnamed road",
    Family.STREET: "the unnamed street",
}
_COMPASS = (
    "north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest",
)  # fmt: skip
_MOVES = {
    Turn.STRAIGHT: "Continue",
    Turn.SLIGHT_LEFT: "Bear left",
    Turn.LEFT: "Turn left",
    Turn.SHARP_LEFT: "Turn sharp left",
    Turn.SLIGHT_RIGHT: "Bear right",
    Turn.RIGHT: "Turn right",
    Turn.SHARP_RIGHT: "Turn sharp right",
    Turn.U_TURN: "Turn back",
}
_ARRIVALS = {
    Turn.ARRIVE: "Arrive at {}",
    Turn.ARRIVE_LEFT: "Arrive at {}, on the left",
    Turn.ARRIVE_RIGHT: "Arrive at {}, on the right",
}


def way_name(instruction: Instruction) -> str:
    """Return the name of the street of an instruction, or what the unnamed way is called."""
    return instruction.street or _WAYS[family(instruction.kind)]


def phrase(instruction: Instruction, destination: str) -> str:
    """Return an instruction as an English sentence without its distance or full stop.

    Parameters
    ----------
    instruction
        What to do.
    destination
        What the walk arrives at, as it is named to people.
    """
    turn = instruction.turn
    if turn in _ARRIVALS:
        return _ARRIVALS[turn].format(destination)
    where = way_name(instruction)
    if turn is Turn.DEPART:
        compass = _COMPASS[round(instruction.heading_deg / 45) % 8]
        return f"Head {compass} on {where}"
    move = _MOVES[turn]
    if family(instruction.kind) is Family.STEPS:
        take = "Take" if turn is Turn.STRAIGHT else f"{move} and take"
        name = f" ({instruction.street})" if instruction.street else ""
        return f"{take} the steps{name}"
    if turn is Turn.U_TURN or (instruction.stays and not instruction.street):
        return f"{move} along {where}"
    if instruction.stays:
        return f"{move} to stay on {where}"
    return f"{move} onto {where}"
