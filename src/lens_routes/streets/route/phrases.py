"""Say instructions, in any language.

Each turn is a whole sentence, since no two languages put its parts together alike. ``{way}`` comes
with its article: "the footpath", "le sentier"; "Rue Paul Bert", "la rue Paul Bert".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.streets.route.directions import Family, Turn, family
from lens_routes.text import wording
from lens_routes.text.language import Said, marked, said_in, tr

if TYPE_CHECKING:
    from lens_routes.streets.route.directions import Instruction
    from lens_routes.text.language import Said

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
#: What an unnamed way is called, and what is said of each direction, turn and arrival.
_WAYS = {
    Family.FOOTPATH: marked("the footpath"),
    Family.STEPS: marked("the steps"),
    Family.PEDESTRIAN: marked("the pedestrian street"),
    Family.TRACK: marked("the track"),
    Family.CYCLEWAY: marked("the cycle path"),
    Family.BRIDLEWAY: marked("the bridleway"),
    Family.SERVICE: marked("the service road"),
    Family.MAIN_ROAD: marked("the main road"),
    Family.ROAD: marked("the unnamed road"),
    Family.STREET: marked("the unnamed street"),
    Family.SQUARE: marked("the square"),
    Family.GATE: marked("the gate"),
    Family.PLATFORM: marked("the platform"),
    Family.PIER: marked("the pier"),
}
_HEAD = (
    marked("Head north on {way}"),
    marked("Head northeast on {way}"),
    marked("Head east on {way}"),
    marked("Head southeast on {way}"),
    marked("Head south on {way}"),
    marked("Head southwest on {way}"),
    marked("Head west on {way}"),
    marked("Head northwest on {way}"),
)
_ONTO = {
    Turn.STRAIGHT: marked("Continue onto {way}"),
    Turn.SLIGHT_LEFT: marked("Bear left onto {way}"),
    Turn.LEFT: marked("Turn left onto {way}"),
    Turn.SHARP_LEFT: marked("Turn sharp left onto {way}"),
    Turn.SLIGHT_RIGHT: marked("Bear right onto {way}"),
    Turn.RIGHT: marked("Turn right onto {way}"),
    Turn.SHARP_RIGHT: marked("Turn sharp right onto {way}"),
}
_ALONG = {
    Turn.STRAIGHT: marked("Continue along {way}"),
    Turn.SLIGHT_LEFT: marked("Bear left along {way}"),
    Turn.LEFT: marked("Turn left along {way}"),
    Turn.SHARP_LEFT: marked("Turn sharp left along {way}"),
    Turn.SLIGHT_RIGHT: marked("Bear right along {way}"),
    Turn.RIGHT: marked("Turn right along {way}"),
    Turn.SHARP_RIGHT: marked("Turn sharp right along {way}"),
    Turn.U_TURN: marked("Turn back along {way}"),
}
_STAY_ON = {
    Turn.STRAIGHT: marked("Continue to stay on {way}"),
    Turn.SLIGHT_LEFT: marked("Bear left to stay on {way}"),
    Turn.LEFT: marked("Turn left to stay on {way}"),
    Turn.SHARP_LEFT: marked("Turn sharp left to stay on {way}"),
    Turn.SLIGHT_RIGHT: marked("Bear right to stay on {way}"),
    Turn.RIGHT: marked("Turn right to stay on {way}"),
    Turn.SHARP_RIGHT: marked("Turn sharp right to stay on {way}"),
}
_TAKE = {
    Turn.STRAIGHT: marked("Take {steps}"),
    Turn.SLIGHT_LEFT: marked("Bear left and take {steps}"),
    Turn.LEFT: marked("Turn left and take {steps}"),
    Turn.SHARP_LEFT: marked("Turn sharp left and take {steps}"),
    Turn.SLIGHT_RIGHT: marked("Bear right and take {steps}"),
    Turn.RIGHT: marked("Turn right and take {steps}"),
    Turn.SHARP_RIGHT: marked("Turn sharp right and take {steps}"),
    Turn.U_TURN: marked("Turn back and take {steps}"),
}
_ARRIVE = {
    Turn.ARRIVE: marked("Arrive at {place}"),
    Turn.ARRIVE_LEFT: marked("Arrive at {place}, on the left"),
    Turn.ARRIVE_RIGHT: marked("Arrive at {place}, on the right"),
}


def phrase(instruction: Instruction, destination: str) -> Said:
    """Return an instruction as a sentence without its distance or full stop.

    Parameters
    ----------
    instruction
        What to do.
    destination
        What the walk arrives at, as it is named to people.
    """
    if instruction.turn in _ARRIVE:
        return tr(_ARRIVE[instruction.turn], place=destination)
    said = _going(instruction)
    if instruction.pushing:
        said = tr("{sentence}, pushing the bike", sentence=said)
    if instruction.mounts:
        said = tr("{sentence}, riding again", sentence=said)
    if instruction.hours:
        said = tr("{sentence} (the map says: {hours})", sentence=said, hours=instruction.hours)
    return said


def _going(instruction: Instruction) -> Said:
    """Return what is said of going a way, before anything is added."""
    turn, kind = instruction.turn, family(instruction.kind)
    if kind is Family.FERRY:
        return tr("Take the ferry, {duration} on the water", duration=_minutes(instruction))
    if kind is Family.GATE:
        return tr("Go through the gate")
    if turn is not Turn.DEPART and kind is Family.STEPS:
        return tr(_TAKE[turn], steps=_steps(instruction.street))
    return tr(_sentence(instruction), way=way_name(instruction.street, instruction.kind))


def _minutes(instruction: Instruction) -> Said:
    return wording.duration(instruction.seconds)


def _sentence(instruction: Instruction) -> str:
    """Return what is said of taking a way that is not steps."""
    turn = instruction.turn
    if turn is Turn.DEPART:
        return _HEAD[round(instruction.heading_deg / 45) % 8]
    if turn is Turn.U_TURN or (instruction.stays and not instruction.street):
        return _ALONG[turn]
    return _STAY_ON[turn] if instruction.stays else _ONTO[turn]


def way_name(street: str, kind: str) -> Said:
    """Return the name of a street, or what an unnamed way of a kind is called."""
    if street:
        return said_in({"en": street, "fr": _with_french_article(street)})
    return tr(_WAYS[family(kind)])


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
