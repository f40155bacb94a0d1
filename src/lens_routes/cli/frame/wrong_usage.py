"""What Typer says of a wrong command line, as this program says it, in the language in use.

Typer's parser words its errors in English only; its phrases are few and known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens_routes.text.expressions import expression
from lens_routes.text.language import marked, tr

if TYPE_CHECKING:
    import typer


def message_of(error: typer.TyperException) -> str:
    """Return what is wrong with the command line; a phrase unknown here stays as it is."""
    return _again(error.format_message())


def _again(text: str) -> str:
    for phrase, said in _PHRASES:
        if found := phrase.fullmatch(text):
            return tr(said, **{name: _again(value) for name, value in found.groupdict("").items()})
    return text


#: The phrases of typer 0.28, the more particular first, and how each is said.
_PHRASES = tuple(
    (expression(phrase, re.DOTALL), said)
    for phrase, said in (
        (
            r"No such option: (?P<option>\S+) \(Possible options: (?P<others>.*)\)",
            marked("No such option: {option}. Did you mean {others}?"),
        ),
        (
            r"No such option: (?P<option>\S+)",
            marked("No such option: {option}."),
        ),
        (
            r"No such command '(?P<command>.*?)'\.( Did you mean (?P<others>.*)\?)",
            marked("No such command '{command}'. Did you mean {others}?"),
        ),
        (
            r"No such command '(?P<command>.*)'\.",
            marked("No such command '{command}'."),
        ),
        (r"Missing command\.", marked("Missing command.")),
        (
            r"Missing argument '(?P<argument>.*)'\.",
            marked("Missing argument '{argument}'."),
        ),
        (
            r"Missing option '(?P<option>.*)'\.",
            marked("Missing option '{option}'."),
        ),
        (
            r"Invalid value for '(?P<what>.*?)': (?P<problem>.*)",
            marked("Invalid value for '{what}': {problem}"),
        ),
        (
            r"Got unexpected extra argument\(?s?\)? \((?P<arguments>.*)\)",
            marked("Too many arguments: {arguments}."),
        ),
        (
            r"Option '(?P<option>.*)' does not take a value\.",
            marked("Option '{option}' does not take a value."),
        ),
        (
            r"Option '(?P<option>.*)' requires an argument\.",
            marked("Option '{option}' requires a value."),
        ),
        (
            r"'(?P<value>.*)' is not a valid int\.",
            marked("'{value}' is not a whole number."),
        ),
        (
            r"'(?P<value>.*)' is not a valid float\.",
            marked("'{value}' is not a number."),
        ),
        (
            r"'(?P<value>.*)' is not one of (?P<choices>.*)\.",
            marked("'{value}' is not one of {choices}."),
        ),
        (
            r"(?P<value>\S+) is not in the range (?P<range>.*)\.",
            marked("{value} is not in the range {range}."),
        ),
    )
)
