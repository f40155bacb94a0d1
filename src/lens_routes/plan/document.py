"""A plan as a JSON document, and back (``lens-routes/plan/2`` in docs/schemas)."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from lens_routes.errors import BadInputError
from lens_routes.files.look import read_bytes
from lens_routes.plan.amenity import NearAmenity
from lens_routes.plan.leg import Leg
from lens_routes.plan.near import Near
from lens_routes.plan.plan import SCHEMA, SCHEMAS, Day, Plan
from lens_routes.plan.request import RequestFields
from lens_routes.plan.tour_id import tour_id
from lens_routes.plan.values import Choice, Many, Record, Zone, entries, record
from lens_routes.plan.waypoint import Waypoint
from lens_routes.text import language
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from lens_routes.plan.values import Fault

#: More faults of one file than these are counted, not told.
_TOLD = 10
#: And more than these are not looked for.
_MOST = 1000


class _Part(Record):
    """A walk or a ride of a leg, with how many of the leg's points and directions are its own."""

    def faults(self, value: Any, path: str, *, loose: bool = False) -> Iterator[Fault]:
        yield from Record.faults(self, value, path, loose=loose)
        yield from _COUNTS.faults(value, path)

    def write(self, value: Leg) -> dict[str, Any]:
        counts = {"points": len(value.geometry or ()), "instructions": len(value.steps)}
        return {**Record.write(self, value), **counts}


class _Leg(Record):
    """A leg: line and directions stand with it, those of its parts one after the other."""

    def faults(self, value: Any, path: str, *, loose: bool = False) -> Iterator[Fault]:
        yield from Record.faults(self, value, path, loose=loose)
        if isinstance(value, dict) and value.get("parts") is not None:
            yield from Many(_PART).faults(value["parts"], f"{path}.parts")

    def read(self, value: Mapping[str, Any]) -> Leg:
        leg: Leg = Record.read(self, value)
        rides, points, steps, parts = iter(leg.rides), leg.geometry or (), leg.steps, []
        for item in value.get("parts") or ():
            part: Leg = _PART.read(item)
            count, told = (int(item.get(name) or 0) for name in ("points", "instructions"))
            ride = next(rides, None) if part.mode == "transit" else None
            own = () if ride is None else (ride,)
            line = points[:count] or None
            parts.append(replace(part, geometry=line, steps=steps[:told], rides=own))
            points, steps = points[count:], steps[told:]
        return replace(leg, parts=tuple(parts))

    def write(self, value: Leg) -> dict[str, Any]:
        parts = {"parts": [*map(_PART.write, value.parts)]} if value.parts else {}
        return {**Record.write(self, value), **parts}


_COUNTS = entries({}, {"points": int, "instructions": int})
_WHOLE_LEG = record(Leg).but(parts=None)
_LEG = _Leg(Leg, _WHOLE_LEG.fields)
_PART = _Part(Leg, _WHOLE_LEG.but(geometry=None, steps=None, rides=None, direct_m=None).fields)
#: Of what is near, kind, town and names of themes are for people.
_NEAR = record(Near).but(kind=None, commune=None, theme_names=None)
_DAY = record(Day).but(legs=Many(_LEG))
_PLAN = record(Plan).but(days=Many(_DAY))
#: What a document has around its plan.
_AROUND = entries(
    {"schema": Annotated[str, Choice(SCHEMAS)]},
    {
        "alternatives": tuple[
            Annotated[dict[str, Any], entries({"differs": str, "plan": dict}, {})], ...
        ],
        "language": str,
        "translations": Annotated[
            dict[str, Any], entries({}, dict.fromkeys(language.LANGUAGES, dict[str, str]))
        ],
    },
)
#: What the way was said to cost: see `lens_routes.tour.problem.Prices`.
_PRICES = (
    "walk", "main_road", "dark", "ride", "wait", "patience_s", "fresh_m", "tired_km",
)  # fmt: skip
#: What a request says of the data it was asked of; what it does not ask it may leave out.
_AROUND_REQUEST = entries(
    {},
    {
        "timezone": Annotated[str, Zone()],
        "catalogue": Annotated[
            dict[str, Any], entries({"title": str, "places": int, "sha256": str}, {})
        ],
        "prices": Annotated[dict[str, Any], entries(dict.fromkeys(_PRICES, float), {})],
    },
)


def to_document(plan: Plan, *, translated: bool = True) -> dict[str, Any]:
    """Return *plan* as JSON values, keys in the order of the contract.

    ``translations`` says the sentences of the plan in the other languages, so that a saved plan can
    be exported in any of them; it is empty where nobody will read it, not *translated*.
    """
    document = {"schema": SCHEMA, "id": tour_id(plan)} | _PLAN.write(plan) | {"id": tour_id(plan)}
    others = language.others(document) if translated else {}
    return {**document, "language": language.in_use(), "translations": others}


def dumps(document: Mapping[str, Any]) -> str:
    """Return a document as the text the program prints and saves: UTF-8, a final newline."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def leg_document(leg: Leg) -> dict[str, Any]:
    """Return one leg as JSON values."""
    return _LEG.write(leg)


def waypoint_document(waypoint: Waypoint) -> dict[str, Any]:
    """Return a start or end as JSON values."""
    return record(Waypoint).write(waypoint)


def route_document(legs: Sequence[Leg], others: Sequence[Leg] = ()) -> dict[str, Any]:
    """Return a route as JSON values (``lens-routes/route/1``), with *others* between its ends."""
    document: dict[str, Any] = {
        "schema": "lens-routes/route/1",
        "legs": [leg_document(leg) for leg in legs],
        "totals": {
            "walk_m": round(sum(leg.distance_m for leg in legs if leg.mode == "walk"), 1),
            "walk_s": round(sum(leg.duration_s for leg in legs if leg.mode == "walk")),
        },
    }
    if ridden := [leg for leg in legs if leg.mode != "walk"]:
        document["totals"] |= {
            "ride_m": round(sum(leg.distance_m for leg in ridden), 1),
            "ride_s": round(sum(leg.duration_s for leg in ridden)),
        }
    if all(leg.elevations for leg in legs):
        ascent_m = sum(leg.ascent_m or 0.0 for leg in legs)
        metres = sum(leg.distance_m for leg in legs)
        document["totals"] |= {
            "ascent_m": round(ascent_m, 1),
            "descent_m": round(sum(leg.descent_m or 0.0 for leg in legs), 1),
            "effort_km": round((metres + 10 * ascent_m) / 1000, 1),
        }
    if others:
        document["alternatives"] = [leg_document(leg) for leg in others]
    return document


def near_document(origin: Waypoint, found: Sequence[Near]) -> dict[str, Any]:
    """Return what is near as JSON values (``lens-routes/nearby/1``)."""
    return {
        "schema": "lens-routes/nearby/1",
        "origin": waypoint_document(origin),
        "places": [_NEAR.write(near) for near in found],
    }


def amenities_document(origin: Waypoint, found: Sequence[NearAmenity]) -> dict[str, Any]:
    """Return what travellers need near a point as JSON values (``lens-routes/amenities/1``)."""
    return {
        "schema": "lens-routes/amenities/1",
        "origin": waypoint_document(origin),
        "amenities": [record(NearAmenity).write(one) for one in found],
    }


def load(path: Path) -> dict[str, Any]:
    """Return the plan document at *path* as parsed; whether it holds is for the checker to say.

    Raises
    ------
    BadInputError
        The file is missing, is not a plan, or is a plan of another version.
    """
    name = tr("Name a plan that was saved with: lens-routes plan --save FILE")
    try:
        text = read_bytes(path).decode("utf-8-sig")
        document = json.loads(text)
        if "\\ud" in text.lower():
            # An escape may stand for half a character, with which nothing can be written.
            said = json.dumps(document, ensure_ascii=False).encode("utf-16-le", "surrogatepass")
            document = json.loads(said.decode("utf-16-le", "replace"))
    except FileNotFoundError as error:
        raise BadInputError(tr("{path} is not there.", path=path), name) from error
    except UnicodeDecodeError as error:
        raise BadInputError(tr("{path} is not a text file in UTF-8.", path=path), name) from error
    except RecursionError as error:
        raise BadInputError(
            tr("{file} is nested too deeply to be a plan.", file=path), name
        ) from error
    except ValueError as error:
        raise BadInputError(
            tr("{path} is not JSON: {error}.", path=path, error=error), name
        ) from error
    if not isinstance(document, dict) or not str(document.get("schema")).startswith(
        "lens-routes/plan/"
    ):
        raise BadInputError(tr("{path} is not a saved plan.", path=path), name)
    if document["schema"] not in SCHEMAS:
        raise BadInputError(
            tr(
                "{path} is a {schema} document; this program reads {known}.",
                path=path,
                schema=document["schema"],
                known=joined(tr(" or "), SCHEMAS),
            ),
            tr("Upgrade lens-routes, or plan again."),
        )
    return document


def read(path: Path) -> Plan:
    """Return the plan kept at *path*.

    Raises
    ------
    BadInputError
        As `load` and `plan_of`.
    """
    return plan_of(load(path), path)


def plan_of(document: Mapping[str, Any], path: Path) -> Plan:
    """Return the plan of a document that `load` gave for *path*.

    Raises
    ------
    BadInputError
        Fields are missing or make no sense; the message names them.
    """
    found = [*faults(document)]
    if not found:
        return from_document(document)
    listed = [tr("  {where}: {problem}", where=where, problem=problem) for where, problem in found]
    rest = len(found) - _TOLD
    more = [tr("  and {n} more", n=rest)] if rest > 0 else []
    raise BadInputError(
        tr(
            "{file} is not a whole plan:\n{faults}",
            file=path,
            faults=joined("\n", [*listed[:_TOLD], *more]),
        ),
        tr("Mend the file, or plan again."),
        details=[{"where": where, "problem": problem} for where, problem in found],
    )


def faults(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what a plan document lacks, or holds of the wrong kind; not what its rules forbid.

    After a thousand the rest is silent: such a document is none, and may be a trap.
    """
    return itertools.islice(_faults(document), _MOST)


def _faults(document: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _AROUND.faults(document, "")
    yield from _PLAN.faults(document, "")
    request = document.get("request")
    if isinstance(request, dict):
        yield from _AROUND_REQUEST.faults(request, "request")
        yield from record(RequestFields).faults(request, "request", loose=True)


def from_document(document: Mapping[str, Any]) -> Plan:
    """Return the plan a document describes, said in the language in use as far as it can be.

    `KeyError` or `ValueError` where it describes none; see `faults`.
    """
    spoken = document.get("language") or language.LANGUAGES[0]
    told = {name: said or {} for name, said in (document.get("translations") or {}).items()}
    # The request is what was asked, word for word.
    plan: Plan = _PLAN.read(language.retold(document, spoken, told))
    return replace(plan, request=dict(document["request"]))
