"""A stop of a roadbook: the way to it, and what is to know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens_routes.output.roadbook import codes, ways
from lens_routes.output.roadbook.signs import Mark
from lens_routes.output.roadbook.strips import day_marks, walk_map
from lens_routes.output.roadbook.typography import set_name, set_words
from lens_routes.output.shared import caption, in_hand
from lens_routes.output.shared.elevation import profile_of, profile_svg
from lens_routes.output.shared.leg_parts import parts_of
from lens_routes.output.shared.map_links import geo_uri, openstreetmap
from lens_routes.output.shared.website import is_address
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.catalogue.picture import Picture
    from lens_routes.catalogue.place import Place
    from lens_routes.output.roadbook.layout import Layout
    from lens_routes.output.roadbook.strips import Surroundings
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Stop

#: A day of more stops is printed as a timetable alone: nobody walks it.
MOST_TOLD = 60
#: A shorter walk has no profile, metres; how high one is drawn, points.
_FLAT_M = 300
_PROFILE = 44.0


@dataclass(frozen=True, slots=True)
class Setting:
    """What the contents are made with besides the plan.

    Attributes
    ----------
    layout
        How generously the book is set.
    surroundings
        Gives what the maps are drawn on; None where no streets are installed.
    places
        The places of the catalogue by id, for their addresses, telephones and websites.
    pictures
        Pictures of the places, by id.
    tight
        The ids of the places at which little time in hand runs out.
    """

    layout: Layout
    surroundings: Surroundings | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    tight: frozenset[str] = frozenset()


def sections(day: Day, setting: Setting) -> Iterator[dict[str, Any]]:
    """Yield a section a stop: the way to it, then what it is; at last the way to the end."""
    if len(day.stops) > MOST_TOLD:
        return
    marks = day_marks(day)
    for leg, ends, (number, stop) in zip(
        day.legs, pairwise(marks), caption.numbered(day), strict=False
    ):
        yield {
            "sign": "break" if number is None else str(number),
            "name": set_name(stop.name),
            "time": f"{wording.clock(stop.begin)}–{wording.clock(stop.leave)}",
            "ways": _ways(leg, ends, setting),
            "card": _card(stop, setting, new_place=caption.moves(leg)),
        }
    if caption.moves(day.legs[-1]):
        yield {
            "sign": marks[-1].text,
            "name": set_name(_end_name(day)),
            "time": wording.clock(day.end_time),
            "ways": _ways(day.legs[-1], (marks[-2], marks[-1]), setting),
            "card": None,
        }


def _end_name(day: Day) -> str:
    if day.end.point == day.start.point:
        return tr("Back to {place}", place=day.end.name)
    return caption.endpoint("end", day.end.name)


def opening(stop: Stop) -> str:
    """Return when a place is open on the day of a visit, as a sentence."""
    return wording.sentence(stop.hours or caption.opening(stop.opening))


def _ways(leg: Leg, ends: tuple[Mark, Mark], setting: Setting) -> list[dict[str, Any]]:
    """Return the walks and rides of a leg, each walk with its map."""
    if not caption.moves(leg):
        return []
    parts = parts_of(leg)
    result = []
    for index, part in enumerate(parts):
        # Where the map finds no room on the page, some directions may go before it.
        values = {"id": f"{leg.depart.isoformat()} {index}", "room": 0.0, **ways.part_values(part)}
        if values["kind"] == "walk":
            # In between there are stations, known by the ends of the line alone.
            here = ends[0] if index == 0 else Mark("", (part.points or (ends[0].point,))[0])
            last = index == len(parts) - 1
            there = ends[1] if last else Mark("", (part.points or (ends[1].point,))[-1])
            whole = len(parts) == 1 or bool(part.points)
            if whole:
                strip = walk_map(part, (here, there), setting.layout, setting.surroundings)
                values["map"] = strip and strip.as_values()
                values["profile"] = _profile(part.leg, setting.layout)
        result.append(values)
    return result


def _profile(leg: Leg, layout: Layout) -> dict[str, Any] | None:
    """Return how a walk rises and falls, drawn; None where nobody knows or it is too short."""
    if leg.distance_m < _FLAT_M:
        return None
    words = tr("How the way rises and falls")
    svg = profile_svg(profile_of(leg), layout.text_width, _PROFILE, words)
    size = {"width": layout.text_width, "height": _PROFILE}
    return {"svg": svg, **size, "alt": set_words(words)} if svg else None


def _card(stop: Stop, setting: Setting, *, new_place: bool) -> dict[str, Any] | None:
    """Return what is to know of a stop; None of a break where one already is, if that is nothing.

    Such a break needs no code to get there.
    """
    place = setting.places.get(stop.place or "")
    facts: list[str] = []
    if wording.shown_s(stop.arrive, stop.begin):
        facts.append(
            tr(
                "You arrive at {time} and wait {duration}.",
                time=wording.clock(stop.arrive),
                duration=wording.between(stop.arrive, stop.begin),
            )
        )
    facts += stop.notes
    told = {
        "opening": set_words(opening(stop)) if stop.kind == "visit" else "",
        "late": set_words(_late(stop)) if stop.place in setting.tight else "",
        "facts": [set_words(text) for text in facts],
        "description": set_words(stop.description),
        "address": set_words(place.address or place.commune) if place else "",
        "phone": _phone(place.phone) if place and place.phone else None,
        "website": _website(place.website) if place and place.website else None,
        "picture": _picture(stop, setting.pictures.get(stop.place or "")),
    }
    code = {
        "qr": codes.qr_svg(geo_uri(stop.lon, stop.lat)),
        "alt": set_words(code_of(stop.name)),
        "link": openstreetmap(stop.lon, stop.lat),
    }
    if new_place or stop.kind == "visit":
        return told | code
    return told | {"qr": ""} if any(told.values()) else None


def _picture(stop: Stop, picture: Picture | None) -> dict[str, Any] | None:
    if picture is None:
        return None
    return {
        "data": list(picture.data),
        "alt": set_words(tr("Picture: {place}", place=stop.name)),
        "credit": set_words(picture.credit),
    }


def _late(stop: Stop) -> str:
    return wording.sentence(in_hand.be_there_by(stop))


def code_of(name: str) -> str:
    """Return what a QR code is, for who cannot see it."""
    return tr("QR code: the position of {place}, for a map application", place=name)


def _phone(number: str) -> dict[str, str]:
    dialled = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return {
        "link": f"tel:{dialled}" if dialled else "",
        "words": set_words(number).replace(" ", "\u00a0"),
    }


def _website(address: str) -> dict[str, str]:
    """Return a website's address, and its short form as people write it."""
    if not is_address(address):
        return {"link": "", "words": set_words(address)}
    words = address.split("//", 1)[1].removeprefix("www.").rstrip("/")
    host = words.split("/", 1)[0]
    return {"link": address, "words": set_words(words if len(words) <= 32 else host)}
