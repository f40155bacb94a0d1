"""What a person asks of every journey: how many rides, how long a change, by what, with a chair."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from lens_routes.errors import UsageError
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.text.words import fold

#: Nobody changes more often; a round more costs nothing where nothing more is reached.
MOST_RIDES = 20


class Mode(StrEnum):
    """What runs on a line, in as few kinds as people tell apart."""

    TRAIN = "train"
    METRO = "metro"
    TRAM = "tram"
    BUS = "bus"
    FERRY = "ferry"
    CABLE_CAR = "cable-car"
    FUNICULAR = "funicular"
    MONORAIL = "monorail"
    PLANE = "plane"
    TAXI = "taxi"
    OTHER = "other"


class Preference(StrEnum):
    """Which of several good journeys comes first."""

    EARLIER = "earlier"
    FEWER_CHANGES = "fewer-changes"
    LESS_WALKING = "less-walking"


_BASIC = {
    0: Mode.TRAM, 1: Mode.METRO, 2: Mode.TRAIN, 3: Mode.BUS, 4: Mode.FERRY, 5: Mode.TRAM,
    6: Mode.CABLE_CAR, 7: Mode.FUNICULAR, 11: Mode.BUS, 12: Mode.MONORAIL, 405: Mode.MONORAIL,
}  # fmt: skip
#: The hundreds of the extended route types; coaches and trolleybuses are buses to who avoids them.
_HUNDREDS = {
    1: Mode.TRAIN, 2: Mode.BUS, 3: Mode.TRAIN, 4: Mode.METRO, 5: Mode.METRO, 6: Mode.METRO,
    7: Mode.BUS, 8: Mode.BUS, 9: Mode.TRAM, 10: Mode.FERRY, 11: Mode.PLANE, 12: Mode.FERRY,
    13: Mode.CABLE_CAR, 14: Mode.FUNICULAR, 15: Mode.TAXI,
}  # fmt: skip


#: What else they are called, in either language, folded.
_ALSO = {
    **dict.fromkeys(("bus", "coach", "trolleybus", "autobus", "autocar", "car"), Mode.BUS),
    **dict.fromkeys(("rail", "ter", "railway"), Mode.TRAIN),
    **dict.fromkeys(("subway", "underground"), Mode.METRO),
    **dict.fromkeys(("tramway", "streetcar"), Mode.TRAM),
    **dict.fromkeys(("bateau", "bateaux", "bac", "boat"), Mode.FERRY),
    **dict.fromkeys(("telepherique", "telecabine", "gondola"), Mode.CABLE_CAR),
    **dict.fromkeys(("funiculaire",), Mode.FUNICULAR),
    **dict.fromkeys(("avion",), Mode.PLANE),
}
_PREFERENCES = {
    **dict.fromkeys(("plus tot", "au plus tot", "earliest"), Preference.EARLIER),
    **dict.fromkeys(
        ("moins de correspondances", "moins de changements", "fewest changes"),
        Preference.FEWER_CHANGES,
    ),
    **dict.fromkeys(("moins de marche", "moins a pied", "least walking"), Preference.LESS_WALKING),
}


def mode_of(route_type: int) -> Mode:
    """Return what runs on a line, from GTFS's ``route_type``, basic or extended."""
    return _BASIC.get(route_type) or _HUNDREDS.get(route_type // 100, Mode.OTHER)


class Wishes(NamedTuple):
    """What every journey has to keep to.

    Give them to the `Network`: a network is what a person with these wishes can use of the
    timetables, so that every search, profile, matrix and board made from it keeps to them.

    Attributes
    ----------
    max_rides
        The most rides a journey may have, 1 or more; changes are one less.
    min_transfer_s
        The least seconds between alighting and boarding, whatever the feeds say; None for what
        they say, and `timetable.build.changes.USUAL_CHANGE_S` where they say nothing. A walk
        between two stops comes on top.
    avoid_modes
        What is not ridden.
    wheelchair
        Whether everything must be possible in a wheelchair: vehicles, stops and ways within
        stations of which the feed says that it is not are left out. What it says nothing about is
        kept, and every ride tells (`Ride.wheelchair`, `Place.wheelchair`: 0 for unknown).
    """

    max_rides: int = MOST_RIDES
    min_transfer_s: int | None = None
    avoid_modes: frozenset[Mode] = frozenset()
    wheelchair: bool = False

    @property
    def selective(self) -> bool:
        """Whether some runs of a timetable may have to be left out."""
        return bool(self.avoid_modes) or self.wheelchair


#: Of who asks for nothing.
NO_WISHES = Wishes()


def wished(
    *,
    max_rides: int | None = None,
    max_transfers: int | None = None,
    min_transfer_s: int | None = None,
    avoid_modes: tuple[str, ...] = (),
    wheelchair: bool = False,
) -> Wishes:
    """Return the wishes that options say, as people type them.

    Parameters
    ----------
    max_rides, max_transfers
        The most rides, or changes between them; the stricter holds; None for as many as it takes.
    min_transfer_s, wheelchair
        As in `Wishes`.
    avoid_modes
        Names of `Mode`, any case; also ``coach`` and ``trolleybus``, which are buses here.

    Raises
    ------
    UsageError
        A mode that nothing has, or all of them.
    """
    most = min(
        MOST_RIDES if max_rides is None else max_rides,
        MOST_RIDES if max_transfers is None else max_transfers + 1,
    )
    return Wishes(most, min_transfer_s, frozenset(map(parse_mode, avoid_modes)), wheelchair)


def parse_mode(text: str) -> Mode:
    """Return the mode that *text* names.

    Raises
    ------
    UsageError
        Nothing is called so; the message lists what is.
    """
    word = fold(text).replace(" ", "-")
    for name in (word, word.removesuffix("s"), word.removesuffix("es")):
        if name in _ALSO:
            return _ALSO[name]
    try:
        return Mode(word.removesuffix("s"))
    except ValueError:
        raise UsageError(
            tr("{mode} is no means of transport.", mode=wording.quoted(text)),
            tr("Known: {modes}.", modes=", ".join(Mode)),
        ) from None


def parse_preference(text: str) -> Preference:
    """Return the preference that *text* names.

    Raises
    ------
    UsageError
        Nothing is called so; the message lists what is.
    """
    word = fold(text)
    if word in _PREFERENCES:
        return _PREFERENCES[word]
    try:
        return Preference(word.replace(" ", "-"))
    except ValueError:
        raise UsageError(
            tr("{preference} is nothing to prefer.", preference=wording.quoted(text)),
            tr("Known: {preferences}.", preferences=", ".join(Preference)),
        ) from None
