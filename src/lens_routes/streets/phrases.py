"""Say instructions, in any language.

Each turn is a whole sentence, since no two languages put its parts together alike. ``{way}`` comes
with its article: "the footpath", "le sentier"; "Rue Paul Bert", "la rue Paul Bert".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.language import said_in, tr
from lens_routes.streets.directions import Family, Turn, family

if TYPE_CHECKING:
    from lens_routes.language import Said
    from lens_routes.streets.directions import Instruction

#: What French streets are called, by gender: a sentence needs their article.
_FEMININE = frozenset(
    {
        "allée", "avenue", "chaussée", "cité", "cour", "drève", "esplanade", "impasse",
        "passerelle", "place", "placette", "promenade", "résidence", "rocade", "route", "rue",
        "ruelle", "sente", "traverse", "venelle", "villa", "voie",
    }
)  # fmt: skip
_MASCULINE = frozenset(
    {
        "boulevard", "carrefour", "chemin", "clos", "coron", "cours", "domaine", "escalier",
        "faubourg", "hameau", "jardin", "mail", "parc", "parking", "parvis", "passage", "pont",
        "quai", "rond-point", "sentier", "square", "tunnel",
    }
)  # fmt: skip


def phrase(instruction: Instruction, destination: str) -> Said:
    """Return an instruction as a sentence without its distance or full stop.

    Parameters
    ----------
    instruction
        What to do.
    destination
        What the walk arrives at, as it is named to people.
    """
    turn = instruction.turn
    if turn in (Turn.ARRIVE, Turn.ARRIVE_LEFT, Turn.ARRIVE_RIGHT):
        return _arrive(turn, destination)
    if turn is Turn.DEPART:
        return _head(instruction.heading_deg, way_name(instruction))
    if family(instruction.kind) is Family.STEPS:
        return _take(turn, _steps(instruction.street))
    way = way_name(instruction)
    if turn is Turn.U_TURN or (instruction.stays and not instruction.street):
        return _along(turn, way)
    return _stay_on(turn, way) if instruction.stays else _onto(turn, way)


def way_name(instruction: Instruction) -> Said:
    """Return the name of the street of an instruction, or what the unnamed way is called."""
    if instruction.street:
        name = instruction.street
        return said_in({"en": name, "fr": _with_french_article(name)})
    return {
        Family.FOOTPATH: tr("the footpath"),
        Family.STEPS: tr("the steps"),
        Family.PEDESTRIAN: tr("the pedestrian street"),
        Family.TRACK: tr("the track"),
        Family.CYCLEWAY: tr("the cycle path"),
        Family.BRIDLEWAY: tr("the bridleway"),
        Family.SERVICE: tr("the service road"),
        Family.MAIN_ROAD: tr("the main road"),
        Family.ROAD: tr("the unnamed road"),
        Family.STREET: tr("the unnamed street"),
    }[family(instruction.kind)]


def _with_french_article(name: str) -> str:
    """Return ``Rue Paul Bert`` as ``la rue Paul Bert``; a name of another kind as it is."""
    kind, _, rest = name.partition(" ")
    word = kind.lower()
    if not rest or word not in _FEMININE | _MASCULINE:
        return name
    article = "la " if word in _FEMININE else "le "
    return f"{'l’' if word[0] in 'aeéi' else article}{word} {rest}"


def _steps(name: str) -> Said:
    return tr("the steps ({name})", name=name) if name else tr("the steps")


def _head(heading_deg: float, way: str) -> Said:
    return (
        tr("Head north on {way}", way=way),
        tr("Head northeast on {way}", way=way),
        tr("Head east on {way}", way=way),
        tr("Head southeast on {way}", way=way),
        tr("Head south on {way}", way=way),
        tr("Head southwest on {way}", way=way),
        tr("Head west on {way}", way=way),
        tr("Head northwest on {way}", way=way),
    )[round(heading_deg / 45) % 8]


def _onto(turn: Turn, way: str) -> Said:
    return {
        Turn.STRAIGHT: tr("Continue onto {way}", way=way),
        Turn.SLIGHT_LEFT: tr("Bear left onto {way}", way=way),
        Turn.LEFT: tr("Turn left onto {way}", way=way),
        Turn.SHARP_LEFT: tr("Turn sharp left onto {way}", way=way),
        Turn.SLIGHT_RIGHT: tr("Bear right onto {way}", way=way),
        Turn.RIGHT: tr("Turn right onto {way}", way=way),
        Turn.SHARP_RIGHT: tr("Turn sharp right onto {way}", way=way),
    }[turn]


def _along(turn: Turn, way: str) -> Said:
    """Say a turn on a way without a name that goes on."""
    return {
        Turn.STRAIGHT: tr("Continue along {way}", way=way),
        Turn.SLIGHT_LEFT: tr("Bear left along {way}", way=way),
        Turn.LEFT: tr("Turn left along {way}", way=way),
        Turn.SHARP_LEFT: tr("Turn sharp left along {way}", way=way),
        Turn.SLIGHT_RIGHT: tr("Bear right along {way}", way=way),
        Turn.RIGHT: tr("Turn right along {way}", way=way),
        Turn.SHARP_RIGHT: tr("Turn sharp right along {way}", way=way),
        Turn.U_TURN: tr("Turn back along {way}", way=way),
    }[turn]


def _stay_on(turn: Turn, way: str) -> Said:
    return {
        Turn.STRAIGHT: tr("Continue to stay on {way}", way=way),
        Turn.SLIGHT_LEFT: tr("Bear left to stay on {way}", way=way),
        Turn.LEFT: tr("Turn left to stay on {way}", way=way),
        Turn.SHARP_LEFT: tr("Turn sharp left to stay on {way}", way=way),
        Turn.SLIGHT_RIGHT: tr("Bear right to stay on {way}", way=way),
        Turn.RIGHT: tr("Turn right to stay on {way}", way=way),
        Turn.SHARP_RIGHT: tr("Turn sharp right to stay on {way}", way=way),
    }[turn]


def _take(turn: Turn, steps: str) -> Said:
    return {
        Turn.STRAIGHT: tr("Take {steps}", steps=steps),
        Turn.SLIGHT_LEFT: tr("Bear left and take {steps}", steps=steps),
        Turn.LEFT: tr("Turn left and take {steps}", steps=steps),
        Turn.SHARP_LEFT: tr("Turn sharp left and take {steps}", steps=steps),
        Turn.SLIGHT_RIGHT: tr("Bear right and take {steps}", steps=steps),
        Turn.RIGHT: tr("Turn right and take {steps}", steps=steps),
        Turn.SHARP_RIGHT: tr("Turn sharp right and take {steps}", steps=steps),
        Turn.U_TURN: tr("Turn back and take {steps}", steps=steps),
    }[turn]


def _arrive(turn: Turn, place: str) -> Said:
    return {
        Turn.ARRIVE: tr("Arrive at {place}", place=place),
        Turn.ARRIVE_LEFT: tr("Arrive at {place}, on the left", place=place),
        Turn.ARRIVE_RIGHT: tr("Arrive at {place}, on the right", place=place),
    }[turn]
