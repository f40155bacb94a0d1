"""The terminal: the answer on stdout, the talk on stderr, one JSON document when asked."""

from __future__ import annotations

import codecs
import contextlib
import datetime as dt
import io
import json
import os
import re
import sys
import unicodedata
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from lens_routes.errors import UsageError
from lens_routes.text.expressions import expression
from lens_routes.text.language import LANGUAGES, in_use, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rich.console import Console
    from rich.text import Text

    from lens_routes.output.terminal.lines import Line

#: What clocks may say: calendars, time zones and plans reckon with these.
YEARS = range(1970, 2200)

#: Columns of a terminal that does not say.
DEFAULT_WIDTH = 80

#: What a terminal that lacks a character gets instead: one each, so that lines keep their length.
PLAIN = dict(zip("│●■○★·–—→↓’‘“”«»…©œŒæ", "|**o*--->v''" + '""""' + ".coOa", strict=True))


def now(timezone: str) -> dt.datetime:
    """Return the time, in *timezone*: the clock's, or ``LENS_ROUTES_NOW`` for a repeatable answer.

    Raises
    ------
    UsageError
        ``LENS_ROUTES_NOW`` is not an ISO 8601 time, or the clock is wrong by generations.
    """
    zone = ZoneInfo(timezone)
    fixed = os.environ.get("LENS_ROUTES_NOW")
    try:
        moment = dt.datetime.fromisoformat(fixed) if fixed else dt.datetime.now(zone)
        moment = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, OverflowError):  # OverflowError: a zone moves it out of all years
        raise UsageError(
            tr("LENS_ROUTES_NOW={fixed!r} is not a time.", fixed=fixed),
            tr("Write for example 2026-11-24T09:00."),
        ) from None
    if moment.year not in YEARS:
        raise UsageError(
            tr("The clock says that it is the year {year}.", year=moment.year),
            tr("Set the clock, or LENS_ROUTES_NOW."),
        )
    return moment.replace(microsecond=0)


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document on stdout, UTF-8 whatever the locale."""
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    # As escapes they mean the same, and do nothing to the terminal that shows them.
    # So does what of the name of a file is no text.
    write_bytes(f"{_UNSAFE.sub(_escaped, text)}\n".encode(errors="backslashreplace"))


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def write_bytes(data: bytes) -> None:
    """Write bytes on stdout as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_lines(lines: Iterable[Line | Text]) -> None:
    """Print styled lines on stdout, in colour on a terminal that wants it, never re-wrapped."""
    console = stdout() if _is_drawn() else None
    if console is None or console.color_system is None:
        sys.stdout.writelines(f"{safe(line.plain)}\n" for line in lines)
        return
    for line in lines:
        line.plain = safe(line.plain)
        console.print(line, soft_wrap=True)


def prepare_streams() -> None:
    """Let no encoding of a terminal stop the program, whoever writes on it or reads from it.

    What its encoding lacks is replaced by something alike, of the same length; what is typed in
    another encoding is taken as far as it can be read.
    """
    # A program that calls this one may read in memory what it says.
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=alike_in(stream.encoding))


def alike_in(encoding: str) -> str:
    """Return what codecs call the replacement of what an encoding lacks by something alike."""
    name = f"alike-{encoding}"
    codecs.register_error(name, partial(_replaced, encoding))
    return name


def _replaced(encoding: str, error: UnicodeError) -> tuple[str, int]:
    """Return what stands for the characters that cannot be written, as codecs ask for it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    # Of most encodings the error knows no more than that they are some map of characters.
    lacking = error.object[error.start : error.end]
    return "".join(_alike(character, encoding) for character in lacking), error.end


def _alike(character: str, encoding: str) -> str:
    # Decomposed, é is e and an accent.
    letter = unicodedata.normalize("NFKD", character)[0]
    for choice in (character, PLAIN.get(character, letter)):
        with contextlib.suppress(UnicodeEncodeError):
            choice.encode(encoding)
            return choice
    return "?"


#: Control characters, and those that turn the direction of what follows, over other words too.
_UNSAFE = expression("[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """Return *text* without what would command the terminal, each replaced by a space."""
    return text if text.isprintable() else _UNSAFE.sub(" ", text)


def _is_drawn() -> bool:
    """Tell whether colours may be wanted: rich decides it on a terminal, and where it is told."""
    told = ("FORCE_COLOR", "TTY_COMPATIBLE")
    return sys.stdout.isatty() or any(name in os.environ for name in told)


def width() -> int:
    """Return the columns that answers have: as rich counts them, which is not loaded in vain."""
    if _is_drawn():
        return stdout().width
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit():
        return int(columns) or DEFAULT_WIDTH
    for descriptor in range(3):
        with contextlib.suppress(OSError):  # no terminal
            return os.get_terminal_size(descriptor).columns or DEFAULT_WIDTH
    return DEFAULT_WIDTH


def stdout() -> Console:
    """Return a console for answers."""
    from rich.console import Console

    columns = os.environ.get("COLUMNS", "")
    # rich prints nothing at all where it is told that there are no columns.
    width = DEFAULT_WIDTH if columns.isdigit() and int(columns) == 0 else None
    return Console(width=width, highlight=False, markup=False, emoji=False)


def answer(message: str) -> None:
    """Print lines of the answer on stdout as they are."""
    sys.stdout.write(safe(message) + "\n")


def say(message: str) -> None:
    """Say something to the person on stderr."""
    sys.stderr.write(safe(message) + "\n")


def confirm(question: str, *, default: bool = False) -> bool:
    """Ask on stderr for yes or no, in the language in use; Enter means *default*.

    Raises
    ------
    typer.Abort
        The person interrupts, or nobody answers.
    """
    import typer

    if in_use() == LANGUAGES[0]:
        # Typer asks in English, and understands no other answer.
        return typer.confirm(question, default=default, err=True)
    yes, no = tr("y yes").split(), tr("n no").split()
    choices = f"{yes[0].upper()}/{no[0]}" if default else f"{yes[0]}/{no[0].upper()}"
    while True:
        asked = safe(f"{question} [{choices}]")
        typed = typer.prompt(asked, default="", show_default=False, err=True).strip().lower()
        if not typed or typed in (*yes, *no):
            return typed in yes if typed else default


def choose(question: str, choices: Sequence[str]) -> int:
    """Ask on stderr for one of *choices*, a number a line, and return its index.

    Raises
    ------
    typer.Abort
        The person interrupts, or nobody answers.
    """
    import typer

    say(question)
    width = len(str(len(choices)))
    for number, choice in enumerate(choices, 1):
        say(f"{number:>{width}}  {choice}")
    asked = tr("Which one, 1 to {last}?", last=len(choices))
    while True:
        typed = typer.prompt(asked, prompt_suffix=" ", err=True).strip()
        if typed.isdecimal() and 1 <= int(typed) <= len(choices):
            return int(typed) - 1


def interactive() -> bool:
    """Tell whether a person sits at this terminal and can answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()


@contextlib.contextmanager
def progress(title: str) -> Iterator[Callable[[str, float], None]]:
    """Show a bar on stderr while the block runs; it is told ``(what, share 0..1)``.

    Without a terminal on stderr nothing is shown.
    """
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    with contextlib.ExitStack() as shown:
        drawn: list[Callable[[str, float], None]] = []

        def report(what: str, share: float) -> None:
            # What is done at once has nothing to show, and loads nothing to show it with.
            if not drawn:
                drawn.append(shown.enter_context(_bar(title)))
            drawn[0](what, share)

        yield report


@contextlib.contextmanager
def _bar(title: str) -> Iterator[Callable[[str, float], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task(title, total=1.0)

        def report(what: str, share: float) -> None:
            bar.update(task, description=safe(f"{title}: {what}"), completed=share)

        yield report


@contextlib.contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show on stderr that something is going on while the block runs, if it is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(safe(what))):
        yield
