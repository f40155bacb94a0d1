"""Take the day along: saved, exported, as codes for the phone, as a command."""

from __future__ import annotations

import os
import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from lens_routes.errors import LensRoutesError
from lens_routes.explore.stage.dialogs import Ask, Choose, Read, aligned
from lens_routes.files.look import is_there
from lens_routes.files.storage import atomic_file
from lens_routes.library import FORMATS
from lens_routes.library.command import command
from lens_routes.output.shared import caption
from lens_routes.output.shared.map_links import geo_uri
from lens_routes.output.terminal.qr import render_qr
from lens_routes.text import wording
from lens_routes.text.language import marked, tr

if TYPE_CHECKING:
    from lens_routes.explore.stage.frame import Frame
    from lens_routes.explore.stage.host import Host
    from lens_routes.plan.plan import Plan

#: What each format is for, in the order in which it is offered.
FOR = {
    "html": marked("a web page that works offline"),
    "pdf": marked("a roadbook to print"),
    "gpx": marked("a track for a GPS or an app"),
    "ics": marked("an entry in the calendar"),
    "markdown": marked("text"),
    "csv": marked("a table"),
    "kml": marked("for Google Earth"),
    "geojson": marked("for maps of your own"),
}


async def take_along(app: Host, screen: Frame, plan: Plan) -> None:
    """Ask how to take a plan along, and do it; in a worker."""
    names = [name for name in FOR if name in FORMATS]
    rows = [
        (tr("Save"), tr("the plan itself, to go on with it later")),
        (tr("QR codes"), tr("the stops, for the map on a phone")),
        (tr("Command"), tr("the line that plans the same, copied")),
        *((name.upper(), tr(FOR[name])) for name in names),
    ]
    number = await app.push_screen_wait(Choose(tr("Take the day along"), aligned(rows, "dim")))
    if number is None:
        return
    if number == 0:
        await save(app, screen, plan)
    elif number == 1:
        app.push_screen(Read(tr("Scan a stop to find it on your phone"), codes(plan)))
    elif number == 2:
        copy_command(app)
    else:
        await _export(app, screen, plan, names[number - 3])


async def save(app: Host, screen: Frame, plan: Plan) -> bool:
    """Ask for a file and save a plan; tell whether it is saved."""
    written = await _write(app, screen, plan, "json", ".json", tr("Save the plan as"))
    if written:
        app.session.kept = app.session.now
        app.forget_aside()
    return written


async def _export(app: Host, screen: Frame, plan: Plan, name: str) -> None:
    form = FORMATS[name]
    await _write(app, screen, plan, name, form.suffix, tr("Write {name} to", name=name.upper()))


def _named(suffix: str, text: str) -> Path:
    """Return the whole path of a file somebody names; a name without an ending gets the usual."""
    path = Path(os.path.expanduser(text.strip())).absolute()  # noqa: PTH111  # no error at ~nobody
    return path if path.suffix else path.with_name(path.name + suffix)


async def _write(app: Host, screen: Frame, plan: Plan, name: str, suffix: str, title: str) -> bool:
    usual = f"{plan.days[0].date.isoformat()}{suffix}"
    target = await app.push_screen_wait(Ask(title, partial(_named, suffix), usual, usual))
    if target is None:
        return False
    if is_there(target):
        replace = [tr("Replace it"), tr("Leave it as it is")]
        question = tr("{target} exists.", target=target)
        if await app.push_screen_wait(Choose(question, replace, typed=False)) != 0:
            return False
    screen.say(tr("Writing {name}", name=target))
    try:
        data = await app.desk.export(plan, name)
        with atomic_file(target) as stream:
            stream.write(data)
    except LensRoutesError as error:
        screen.say(f"{error.message} {error.hint}".strip(), fault=True)
        return False
    screen.say(tr("Wrote {target}.", target=target))
    return True


def codes(plan: Plan) -> Text:
    """Return a code for each stop, to be scanned off the screen."""
    lines: list[Text] = []
    for day in plan.days:
        for number, stop in caption.numbered(day):
            if number is not None:
                title = f"{wording.clock(stop.begin)}  {number}  {stop.name}"
                lines += [Text(title, "bold"), *render_qr(geo_uri(stop.lon, stop.lat)), Text()]
    return Text("\n").join(lines)


def copy_command(app: Host) -> None:
    """Show the command that plans the same day, and copy it where the terminal can."""
    session = app.session
    line = shlex.join(command(session.draft, app.territory.catalogue))
    app.copy_to_clipboard(line)
    text = Text(line)
    if session.draft.order is not None:
        text.append("\n\n" + tr("The visits are yours; their order is the planner’s."), "dim")
    text.append("\n\n" + tr("It is in the clipboard, if your terminal allows that."), "dim")
    app.push_screen(Read(tr("The same day as a command"), text))
