"""``territory``: those of this machine, side by side, and which one is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes.cli.frame import console, options
from lens_routes.errors import UsageError
from lens_routes.text import wording
from lens_routes.text.language import tr, trn

if TYPE_CHECKING:
    from pathlib import Path

app = typer.Typer(
    help="Keep several territories side by side, and choose one.",
    rich_markup_mode=None,
)


@app.command("list")
def list_territories(as_json: options.Json = False) -> None:
    """List the territories of this machine, and what each holds."""
    from lens_routes.files import territory

    records = [_record(name) for name in territory.names()]
    if as_json:
        console.print_json({"schema": "lens-routes/territories/1", "territories": records})
        return
    for record in records:
        mark = "*" if record["in_use"] else " "
        console.answer(f"{mark} {record['territory']:<20} {_holds(record)}")


@app.command("use")
def use_territory(
    name: Annotated[str, typer.Argument(help="Its name, such as monaco; default for the first.")],
) -> None:
    """Use a territory from now on.

    Its folder is made if it is new; --territory uses one for a single command.
    """
    from lens_routes.files import territory

    chosen = territory.name_of(name)
    new = chosen not in territory.names()
    territory.choose(chosen)
    console.answer(tr("{name} is in use: {folder}", name=chosen, folder=territory.folder(chosen)))
    if new:
        console.say(
            tr("It is new and empty. Begin with: {first}, {second}",
               first="lens-routes streets import FILE.osm.pbf",
               second="lens-routes places discover --from FILE.osm.pbf")
        )  # fmt: skip


@app.command("remove")
def remove_territory(
    name: Annotated[str, typer.Argument(help="Its name.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Remove without asking.")] = False,
) -> None:
    """Remove a territory with all that lies in its folder."""
    from lens_routes.files import territory

    chosen = territory.name_of(name)
    if not yes:
        if not console.interactive():
            raise UsageError(
                tr("Nobody is there to be asked whether to remove it."), tr("Say --yes.")
            )
        if chosen in territory.names() and not console.confirm(
            tr("Remove {folder} and all it holds?", folder=territory.folder(chosen))
        ):
            return
    territory.remove(chosen)
    console.answer(tr("{name} was removed.", name=chosen))


def _record(name: str) -> dict[str, Any]:
    from lens_routes.files import territory
    from lens_routes.files.look import files_in, is_file

    folder = territory.folder(name)
    return {
        "territory": name,
        "in_use": name == territory.current(),
        "folder": str(folder),
        "places": str(folder / territory.PLACES) if is_file(folder / territory.PLACES) else None,
        "streets": _bbox(folder),
        "timetables": [path.stem for path in files_in(folder / "transit", "*.lrt")],
        "heights": [path.stem for path in files_in(folder / "elevation", "*.lrh")],
    }


def _bbox(folder: Path) -> list[float] | None:
    """Return the box of the streets in a folder, None where there are none that can be read."""
    from lens_routes.errors import LensRoutesError
    from lens_routes.files import territory
    from lens_routes.streets.network import store

    try:
        return list(store.info(territory.network_in(folder)).bbox)
    except LensRoutesError:
        return None


def _holds(record: dict[str, Any]) -> str:
    told: list[str] = []
    if record["streets"]:
        box = ", ".join(f"{degrees:.2f}" for degrees in record["streets"])
        told.append(tr("streets in {box}", box=box))
    if count := len(record["timetables"]):
        told.append(trn("{n} timetable", "{n} timetables", count))
    if record["heights"]:
        told.append(tr("heights"))
    if record["places"]:
        told.append(tr("places of its own"))
    return wording.listed(told) if told else tr("empty")
