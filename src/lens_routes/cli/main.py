"""The program: its commands, and how its errors reach the person and the shell."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
import tempfile
import traceback
from typing import Annotated, Any

import typer
from typer.main import get_command

from lens_routes import PROGRAM, language
from lens_routes.cli import around, catalogue, day, doctor, export, streets, transit
from lens_routes.cli.console import interactive, say
from lens_routes.cli.translated import translate
from lens_routes.errors import (
    InternalError,
    InterruptedByUserError,
    LensRoutesError,
    NotInstalledError,
    StorageError,
    UsageError,
)
from lens_routes.language import tr

app = typer.Typer(
    name="lens-routes",
    help="Plan discovery tours on foot around the Louvre-Lens, or over a catalogue of your own.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("plan")(day.plan)
app.command("replan")(day.replan)
app.command("check")(day.check)
app.command("export")(export.export)
app.command("nearby")(around.nearby)
app.command("route")(around.route)
app.add_typer(catalogue.app, name="places")
app.add_typer(streets.app, name="streets")
app.add_typer(transit.app, name="transit")
app.command("doctor")(doctor.doctor)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(PROGRAM)
        raise typer.Exit


@app.callback()
def _program(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    _lang: Annotated[
        str | None,
        typer.Option("--lang", help="Language: en or fr; anywhere on the line. Default: locale."),
    ] = None,
) -> None:
    # --lang is taken from the line before the commands are read, for their help to follow it.
    pass


def main() -> None:
    """Run the program and leave with the exit code the contract names."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code; nothing but `SystemExit` gets past."""
    as_json = "--json" in arguments
    try:
        return _invoke(_in_language(arguments))
    except LensRoutesError as error:
        _report(error, as_json=as_json)
        return error.exit_code
    except typer.TyperException as error:
        wrong = _usage_error(error)
        _report(wrong, as_json=as_json)
        return wrong.exit_code
    except (KeyboardInterrupt, typer.Abort):
        stopped = InterruptedByUserError("Interrupted; what was there before is as it was.")
        _report(stopped, as_json=as_json)
        return stopped.exit_code
    except BrokenPipeError:
        # Whoever read our output has had enough, as with `| head`; that is not an error.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  # the last resort: a person never sees a traceback
        fault = _full_disk(error) or _internal_error(error, arguments)
        _report(fault, as_json=as_json)
        return fault.exit_code


def _in_language(arguments: list[str]) -> list[str]:
    """Use the language asked for, by ``--lang`` anywhere on the line or by the environment."""
    language.use(language.preferred(os.environ))
    rest, wanted = _taken(arguments, "--lang")
    if wanted is None:
        return rest
    if wanted not in language.LANGUAGES:
        known = " or ".join(language.LANGUAGES)
        raise UsageError(
            tr("--lang {wanted} is not a language of the program.", wanted=wanted),
            tr("Choose {known}.", known=known),
        )
    language.use(wanted)
    return rest


def _taken(arguments: list[str], option: str) -> tuple[list[str], str | None]:
    """Return the arguments without an option, and the value it had last."""
    rest: list[str] = []
    value: str | None = None
    left = iter(arguments)
    for word in left:
        name, equals, given = word.partition("=")
        if word == "--":
            rest += [word, *left]
        elif name == option:
            value = given if equals else next(left, "")
        else:
            rest.append(word)
    return rest, value


def _invoke(arguments: list[str]) -> int:
    try:
        return _run(arguments)
    except NotInstalledError as error:
        if "--json" in arguments or not interactive() or not _offer(error):
            raise
    return _run(arguments)


def _run(arguments: list[str]) -> int:
    words = [word for word in arguments if not word.startswith("-")]
    if arguments == words and (words in ([], ["places"], ["streets"], ["transit"])):
        arguments = [*words, "--help"]
    try:
        command = get_command(app)
        translate(command)
        result: Any = command(arguments, prog_name="lens-routes", standalone_mode=False)
    except SystemExit as leaving:
        # Typer leaves with 1 when our output's reader has gone.
        if isinstance(leaving.__context__, BrokenPipeError):
            raise leaving.__context__ from None
        raise
    if result == InterruptedByUserError.exit_code:
        # Typer swallows Ctrl-C and returns its code.
        raise KeyboardInterrupt
    return result if isinstance(result, int) else 0


def _usage_error(error: typer.TyperException) -> UsageError:
    context: typer.Context | None = getattr(error, "ctx", None)
    if context is None:
        return UsageError(error.format_message())
    return UsageError(error.format_message(), f"See: {context.command_path} --help")


def _offer(error: NotInstalledError) -> bool:
    """Offer to run the command that installs what is missing; tell whether it was run."""
    if not error.command:
        return False
    say(error.message)
    if not typer.confirm(f"Run it now: lens-routes {' '.join(error.command)}?", err=True):
        return False
    return _run(list(error.command)) == 0


def _report(error: LensRoutesError, *, as_json: bool) -> None:
    if as_json:
        document = {
            "code": error.exit_code,
            "kind": error.kind,
            "message": error.message,
            "hint": error.hint,
            **({"details": error.details} if error.details else {}),
        }
        sys.stderr.write(json.dumps({"error": document}, ensure_ascii=True) + "\n")
        return
    say(f"Error: {error.message}")
    if error.hint:
        say(error.hint)


def _full_disk(error: Exception) -> StorageError | None:
    """Return what to say when stdout goes to a disk that is full."""
    if not isinstance(error, OSError) or error.errno != errno.ENOSPC:
        return None
    return StorageError("The answer could not be written: the disk is full.", "Free some space.")


def _internal_error(error: Exception, arguments: list[str]) -> InternalError:
    """Write a report of a fault of the program and return the error that names it."""
    report = "".join(traceback.format_exception(error))
    where = "the report could not be written"
    with contextlib.suppress(OSError):
        descriptor, where = tempfile.mkstemp(prefix="lens-routes-report-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(f"{PROGRAM}\narguments: {arguments!r}\n\n{report}")
    return InternalError(
        f"This is a fault of the program: {type(error).__name__}: {error}.",
        f"Please send its report to the makers: {where}",
    )


if __name__ == "__main__":
    main()
