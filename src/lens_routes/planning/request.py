"""What a person asked: every option that shapes the answer, defined once.

A field of `Request` says by its type how the plan document keeps it, and by its `Option` how it is
asked: ``plan``, the settings, batches, completion and the checker all read it from here. What the
words mean is said in `lens_routes.cli.plan.asking`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from lens_routes.errors import UsageError
from lens_routes.plan.plan import Waypoint
from lens_routes.plan.values import Always, Key, Number, record
from lens_routes.planning.option import Option, options_of
from lens_routes.text import wording
from lens_routes.text.language import joined, tr, trn
from lens_routes.timetable.network.wishes import Mode, Preference, Wishes, wished

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

    themes: Annotated[
        tuple[str, ...],
        Option(
            "--theme",
            "What to see; repeat it for several. Default: anything.",
            several=True,
            short="-t",
            words="theme",
        ),
    ] = ()
    start: Annotated[
        Waypoint,
        Option(
            "--start",
            "Where to start: a place, or latitude,longitude. Default: the catalogue's.",
            words="place",
        ),
    ]
    end: Annotated[
        Always[Waypoint | None],
        Option("--end", "Where to end. Default: where you started.", words="place", rival="loop"),
        Option(
            "--loop/--one-way",
            "Come back to the start, or end at the last visit.",
            kind=bool,
            default=True,
            rival="end",
        ),
    ]
    date: Annotated[
        dt.date,
        Option(
            "--date",
            "The day: 2026-11-24, tomorrow, saturday. Default: today, or tomorrow after 14:00.",
            words="date",
        ),
    ]
    days: Annotated[
        int,
        Option(
            "--days",
            "How many days, each from the start and to the end; no place twice.",
            kind=int,
            default=1,
        ),
    ] = 1
    at: Annotated[
        dt.time,
        Option("--at", "When to start, such as 9:30. Default: 10:00."),
    ]
    minutes: Annotated[
        int,
        Option(
            "--for", "How long, such as 6h or 90min. Default: 6h.", name="duration", rival="until"
        ),
        Option("--until", "When to be back, such as 18:00; instead of --for.", rival="duration"),
    ]
    must: Annotated[
        tuple[str, ...],
        Option(
            "--must", "A place that has to be in the tour; repeatable.", several=True, words="place"
        ),
    ] = ()
    avoid: Annotated[
        tuple[str, ...],
        Option("--avoid", "A place to stay away from; repeatable.", several=True, words="place"),
    ] = ()
    only: tuple[str, ...] | None = None
    appointments: Annotated[
        tuple[Appointment, ...],
        Option(
            "--appointment",
            "A visit at a fixed time: culture-commune=14:00; repeatable.",
            several=True,
            words="place=",
        ),
    ] = ()
    pauses: Annotated[
        tuple[Pause, ...],
        Key("breaks"),
        Option("--lunch", "A lunch break: 12:00-14:00,60min."),
        Option("--break", "Another break: 15:00-17:00,20min.", several=True, name="pauses"),
    ] = ()
    max_walk_m: Annotated[
        float | None,
        Option(
            "--max-walk", "Most walking in one day, such as 8km; none: no limit.", default="12km"
        ),
    ] = None
    pace_kmh: Annotated[
        float,
        Option(
            "--pace",
            "Walking pace: slow, normal, fast, or km/h such as 4.2.",
            default="normal",
            words=("slow", "normal", "fast"),
        ),
    ]
    mode: Annotated[
        str,
        Option(
            "--mode",
            "How to travel: walk, or transit, with the trains and buses installed.",
            default="walk",
            words=MODES,
        ),
    ] = "walk"
    prefer: Annotated[
        str | None,
        Option(
            "--prefer",
            "Of good journeys by transit: earlier, fewer-changes or less-walking."
            " Default: a bit of each.",
            words=tuple(Preference),
            rides=True,
        ),
    ] = None
    avoid_modes: Annotated[
        tuple[str, ...],
        Option(
            "--avoid-mode",
            "What not to ride: train, bus, coach, tram, metro, ferry; repeatable.",
            several=True,
            words=tuple(Mode),
            rides=True,
        ),
    ] = ()
    max_rides: Annotated[
        int | None,
        Option(
            "--max-rides", "Most rides from one visit to the next.", kind=int, least=1, rides=True
        ),
    ] = None
    max_transfers: Annotated[
        int | None,
        Option(
            "--max-transfers",
            "Most changes from one visit to the next.",
            kind=int,
            least=0,
            rides=True,
        ),
    ] = None
    min_transfer_minutes: Annotated[
        int | None,
        Option(
            "--min-transfer",
            "The least time for a change, such as 5min. Default: the timetable's.",
            rides=True,
        ),
    ] = None
    max_visits: Annotated[
        int | None, Option("--max-visits", "Most visits in one day.", kind=int)
    ] = None
    budget_eur: Annotated[
        float | None,
        Option("--budget", "Most euros for entries, one adult; unknown prices apart.", kind=float),
    ] = None
    visit_minutes: Annotated[
        Mapping[str, int],
        Option(
            "--visit",
            "Minutes to stay somewhere, such as louvre-lens=90; repeatable.",
            several=True,
            words="place=",
        ),
    ] = field(default_factory=dict)
    margin_minutes: Annotated[
        int,
        Option("--relaxed", "Keep 15 minutes in hand everywhere.", kind=bool, default=False),
    ] = 0
    strict_hours: Annotated[
        bool,
        Option(
            "--strict-hours",
            "Leave out places whose hours are not known.",
            kind=bool,
            default=False,
        ),
    ] = False
    returns: tuple[float, ...] = RETURNS
    only_themes: bool = False
    likes: Mapping[str, float] = field(default_factory=dict)
    at_most: Mapping[str, int] = field(default_factory=dict)
    seed: Annotated[
        int,
        Number(signed=True, whole=True, largest=math.inf),
        Option("--seed", "Chooses among equally good tours, repeatably.", kind=int, default=1),
    ] = 1

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
        rides = [(name, option) for name, option in OPTIONS if option.rides]
        if self.mode == "walk" and (
            idle := [one.flag for name, one in rides if getattr(self, name) not in (None, ())]
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
        return record(Request).write(self)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Request:
        """Return the request a document keeps; `KeyError` or `ValueError` where it does not."""
        for where, problem in record(cls).faults(document, "request"):
            raise ValueError(f"{where}: {problem}")
        request: Request = record(cls).read(document)
        return request


#: The options of every field, in the order of the help.
OPTIONS = options_of(Request)


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
