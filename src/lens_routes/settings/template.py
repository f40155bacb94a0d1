"""The settings file as ``config init`` writes it: every option, what it means, its default."""

from __future__ import annotations

import json
import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lens_routes.settings.values import Option

_WIDTH = 96
#: What stands for a value that is not set; `lens_routes.settings.values` reads it so.
_UNSET = ""


def template(options: Sequence[Option], about: Mapping[tuple[str, ...], str]) -> str:
    """Return a settings file that sets nothing and explains everything.

    Parameters
    ----------
    options
        Every option of every command, those of a command together.
    about
        What each command does.
    """
    return "\n".join([*_head(), *_tables(options, about), *_example(), ""])


def toml_value(value: object) -> str:
    """Return a text, number, truth value or list of them as TOML writes it."""
    # What TOML and JSON have in common is all that options need.
    return json.dumps(
        [*value] if isinstance(value, tuple) else value, ensure_ascii=False, default=str
    )


def _head() -> Iterator[str]:
    yield from _comment(tr("Defaults of lens-routes."))
    yield "#"
    yield from _comment(
        tr(
            "Every option of every command is here with the default that is built in. To change"
            " one, take the # before its name away and write your own value. An option typed on"
            " the line outdoes this file; a profile, chosen with --profile NAME, outdoes the rest"
            " of it."
        )
    )
    yield from _comment(
        tr('An empty text, "", stands for the built-in default, also where that is none.')
    )
    yield ""
    yield from _comment(
        tr("The language of everything that is printed: en or fr. Default: locale.")
    )
    yield '#lang = "fr"'
    yield ""
    yield from _comment(tr("The units lengths are said in: metric or imperial."))
    yield '#units = "metric"'
    yield ""
    yield from _comment(tr("The territory whose streets, timetables and places are used."))
    yield '#territory = "default"'
    yield ""
    yield from _comment(tr("For every command that has the option."))
    yield "[all]"
    yield '#places = ""'


def _tables(options: Sequence[Option], about: Mapping[tuple[str, ...], str]) -> Iterator[str]:
    for command, group in groupby(options, key=lambda option: option.command):
        yield ""
        yield from _comment(" ".join(about.get(command, "").split()))
        yield f"[{'.'.join(command)}]"
        for option in group:
            yield from _comment(option.help)
            yield f"#{option.key} = {toml_value(_value(option))}"


def _value(option: Option) -> object:
    if option.several:
        return option.default or []
    return _UNSET if option.default is None else option.default


def _example() -> Iterator[str]:
    yield ""
    yield from _comment(tr("A profile holds other defaults for the same options."))
    yield "#[profile.office.plan]"
    yield '#max-walk = "6km"'
    yield "#relaxed = true"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, _WIDTH)]
