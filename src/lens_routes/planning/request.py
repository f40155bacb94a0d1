"""What a person asked: every option that shapes the answer."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lens_routes.errors import UsageError
from lens_routes.plan.document import read_waypoint, waypoint_document
from lens_routes.text import wording
from lens_routes.text.language import joined, tr, trn
from lens_routes.timetable.network.wishes import Preference, Wishes, wished

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.plan.plan import Waypoint

#: What the best, second, third and every further visit of one kind counts for: a fifth cemetery
#: tells a visitor less than the first.
RETURNS = (1.0, 0.8, 0.6, 0.5)

#: On foot only, or with public transport.
MODES = ("walk", "transit")
#: Longer days than this are typing errors, not tours; more days are several journeys.
LONGEST_DAY_MINUTES = 18 * 60
MOST_DAYS = 14


@dataclass(frozen=True, slots=True)
class Appointment:
    """A visit that begins at a fixed time, on ``date`` or, where that is None, on any day."""

    place: str
    time: dt.time
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A break of ``minutes`` that begins between two times of every day, wherever one then is.

    After a ``meal`` the day goes on. What is ``usual`` is taken because people do, and left out
    where a day has no room for it.
    """

    name: str
    earliest: dt.time
    latest: dt.time
    minutes: int
    meal: bool = False
    usual: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A day, or several, to plan.

    ``mode`` is ``walk``, or ``transit`` for trains and buses too; ``end`` is None for a one-way
    tour that may end at its last visit; ``date`` is the first of ``days``; ``at`` is local time and
    ``minutes`` the length of each day; ``must``, ``avoid`` and ``only`` are place ids, ``only``
    None for the whole catalogue; ``max_walk_m`` and ``max_visits`` hold for each day,
    ``budget_eur`` for all of them, None for no limit; ``visit_minutes`` overrides the catalogue's
    visits; ``margin_minutes`` is how late one may be anywhere and the rest of the day still works;
    ``returns`` are the factors by which visits of one kind count less and less.

    Of public transport, for every way between two visits: ``max_rides`` and ``max_transfers``,
    None for as many as it takes; ``min_transfer_minutes`` for each change, None for what the
    timetables say; ``prefer``, a `Preference` or None for a bit of all; ``avoid_modes``, names of
    `lens_routes.timetable.network.wishes.Mode`.

    Raises
    ------
    UsageError
        The options contradict each other.
    """

    start: Waypoint
    end: Waypoint | None
    date: dt.date
    at: dt.time
    minutes: int
    pace_kmh: float
    mode: str = "walk"
    days: int = 1
    themes: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None
    appointments: tuple[Appointment, ...] = ()
    pauses: tuple[Pause, ...] = ()
    max_walk_m: float | None = None
    max_visits: int | None = None
    budget_eur: float | None = None
    visit_minutes: Mapping[str, int] = field(default_factory=dict)
    margin_minutes: int = 0
    strict_hours: bool = False
    max_rides: int | None = None
    max_transfers: int | None = None
    min_transfer_minutes: int | None = None
    prefer: str | None = None
    avoid_modes: tuple[str, ...] = ()
    returns: tuple[float, ...] = RETURNS
    only_themes: bool = False
    likes: Mapping[str, float] = field(default_factory=dict)
    at_most: Mapping[str, int] = field(default_factory=dict)
    seed: int = 1

    def __post_init__(self) -> None:
        self._check_places()
        self._check_limits()
        self._check_days()
        self._check_pauses()
        self._check_rides()

    def _check_places(self) -> None:
        both = sorted(self.required & set(self.avoid))
        if both:
            raise UsageError(
                tr("{places} cannot be both visited and avoided.", places=", ".join(both)),
                tr("Take it out of --avoid, or out of --must and --appointment."),
            )
        _check_appointments(self.appointments)

    def _check_limits(self) -> None:
        if self.max_visits is not None and self.max_visits > LONGEST_DAY_MINUTES:
            raise UsageError(
                tr("--max-visits {n} is more than a day has minutes.", n=self.max_visits),
                tr("Leave the limit out."),
            )
        if self.max_visits is not None and self.max_visits * self.days < max(1, len(self.required)):
            fault = (
                tr(
                    "--max-visits {n} is less than the {wanted} must-see places.",
                    n=self.max_visits,
                    wanted=len(self.required),
                )
                if self.required
                else tr("--max-visits {n} is less than one visit.", n=self.max_visits)
            )
            raise UsageError(fault, tr("Allow more visits, or ask for fewer must-sees."))
        if self.budget_eur is not None and not 0 <= self.budget_eur < math.inf:
            raise UsageError(
                tr("--budget {sum} is not a sum of money.", sum=f"{self.budget_eur:g}"),
                tr("Write euros, such as 20."),
            )

    def _check_days(self) -> None:
        if not 0 < self.minutes <= LONGEST_DAY_MINUTES:
            raise UsageError(
                tr("A day of {n} minutes cannot be planned.", n=self.minutes),
                tr("Ask for a day of up to {n} hours.", n=LONGEST_DAY_MINUTES // 60),
            )
        if not 0 < self.days <= MOST_DAYS:
            raise UsageError(
                tr("--days {n} cannot be planned.", n=self.days),
                tr("Ask for 1 to {most} days.", most=MOST_DAYS),
            )
        if self.mode not in MODES:
            raise UsageError(
                tr("--mode {mode} is not a way to travel.", mode=self.mode),
                tr("Choose {modes}.", modes=joined(tr(" or "), MODES)),
            )
        if self.days > 1 and self.end is None:
            raise UsageError(
                tr("--one-way and --days contradict each other: each day ends where one sleeps."),
                tr("Keep one of the two."),
            )
        for place, minutes in self.visit_minutes.items():
            if minutes > self.minutes:
                raise UsageError(
                    tr(
                        "--visit {place}={minutes} is longer than the whole day of {n} minutes.",
                        place=place,
                        minutes=minutes,
                        n=self.minutes,
                    ),
                    tr("Shorten the visit, or give the day more time with --for."),
                )

    def _check_pauses(self) -> None:
        for pause in self.pauses:
            play = _minutes_between(pause.earliest, pause.latest)
            if play < self.margin_minutes:
                raise UsageError(
                    trn(
                        "{pause} may begin within {n} minute only, and a relaxed day keeps {margin}"
                        " in hand everywhere.",
                        "{pause} may begin within {n} minutes only, and a relaxed day keeps"
                        " {margin} in hand everywhere.",
                        play,
                        pause=pause.name,
                        margin=self.margin_minutes,
                    ),
                    tr("Give the break more room, or leave out --relaxed."),
                )

    def _check_rides(self) -> None:
        given = {
            "--max-rides": self.max_rides,
            "--max-transfers": self.max_transfers,
            "--min-transfer": self.min_transfer_minutes,
            "--prefer": self.prefer,
            "--avoid-mode": self.avoid_modes or None,
        }
        if self.mode == "walk" and (
            idle := [option for option, value in given.items() if value is not None]
        ):
            raise UsageError(
                tr("{option} says how to ride, and this tour is on foot.", option=idle[0]),
                tr("Add --mode transit, or leave it out."),
            )
        if self.max_rides is not None and self.max_rides < 1:
            raise UsageError(
                tr("--max-rides {n} leaves nothing to ride.", n=self.max_rides),
                tr("Plan on foot: leave out --mode transit."),
            )
        if self.max_transfers is not None and self.max_transfers < 0:
            raise UsageError(
                tr("--max-transfers {n} is less than none.", n=self.max_transfers),
                tr("Write 0 to change nowhere."),
            )
        if self.prefer not in (None, *Preference):
            raise UsageError(
                tr("--prefer {wish} is not known.", wish=wording.quoted(self.prefer)),
                tr("Choose one of: {names}.", names=", ".join(Preference)),
            )
        # The modes are checked where they are read.
        _ = self.wishes

    @property
    def wishes(self) -> Wishes:
        """What every journey by public transport keeps to."""
        return wished(
            max_rides=self.max_rides,
            max_transfers=self.max_transfers,
            min_transfer_s=None
            if self.min_transfer_minutes is None
            else 60 * self.min_transfer_minutes,
            avoid_modes=self.avoid_modes,
        )

    @property
    def preference(self) -> Preference | None:
        """Which of several good journeys comes first, None for a bit of all."""
        return None if self.prefer is None else Preference(self.prefer)

    @property
    def required(self) -> frozenset[str]:
        """The places that have to be in the tour: must-sees and appointments."""
        return frozenset(self.must) | {item.place for item in self.appointments}

    @property
    def named(self) -> frozenset[str]:
        """The places named one by one: those required, and those the tour is limited to."""
        return self.required | frozenset(self.only or ())

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The dates of the tour."""
        return tuple(self.date + dt.timedelta(days=number) for number in range(self.days))

    @property
    def longest_leg_m(self) -> float:
        """Metres that no leg of the day can exceed: on a loop, half of what can be walked."""
        walked_m = self.minutes * 60 * self.pace_kmh / 3.6
        if self.max_walk_m is not None:
            walked_m = min(walked_m, self.max_walk_m)
        return walked_m / 2 if self.end == self.start else walked_m

    def to_document(self) -> dict[str, Any]:
        """Return the request as the plan document keeps it."""
        return {
            "themes": list(self.themes),
            "start": waypoint_document(self.start),
            "end": None if self.end is None else waypoint_document(self.end),
            "date": self.date.isoformat(),
            "days": self.days,
            "at": f"{self.at:%H:%M}",
            "minutes": self.minutes,
            "mode": self.mode,
            "pace_kmh": self.pace_kmh,
            "must": list(self.must),
            "avoid": list(self.avoid),
            "only": None if self.only is None else list(self.only),
            "appointments": [
                {
                    "place": item.place,
                    "time": f"{item.time:%H:%M}",
                    "date": item.date.isoformat() if item.date else None,
                }
                for item in self.appointments
            ],
            "breaks": [
                {
                    "name": pause.name,
                    "earliest": f"{pause.earliest:%H:%M}",
                    "latest": f"{pause.latest:%H:%M}",
                    "minutes": pause.minutes,
                    "meal": pause.meal,
                    "usual": pause.usual,
                }
                for pause in self.pauses
            ],
            "max_walk_m": self.max_walk_m,
            "max_visits": self.max_visits,
            "budget_eur": self.budget_eur,
            "visit_minutes": dict(sorted(self.visit_minutes.items())),
            "margin_minutes": self.margin_minutes,
            "strict_hours": self.strict_hours,
            "max_rides": self.max_rides,
            "max_transfers": self.max_transfers,
            "min_transfer_minutes": self.min_transfer_minutes,
            "prefer": self.prefer,
            "avoid_modes": list(self.avoid_modes),
            "returns": list(self.returns),
            "only_themes": self.only_themes,
            "likes": dict(sorted(self.likes.items())),
            "at_most": dict(sorted(self.at_most.items())),
            "seed": self.seed,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Request:
        """Return the request a document keeps; `KeyError` or `ValueError` where it does not."""
        only = document.get("only")
        return cls(
            start=read_waypoint(document["start"]),
            end=None if document["end"] is None else read_waypoint(document["end"]),
            date=dt.date.fromisoformat(document["date"]),
            at=dt.time.fromisoformat(document["at"]),
            minutes=document["minutes"],
            pace_kmh=document["pace_kmh"],
            mode=document.get("mode", "walk"),
            days=document.get("days", 1),
            themes=tuple(document["themes"]),
            must=tuple(document["must"]),
            avoid=tuple(document["avoid"]),
            only=None if only is None else tuple(only),
            appointments=tuple(
                Appointment(
                    item["place"],
                    dt.time.fromisoformat(item["time"]),
                    dt.date.fromisoformat(item["date"]) if item["date"] else None,
                )
                for item in document.get("appointments", ())
            ),
            pauses=tuple(
                Pause(
                    item["name"],
                    dt.time.fromisoformat(item["earliest"]),
                    dt.time.fromisoformat(item["latest"]),
                    item["minutes"],
                    item.get("meal", False),
                    item.get("usual", False),
                )
                for item in document.get("breaks", ())
            ),
            max_walk_m=document["max_walk_m"],
            max_visits=document["max_visits"],
            budget_eur=document.get("budget_eur"),
            visit_minutes=dict(document["visit_minutes"]),
            margin_minutes=document.get("margin_minutes", 0),
            strict_hours=document["strict_hours"],
            max_rides=document.get("max_rides"),
            max_transfers=document.get("max_transfers"),
            min_transfer_minutes=document.get("min_transfer_minutes"),
            prefer=document.get("prefer"),
            avoid_modes=tuple(document.get("avoid_modes", ())),
            returns=tuple(document["returns"]),
            only_themes=document.get("only_themes", False),
            likes=dict(document.get("likes") or {}),
            at_most=dict(document.get("at_most") or {}),
            seed=document["seed"],
        )


def _minutes_between(first: dt.time, then: dt.time) -> int:
    return (then.hour - first.hour) * 60 + then.minute - first.minute


def _check_appointments(appointments: tuple[Appointment, ...]) -> None:
    seen: set[str] = set()
    for item in appointments:
        if item.place in seen:
            raise UsageError(
                tr("--appointment names {place} twice.", place=item.place),
                tr("A tour visits a place once."),
            )
        seen.add(item.place)
