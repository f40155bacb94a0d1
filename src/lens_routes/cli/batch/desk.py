"""What the tours of a batch are planned with, in this process and in its helpers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from lens_routes import PROGRAM
from lens_routes.cli.frame import console, resources
from lens_routes.cli.plan import plan as day
from lens_routes.errors import LensRoutesError, NotInstalledError, UsageError
from lens_routes.library.formats import FORMATS, Wishes
from lens_routes.library.vouch import Checker
from lens_routes.text import language
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lens_routes.batch.tours import Batch
    from lens_routes.batch.work import Job, Outcome, Product
    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.planning.request import Request
    from lens_routes.settings.values import Option
    from lens_routes.timetable.network.network import Network
    from lens_routes.travel.walking import Walking

#: The formats of a tour unless the file or the line says otherwise: a roadbook takes long to set.
USUAL_FORMATS = tuple(name for name in FORMATS if name != "pdf")


def of_plan(known: Sequence[Option]) -> list[Option]:
    """Return the options of ``plan`` that shape a tour."""
    from lens_routes.plan.request import OPTIONS

    asked = {option.parameter for _, option in OPTIONS}
    return [o for o in known if o.command == ("plan",) and o.parameter in asked]


def of_export(known: Sequence[Option]) -> list[Option]:
    """Return the options of ``export`` that shape a format."""
    wishes = {field.name for field in dataclasses.fields(Wishes)} - {"places"}
    return [o for o in known if o.command == ("export",) and o.parameter in wishes]


@dataclass(frozen=True)
class Desk:
    """What tours are planned with; each process opens it once."""

    places: Path | None
    online: bool
    tell: Callable[[str], None] = console.say
    _catalogues: dict[str, Catalogue] = dataclasses.field(default_factory=dict)

    @property
    def catalogue(self) -> Catalogue:
        """The places, in the language in use."""
        spoken = language.in_use()
        if spoken not in self._catalogues:
            self._catalogues[spoken] = resources.load_catalogue(self.places)
        return self._catalogues[spoken]

    @functools.cached_property
    def walking(self) -> Walking:
        """The walks; what is wrong with the streets is told once, by the first process."""
        from lens_routes.files.shipped import shipped
        from lens_routes.travel import resources as travel

        return travel.open_walking(
            {place.id: place.point for place in self.catalogue.places},
            shipped("walking_distances.csv"),
            program=PROGRAM,
            now=console.now(self.catalogue.timezone),
            report=lambda _what, _share: None,
            tell=self.tell,
        )

    @functools.cached_property
    def pictures(self) -> list[str]:
        """The checksums of the pictures of the catalogue."""
        from lens_routes.catalogue.picture import marks

        return list(marks(self.catalogue))

    @functools.cached_property
    def timetables(self) -> Network:
        """The timetables; an error where none is installed."""
        from lens_routes.travel.rides.timetables import open_network

        return open_network()

    def request(self, options_: Mapping[str, Any], now: dt.datetime) -> Request:
        """Return what the options of a tour ask for, all of them given."""
        from lens_routes.cli.plan.asking import request_of

        return request_of(options_, self.catalogue, now, online=self.online)

    def inputs(self, request: Request) -> dict[str, Any]:
        """Return what the bytes of a tour depend on beside its options, as JSON values."""
        from lens_routes.files.shipped import shipped

        tables = ["walking_distances.csv", *([request.vehicle.table] if request.vehicle else [])]
        network = self.walking.network
        riding = request.mode == "transit"
        inputs = {
            "program": PROGRAM,
            "request": request.to_document(),
            "places": [self.catalogue.sha256, *self.pictures],
            "tables": [hashlib.sha256(shipped(name).read_bytes()).hexdigest() for name in tables],
            "streets": repr(network.meta) if network else None,
            "timetables": [repr(t.meta) for t in self.timetables.timetables] if riding else [],
        }
        # Words stay in the language they are in, whichever another process speaks.
        plain: dict[str, Any] = json.loads(json.dumps(inputs))
        return plain

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process without what this one has opened."""
        return _desk, (self.places, self.online)


@functools.lru_cache(maxsize=1)
def _desk(places: Path | None, online: bool) -> Desk:
    return Desk(places, online, lambda _message: None)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built, and what cannot be: ``as_of`` is the moment where it was fixed."""

    title: str
    now: dt.datetime
    as_of: str | None
    jobs: list[Job]
    refused: list[Outcome]


def order_of(wanted: Batch, desk: Desk, known: Sequence[Option], to: Sequence[str]) -> Order:
    """Return what a tours file comes to; *known* are the options of ``plan``, *to* the formats."""
    from lens_routes.batch.work import Job, Outcome, failure_of

    now = console.now(desk.catalogue.timezone)
    if wanted.as_of is not None:
        now = wanted.as_of.replace(tzinfo=wanted.as_of.tzinfo or now.tzinfo).astimezone(now.tzinfo)
    fixed = wanted.as_of is not None or "LENS_ROUTES_NOW" in os.environ
    as_of = now.isoformat() if fixed else None
    unset = {o.parameter: o.default or [] if o.several else o.default for o in known}
    order = Order(wanted.title, now, as_of, [], [])
    for tour in wanted.tours:
        whole = dataclasses.replace(tour, options={**unset, **tour.options})
        spoken = tour.language or language.in_use()
        try:
            with language.speaking(spoken):
                inputs = desk.inputs(desk.request(whole.options, now))
        except LensRoutesError as error:
            order.refused.append(Outcome(tour.name, "failed", failure=failure_of(error)))
            continue
        order.jobs.append(
            Job(
                whole,
                spoken,
                tuple(to) or (USUAL_FORMATS if wanted.formats is None else wanted.formats),
                wanted.export,
                {**inputs, "as_of": as_of},
            )
        )
    return order


def build(desk: Desk, now: str, job: Job) -> Product:
    """Plan a tour, have it judged, and write it in every format, all in the tour's language."""
    with language.speaking(job.language):
        return _built(desk, now, job)


def _require_same(here: Mapping[str, Any], asked: Mapping[str, Any]) -> None:
    """Refuse to build from other data than the tour was ordered with.

    Raises
    ------
    UsageError
        They changed meanwhile, or are others on this machine.
    """
    words = {
        "program": tr("the version of the program"),
        "places": tr("the places"),
        "tables": tr("the distance tables"),
        "streets": tr("the streets"),
        "timetables": tr("the timetables"),
        "request": tr("the request"),
    }
    other = [words[key] for key, value in here.items() if value != asked[key]]
    if other:
        raise UsageError(
            tr("Where it was to be built, these are others: {what}.", what=joined(", ", other)),
            tr("Run the command again, with the same files on every machine."),
        )


def _built(desk: Desk, now: str, job: Job) -> Product:
    from lens_routes.batch.summary import summary
    from lens_routes.batch.work import Product
    from lens_routes.files import territory
    from lens_routes.library.ground import main_roads
    from lens_routes.plan.document import dumps, to_document
    from lens_routes.planning.plan_tour import fits, plan_tour, planned
    from lens_routes.planning.pose import without
    from lens_routes.planning.supplies import Supplies, while_it_pays
    from lens_routes.planning.tell.hints import with_hints
    from lens_routes.planning.tell.left_out import nothing
    from lens_routes.planning.tell.offers import offers
    from lens_routes.travel.rides.kept import Keeping

    moment = dt.datetime.fromisoformat(now).astimezone(ZoneInfo(desk.catalogue.timezone))
    request = desk.request(job.tour.options, moment)
    _require_same(desk.inputs(request), job.inputs)
    supplies = Supplies(
        desk.catalogue,
        desk.walking,
        moment,
        while_it_pays,
        day.timetables_for(request.mode, request.dates),
        Keeping(territory.folder() / "transit" / "journeys", tell=desk.tell),
        resources.driving_of(desk.catalogue, desk.walking),
    )
    works = functools.partial(fits, supplies)
    refuse = functools.partial(nothing, tell=lambda one: offers(one, moment, works))
    plan = Checker(desk.catalogue, supplies.timetables, desk.tell).vouched(
        lambda out: plan_tour(request, supplies, without(out), refuse),
        request.required,
        lambda: plan_tour(request.by("walk"), supplies),
    )
    plan = with_hints(plan, request, supplies, functools.partial(planned, supplies))
    name = job.tour.name
    files: dict[str, bytes] = {}
    missing = []
    for wanted in job.formats:
        form = FORMATS[wanted]
        wishes = {key: value for key, value in job.export.items() if key in form.takes}
        if "places" in form.takes:
            wishes["places"] = desk.places
        try:
            files[f"{name}{form.suffix}"], _ = form.write(plan, Wishes(**wishes))
        except NotInstalledError:
            if job.formats != USUAL_FORMATS:
                raise
            missing.append(wanted)
    files["plan.json"] = dumps({**to_document(plan), "alternatives": []}).encode()
    return Product(
        files, {**summary(plan, job.language, main_roads(desk.tell)), "missing": missing}
    )
