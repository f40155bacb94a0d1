"""The command line that plans the same day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lens_routes.plan.request import OPTIONS
from lens_routes.planning.meals import usual_lunch
from lens_routes.travel.foot.pace import PACES_KMH, with_company

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.library.draft import Draft
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.planning.request import Pause, Request


def command(draft: Draft, catalogue: Catalogue) -> list[str]:
    """Return the words of the command that plans a draft.

    The order of visits chosen by hand has no option: these are asked for, and no more of them; the
    planner finds their order.
    """
    words = ["lens-routes", "plan"]
    request = draft.request
    if draft.order is not None:
        from lens_routes.planning.change.arrange import chosen

        request = chosen(request, draft.order)
        words += ["--max-visits", str(len(draft.order))]
    for field in dict.fromkeys(name for name, _ in OPTIONS):
        if field == "max_visits" and draft.order is not None:
            continue
        words += _WRITERS.get(field, _generic(field))(request)
    if request.start.id == catalogue.default_start and "--start" in words:
        at = words.index("--start")
        del words[at : at + 2]
    return words


def _generic(field: str) -> Callable[[Request], list[str]]:
    """Return what writes a field whose option is typed as it is kept."""
    option = next(option for name, option in OPTIONS if name == field)

    def write(request: Request) -> list[str]:
        value: Any = getattr(request, field)
        if option.kind is bool:
            return [option.flag] if value else []
        if isinstance(value, Mapping):
            return _repeated(option.flag, (f"{name}={one:g}" for name, one in value.items()))
        if option.several:
            return _repeated(option.flag, map(str, value))
        if value is None or str(value) == str(option.default):
            return []
        return [option.flag, f"{value:g}" if isinstance(value, float) else str(value)]

    return write


def _repeated(flag: str, values: Iterator[str]) -> list[str]:
    return [word for value in values for word in (flag, value)]


def _where(point: Waypoint) -> str:
    return point.id or f"{point.lat:.5f},{point.lon:.5f}"


def _end(request: Request) -> list[str]:
    if request.end is None:
        return ["--one-way"]
    return [] if request.end == request.start else ["--end", _where(request.end)]


def _lasting(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}h{rest:02d}" if hours and rest else f"{hours}h" if hours else f"{rest}min"


def _pauses(request: Request) -> list[str]:
    usual = usual_lunch(request.at, request.minutes)
    words = [] if any(p.meal for p in request.pauses) or not usual else ["--no-lunch"]
    for pause in request.pauses:
        if pause.usual:
            continue
        words += ["--lunch" if pause.meal else "--break", _span(pause)]
    return words


def _span(pause: Pause) -> str:
    until = pause.latest.hour * 60 + pause.latest.minute + pause.minutes
    end = "{:02d}:{:02d}".format(*divmod(until, 60))
    return f"{pause.earliest:%H:%M}-{end},{pause.minutes}min"


def _usual_pace(request: Request) -> float:
    return with_company(PACES_KMH["normal"], request.company)


def _max_walk(request: Request) -> list[str]:
    if request.max_walk_m is None:
        return ["--max-walk", "none"]
    usual = request.max_walk_m == 12_000
    return [] if usual else ["--max-walk", f"{request.max_walk_m:g}m"]


_WRITERS: dict[str, Callable[[Request], list[str]]] = {
    "start": lambda r: ["--start", _where(r.start)],
    "end": _end,
    "date": lambda r: ["--date", r.date.isoformat()],
    "nights": lambda r: _repeated("--night", map(_where, r.nights)),
    "at": lambda r: ["--at", f"{r.at:%H:%M}"],
    "minutes": lambda r: ["--for", _lasting(r.minutes)],
    "appointments": lambda r: _repeated(
        "--appointment",
        (
            f"{a.place}={a.date.isoformat() + 'T' if a.date else ''}{a.time:%H:%M}"
            for a in r.appointments
        ),
    ),
    "pauses": _pauses,
    "max_walk_m": _max_walk,
    "pace_kmh": lambda r: [] if r.pace_kmh == _usual_pace(r) else ["--pace", f"{r.pace_kmh:g}"],
    "min_transfer_minutes": lambda r: (
        [] if r.min_transfer_minutes is None else ["--min-transfer", f"{r.min_transfer_minutes}min"]
    ),
    "margin_minutes": lambda r: ["--relaxed"] if r.margin_minutes else [],
}
