"""``transit``: install timetables, list them, look into them, remove them."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes.cli.frame import console, options, resources
from lens_routes.cli.transit import journey as transit_journey
from lens_routes.errors import LensRoutesError, NotFoundError
from lens_routes.net.address import is_address, public, spelled
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.timetable.network.timetable import Meta, Timetable

app = typer.Typer(
    help="Install timetables, and plan journeys with them.",
    rich_markup_mode=None,
)

#: How far around the places of the catalogue ``--bbox places`` reaches, metres.
SURROUNDINGS_M = 30_000.0
#: A feed all of whose stops are farther than this from every place is worth a word, metres.
ELSEWHERE_M = 50_000.0

Name = Annotated[str | None, typer.Argument(help="Name of an installed timetable.")]


@app.command("add")
def add(
    source: Annotated[
        str,
        typer.Argument(
            help="A GTFS zip or folder, its http address, or a name that transit list tells."
        ),
    ],
    name: Annotated[
        str | None, typer.Option(help="What to call it. Default: after the file.")
    ] = None,
    bbox: Annotated[
        str | None,
        typer.Option(
            help="Only trips that touch this box: west,south,east,north in degrees; or 'places',"
            " for what lies within 30 km of those of the catalogue."
        ),
    ] = None,
    places: options.Places = None,
    as_json: options.Json = False,
) -> None:
    """Import a timetable.

    It takes the place of an older one of the same name.
    """
    from lens_routes.files.look import is_there
    from lens_routes.streets.build.boxes import bbox_around
    from lens_routes.text import wording as words
    from lens_routes.text.quantities.lengths import parse_bbox
    from lens_routes.timetable.ask.walks import near_any
    from lens_routes.timetable.feeds.install import name_for
    from lens_routes.timetable.feeds.known import by_name

    points = [place.point for place in resources.load_catalogue(places).places]
    box = None
    if bbox:
        around = bbox.strip().lower() == "places"
        box = bbox_around(points, SURROUNDINGS_M) if around else parse_bbox(bbox, "--bbox")
    given = Path(source)
    if is_address(source):
        source = spelled(source)
    named = is_address(source) or not is_there(given)
    known = by_name().get(source) if named else None
    address = known.url if known else source
    if known is None and not is_address(source) and not is_there(given):
        raise NotFoundError(
            tr(
                "{source} is no file, no address and no known timetable.",
                source=wording.quoted(public(source)),
            ),
            tr("Known by name: {names}.", names=", ".join(by_name())),
        )
    if not is_address(address):
        address = str(given.absolute())
    chosen = name or (known.name if known else name_for(Path(source.partition("?")[0])))
    timetable = _install(address, chosen, box)
    if not near_any(timetable, points, ELSEWHERE_M):
        console.say(
            tr(
                "No stop of {name} lies within {distance} of a place of the catalogue.",
                name=chosen,
                distance=words.distance(ELSEWHERE_M),
            )
        )
    _tell([timetable.meta], as_json=as_json)


@app.command("update")
def update(name: Name = None, as_json: options.Json = False) -> None:
    """Fetch installed timetables again.

    From where they came; the old stays if that fails.
    """
    from lens_routes.timetable.network import installed, store
    from lens_routes.travel.rides.timetables import require_installed

    metas = [
        store.info(installed.path_of(one)) for one in ([name] if name else require_installed())
    ]
    updated = [_install(meta.source, meta.name, meta.bbox).meta for meta in metas]
    _tell(updated, as_json=as_json)


@app.command("list")
def list_feeds(as_json: options.Json = False) -> None:
    """List the installed timetables, and those known by name."""
    from lens_routes.timetable.feeds.known import by_name
    from lens_routes.timetable.network import installed, store

    metas = [store.info(installed.path_of(name)) for name in installed.names()]
    if as_json:
        known = [
            {
                "name": feed.name,
                "title": feed.title,
                "url": feed.url,
                "page": feed.page,
                "licence": feed.licence,
                "fare": feed.fare,
            }
            for feed in by_name().values()
        ]
        feeds = [
            {
                "name": meta.name,
                "source": meta.source,
                "first_day": meta.first_day.isoformat(),
                "last_day": meta.last_day.isoformat(),
            }
            for meta in metas
        ]
        console.print_json({"schema": "lens-routes/transit-list/1", "feeds": feeds, "known": known})
        return
    for meta in metas:
        days = tr(
            "{first} to {last}",
            first=wording.short_date(meta.first_day),
            last=wording.short_date(meta.last_day),
        )
        console.answer(f"{meta.name:<12} {days}  {meta.source}")
    for feed in by_name().values():
        if feed.name not in {meta.name for meta in metas}:
            missing = tr("not installed: {title}", title=feed.title)
            console.answer(f"{feed.name:<12} {missing}")


@app.command("info")
def info(name: Name = None, as_json: options.Json = False) -> None:
    """Show what timetables hold.

    Days, services, size, faults found.
    """
    from lens_routes.timetable.network import installed, store
    from lens_routes.travel.rides.timetables import require_installed

    # Loaded, not only looked at: so damage anywhere in the file is noticed here.
    names = [name] if name else require_installed()
    _tell([store.load(installed.path_of(one)).meta for one in names], as_json=as_json)


@app.command("remove")
def remove(
    name: Annotated[str, typer.Argument(help="Name of an installed timetable.")],
    as_json: options.Json = False,
) -> None:
    """Remove an installed timetable."""
    from lens_routes.files.storage import remove_file
    from lens_routes.timetable.feeds import addresses
    from lens_routes.timetable.network import installed

    removed = remove_file(installed.path_of(name))
    addresses.forget(name)
    if as_json:
        console.print_json({"schema": "lens-routes/transit-removed/1", "removed": removed})
    else:
        console.answer(
            tr("{name} was removed.", name=name)
            if removed
            else tr("No timetable is called {name}.", name=name)
        )


app.command("departures")(transit_journey.departures)
app.command("journey")(transit_journey.journey)


@contextmanager
def _at_hand(source: str, report: Any) -> Iterator[Path]:
    """Yield the feed as a file or folder, downloaded where it is an address."""
    if not is_address(source):
        yield Path(source)
        return
    from lens_routes.timetable.feeds.download import fetched
    from lens_routes.timetable.network import installed

    with fetched(source, installed.folder(), report) as path:
        yield path


def _install(source: str, name: str, bbox: tuple[float, float, float, float] | None) -> Timetable:
    from lens_routes.timetable.feeds import addresses
    from lens_routes.timetable.feeds.install import install
    from lens_routes.timetable.network import installed

    path = installed.path_of(name)
    whole = addresses.whole(name, source)
    shown = public(source) if is_address(source) else source
    before = _source_at(path)
    with console.progress(tr("Timetable")) as report, _at_hand(whole, report) as feed:
        timetable = install(
            feed, name=name, source=shown, bbox=bbox, now=console.now("UTC"), report=report
        )
    addresses.keep(name, whole)
    if before and before != shown:
        console.say(
            tr("It replaces the timetable of {source}. Keep both side by side with {option}.",
               source=before, option="--name NAME")
        )  # fmt: skip
    return timetable


def _source_at(path: Path) -> str:
    """Return where the timetable kept there is from, empty where none is that can be read."""
    from lens_routes.timetable.network import store

    try:
        return store.info(path).source
    except LensRoutesError:
        return ""


def _tell(metas: list[Meta], *, as_json: bool) -> None:
    from lens_routes.cli.transit import about as transit_about

    if as_json:
        feeds = [transit_about.document(meta) for meta in metas]
        console.print_json({"schema": "lens-routes/transit/1", "feeds": feeds})
        return
    for meta in metas:
        for line in transit_about.about(meta, console.now("UTC").date()):
            console.answer(line)
