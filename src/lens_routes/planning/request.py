"""What a person asked, checked to make sense together, and what follows from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lens_routes.errors import UsageError
from lens_routes.plan.request import (
    MODES,
    OPTIONS,
    RETURNS,
    STRESS,
    Appointment,
    Pause,
    RequestFields,
)
from lens_routes.plan.values import LARGEST, record
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.profiles.wheelchair import PUSHCHAIR, WHEELCHAIR
from lens_routes.text import wording
from lens_routes.text.language import joined, marked, tr, trn
from lens_routes.timetable.network.wishes import Preference, Wishes, wished
from lens_routes.travel.vehicles.vehicle import VEHICLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.streets.profiles.profile import Profile
    from lens_routes.travel.vehicles.vehicle import Vehicle

__all__ = ["MODES", "RETURNS", "Appointment", "Pause", "Request"]

#: What is typed of a few words, said in the language in use, in which it is typed as well.
TYPED = (
    *(marked("walk"), marked("transit"), marked("bike"), marked("car")),
    *(marked("children"), marked("wheelchair"), marked("pushchair")),
    *(marked("rain"), marked("heat"), marked("fair")),
)
#: Longer days than this are typing errors, not tours; more days are several journeys.
LONGEST_DAY_MINUTES = 18 * 60
MOST_DAYS = 14
#: Nobody cycles a day slower or faster.
SLOWEST_KMH, FASTEST_KMH = 5.0, 45.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(RequestFields):
    """A day, or several, to plan: what was asked, free of contradictions.

    Raises
    ------
    UsageError
        The options contradict each other.
    """

    def __post_init__(self) -> None:
        self._check_places()
        self._check_limits()
        self._check_days()
        self._check_pauses()
        self._check_rides()
        self._check_words()

    def _check_words(self) -> None:
        for name, option in OPTIONS:
            value = getattr(self, name) if option.closed else ()
            for word in value if isinstance(value, tuple) else (value,):
                if word not in (None, *option.words):
                    raise UsageError(
                        tr(
                            "{option} {word} is not known.",
                            option=option.flag,
                            word=wording.quoted(word),
                        ),
                        tr(
                            "Choose one of: {names}.",
                            names=joined(", ", [tr(name) for name in option.words]),
                        ),
                    )

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
        if self.budget_eur is not None and not 0 <= self.budget_eur <= LARGEST:
            raise UsageError(
                tr("--budget {sum} is not a sum of money.", sum=f"{self.budget_eur:g}"),
                tr("Write an amount, such as 20."),
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
                tr("Choose {modes}.", modes=joined(tr(" or "), [", ".join(MODES[:-1]), MODES[-1]])),
            )
        if len(self.nights) >= self.days:
            raise UsageError(
                trn(
                    "--night names {n} night, and a tour of {days} has fewer.",
                    "--night names {n} nights, and a tour of {days} has fewer.",
                    len(self.nights),
                    days=trn("{n} day", "{n} days", self.days),
                ),
                tr("Ask for more days with --days."),
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
        for name, option in OPTIONS:
            idle = option.modes and self.mode not in option.modes
            if idle and getattr(self, name) not in (None, ()):
                raise UsageError(
                    tr(
                        "{option} says nothing of a tour with --mode {mode}.",
                        option=option.flag,
                        mode=self.mode,
                    ),
                    tr(
                        "Say --mode {modes}, or leave it out.",
                        modes=joined(tr(" or "), option.modes),
                    ),
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
        # The modes are checked where they are read.
        _ = self.wishes
        self._check_vehicle()

    def _check_vehicle(self) -> None:
        if self.max_ride_m is not None and self.max_walk_m is not None:
            raise UsageError(
                tr("--max-ride and --max-walk both limit how far a day goes."),
                tr("Keep one of the two."),
            )
        if self.speed_kmh is not None and not SLOWEST_KMH <= self.speed_kmh <= FASTEST_KMH:
            raise UsageError(
                tr("--speed {speed:g} is not how fast one cycles.", speed=self.speed_kmh),
                tr(
                    "Write km/h from {slowest_kmh:g} to {fastest_kmh:g}.",
                    slowest_kmh=SLOWEST_KMH,
                    fastest_kmh=FASTEST_KMH,
                ),
            )
        if self.stress is not None and self.stress not in STRESS:
            raise UsageError(
                tr("--stress {level} is no level of traffic stress.", level=self.stress),
                tr("Choose 1 (for children), 2 (for most adults), 3 or 4 (any road)."),
            )

    @property
    def vehicle(self) -> Vehicle | None:
        """The vehicle of one's own one goes by."""
        return VEHICLES.get(self.mode)

    @property
    def most_m(self) -> float | None:
        """Most metres of a day, by vehicle where these are limited, else on foot."""
        return self.max_walk_m if self.max_ride_m is None else self.max_ride_m

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
            wheelchair="wheelchair" in self.company,
        )

    @property
    def mover(self) -> Profile:
        """Who walks, or rolls: all go where the one goes for whom it is hardest."""
        rolling = (profile for profile in (WHEELCHAIR, PUSHCHAIR) if profile.name in self.company)
        return next(rolling, FOOT)

    @property
    def preference(self) -> Preference | None:
        """Which of several good journeys comes first, None for a bit of all."""
        return None if self.prefer is None else Preference(self.prefer)

    def by(self, mode: str) -> Request:
        """Return the same day by another way to travel."""
        idle = {name for name, option in OPTIONS if option.modes and mode not in option.modes}
        unset: dict[str, Any] = {name: () if name == "avoid_modes" else None for name in idle}
        return replace(self, mode=mode, **unset)

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
    def anchors(self) -> tuple[Waypoint, ...]:
        """Where days begin and end: the start, the end if there is one, then the nights."""
        return (self.start, *([self.end] if self.end else []), *self.nights)

    def ends_of(self, number: int) -> tuple[int, int]:
        """Return the numbers among the anchors of where a day of the tour begins and ends.

        The last night named is spent again as long as the tour lasts; without any, each day leads
        from the start to the end. What ends nowhere has the number of an end that is none.
        """
        if not self.nights:
            return 0, 1
        beds = [2 + min(night, len(self.nights) - 1) for night in range(self.days - 1)]
        stays = [0, *beds, 1]
        return stays[number], stays[number + 1]

    @property
    def longest_leg_m(self) -> float:
        """Metres that no walk of the day can exceed: on a loop, half of what can be walked."""
        if self.vehicle is not None:
            # One walks between places that share a spot, and nowhere else.
            return 2 * self.vehicle.share_m
        walked_m = self.minutes * 60 * self.pace_kmh / 3.6
        if self.max_walk_m is not None:
            walked_m = min(walked_m, self.max_walk_m)
        return walked_m / 2 if self.end == self.start and not self.nights else walked_m

    def to_document(self) -> dict[str, Any]:
        """Return the request as the plan document keeps it."""
        return record(Request).write(self)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Request:
        """Return the request a document keeps; `KeyError` or `ValueError` where it does not."""
        for where, problem in record(cls).faults(document, "request"):
            raise ValueError(f"{where}: {problem}")
        request: Request = record(cls).read(document)
        return request


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
