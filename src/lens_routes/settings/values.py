"""The options of commands as files give them values: which kinds there are, what fits each."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes.files.look import personal
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens_routes.text.language import Said


class Option(NamedTuple):
    """An option of a command, as a settings file may give it a default.

    ``command`` are its words (``("streets", "download")``), ``key`` the option without its dashes,
    ``parameter`` its name in the program, ``kind`` is ``flag``, ``whole``, ``number``, ``text`` or
    ``path``, ``several`` tells one that may be repeated, ``variable`` is the variable of the
    environment that outdoes the file, ``instead`` the other name of a flag (``--one-way``).
    """

    command: tuple[str, ...]
    key: str
    parameter: str
    kind: str
    several: bool = False
    default: object = None
    help: str = ""
    variable: str = ""
    instead: str = ""


def check_value(option: Option, value: object) -> Any:
    """Return a value of a TOML file as the option takes it; an empty text is the built-in default.

    Raises
    ------
    ValueError
        It is of another kind; the argument says what to write, as a sentence.
    """
    if value == "":
        return [*(option.default or ())] if option.several else option.default  # type: ignore[misc]
    if not option.several:
        return _one(option, value)
    return [_one(option, item) for item in (value if isinstance(value, list) else [value])]


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return the choice that *word* looks like a slip of, or an empty text."""
    from difflib import get_close_matches  # noqa: PLC0415  # only where something is wrong

    return next(iter(get_close_matches(word, list(choices), n=1, cutoff=0.6)), "")


def _one(option: Option, value: object) -> Any:
    """Return one value; texts may be numbers, dates and times, which TOML has of its own."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if option.kind == "flag" and isinstance(value, bool):
        return value
    if option.kind == "whole" and is_number and isinstance(value, int):
        return value
    if option.kind == "number" and is_number:
        return value
    if option.kind == "path" and isinstance(value, str) and "\0" not in value:
        return str(personal(value))
    if option.kind == "text" and (text := _text(value)) is not None:
        return text
    raise ValueError(
        tr("{value} does not fit the option.", value=_shown(value)), _what_to_write(option)
    )


def _text(value: object) -> str | None:
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.date):  # also a moment
        return value.isoformat()
    is_text = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value) if is_text else None


def _what_to_write(option: Option) -> Said:
    if option.kind == "flag":
        return tr("Write true or false.")
    if option.kind == "whole":
        return tr("Write a whole number, without quotes.")
    if option.kind == "number":
        return tr("Write a number, without quotes.")
    if option.several:
        return tr('Write a list of texts: {key} = ["…", "…"].', key=option.key)
    return tr('Write a text between quotes: {key} = "…".', key=option.key)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    return {True: "true", False: "false"}.get(value, "") if isinstance(value, bool) else repr(value)
