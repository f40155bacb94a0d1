"""The program: its commands, and how its errors reach the person and the shell."""

from __future__ import annotations

import contextlib
import errno
import gc
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any, TextIO, cast

import typer

from lens_routes.cli.commands import GROUPS, tree
from lens_routes.cli.frame import command_tree, defaults
from lens_routes.cli.frame.console import confirm, interactive, prepare_streams, say
from lens_routes.cli.frame.minus import spelled
from lens_routes.errors import (
    AmbiguousError,
    InternalError,
    InterruptedByUserError,
    LensRoutesError,
    MissingPlaceError,
    NotInstalledError,
    PlaceNotFoundError,
    StorageError,
    UsageError,
)
from lens_routes.text import language, wording
from lens_routes.text.language import tr


def main() -> None:
    """Run the program and leave with the exit code the contract names."""
    # Python has no streams where the shell closed them, as with `>&-`.
    sys.stdin = sys.stdin or _closed("r")
    sys.stdout = sys.stdout or _closed("w")
    sys.stderr = sys.stderr or _closed("w")
    code = run(sys.argv[1:])
    # All of it goes with the process: to look for waste once more takes as long as a short answer.
    gc.freeze()
    sys.exit(code)


def _closed(mode: str) -> TextIO:
    return cast("TextIO", Path(os.devnull).open(mode, encoding="utf-8"))


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code; nothing but `SystemExit` gets past."""
    prepare_streams()
    try:
        with (
            defaults.in_units(_in_language(spelled(arguments))) as others,
            defaults.in_territory(others) as rest,
        ):
            return _invoke(rest)
    except LensRoutesError as error:
        _report(error, as_json=defaults.wants_json(tree, arguments))
        return error.exit_code
    except typer.TyperException as error:
        wrong = _usage_error(error)
        _report(wrong, as_json=defaults.wants_json(tree, arguments))
        return wrong.exit_code
    except (KeyboardInterrupt, typer.Abort):
        stopped = InterruptedByUserError(tr("Interrupted; what was there before is as it was."))
        _report(stopped, as_json=defaults.wants_json(tree, arguments))
        return stopped.exit_code
    except BrokenPipeError:
        # Whoever read our output has had enough, as with `| head`; that is not an error.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  # the last resort: a person never sees a traceback
        fault = _of_the_machine(error) or _internal_error(error, arguments)
        _report(fault, as_json=defaults.wants_json(tree, arguments))
        return fault.exit_code


def _in_language(arguments: list[str]) -> list[str]:
    """Use the language asked for, by ``--lang`` anywhere on the line, settings or locale."""
    language.use(defaults.language_of(arguments))
    rest, wanted = defaults.taken(arguments, "--lang")
    if wanted is None:
        return rest
    if wanted not in language.LANGUAGES:
        known = language.joined(tr(" or "), language.LANGUAGES)
        raise UsageError(
            tr("--lang {wanted} is not a language of the program.", wanted=wanted),
            tr("Choose {known}.", known=known),
        )
    language.use(wanted)
    return rest


def _invoke(arguments: list[str]) -> int:
    try:
        return _run(arguments)
    except AmbiguousError as error:
        from lens_routes.cli.frame import meant, picker

        if defaults.wants_json(tree, arguments) or not interactive():
            raise
        chosen = meant.answered(arguments, error, picker.choose)
        if chosen == arguments:
            raise
        return _invoke(chosen)
    except PlaceNotFoundError as error:
        from lens_routes.cli.frame import meant, picker

        named = meant.is_on_line(arguments, error.words)
        asked = named and not defaults.wants_json(tree, arguments)
        if not (asked and picker.drawable()):
            raise
        place = picker.pick_place(picker.unknown(error.words), arguments, error.words)
        return _invoke(meant.replaced(arguments, error.words, place))
    except (typer.TyperException, MissingPlaceError) as error:
        from lens_routes.cli.frame import picker

        asked = picker.missing(error) and not defaults.wants_json(tree, arguments)
        if not (asked and picker.drawable()):
            raise
        return _invoke([*arguments, picker.pick_place(tr("Which place?"), arguments)])
    except NotInstalledError as error:
        if defaults.wants_json(tree, arguments) or not interactive() or not _offer(error):
            raise
    return _run(arguments)


def _run(arguments: list[str]) -> int:
    arguments, profile = defaults.profile_of(arguments)
    words = [word for word in arguments if not word.startswith("-")]
    if arguments == words and (not words or (words[1:] == [] and words[0] in GROUPS)):
        arguments = [*words, "--help"]
    try:
        command = tree()
        used = defaults.load(command, arguments, profile)
        if command_tree.completing():
            from lens_routes.cli import completion

            completion.attach(command)
        with defaults.blamed(used, command, arguments):
            result: Any = command(
                arguments,
                prog_name="lens-routes",
                standalone_mode=False,
                default_map=defaults.default_map(used, command),
                obj={defaults.OF_CONTEXT: used},
            )
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
    from lens_routes.cli.frame.wrong_usage import message_of

    context: typer.Context | None = getattr(error, "ctx", None)
    if context is None:
        return UsageError(message_of(error))
    return UsageError(
        message_of(error), tr("See: {command_path} --help", command_path=context.command_path)
    )


def _offer(error: NotInstalledError) -> bool:
    """Offer to run the command that installs what is missing; tell whether it was run."""
    if not error.command:
        return False
    say(error.message)
    if not confirm(tr("Run it now: lens-routes {listed}?", listed=" ".join(error.command))):
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
    say(tr("Error: {error}", error=error.message))
    if error.hint:
        say(error.hint)


def _of_the_machine(error: Exception) -> StorageError | None:
    """Return what to say where the machine is at fault, not the program."""
    if isinstance(error, MemoryError):
        return StorageError(
            tr("There is not enough memory."), tr("Close other programs, or ask for less.")
        )
    if not isinstance(error, OSError) or error.errno is None:
        return None
    if error.errno == errno.ENOSPC:
        return StorageError(
            tr("The answer could not be written: the disk is full."), tr("Free some space.")
        )
    reason = wording.reason(error)
    if error.filename is None:
        return StorageError(tr("The system does not go along: {reason}.", reason=reason))
    return StorageError(
        tr("{file} cannot be used: {reason}.", file=error.filename, reason=reason),
        tr("Check the path and its rights."),
    )


def _internal_error(error: Exception, arguments: list[str]) -> InternalError:
    """Write a report of a fault of the program and return the error that names it."""
    from lens_routes.files.fault_report import write_report

    trace = "".join(traceback.format_exception(error))
    where = write_report(f"arguments: {arguments!r}\n\n{trace}")
    return InternalError(
        tr(
            "This is a fault of the program: {name}: {error}.",
            name=type(error).__name__,
            error=error,
        ),
        tr("Please send its report to the makers: {where}", where=where),
    )


if __name__ == "__main__":
    main()
