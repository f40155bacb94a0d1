"""``completion``: what a shell completes, from places and themes to the stops of a saved plan.

The shell calls the program with ``_LENS_ROUTES_COMPLETE`` set (Typer's protocol). Every suggestion
comes from reading one small file, and nothing that fails says a word: the person is typing.
"""

from __future__ import annotations

import contextlib
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from lens_routes.cli.frame import command_tree
from lens_routes.text.language import LANGUAGES, in_use, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Source = Callable[[Any], Iterator["Choice"]]


class Choice(NamedTuple):
    """What may be written, what it is, and what else it is called."""

    value: str
    about: str = ""
    also: str = ""


class Shell(StrEnum):
    """The shells whose completion is known."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


_KEPT_IN = {
    Shell.BASH: "~/.local/share/bash-completion/completions/lens-routes",
    Shell.ZSH: "~/.zfunc/_lens-routes",
    Shell.FISH: "~/.config/fish/completions/lens-routes.fish",
}


#: What bash completes to ``kind=`` goes on without a space.
_NO_SPACE = (
    "    return 0\n",
    '    [[ "${COMPREPLY[0]}" == *= ]] && compopt -o nospace\n    return 0\n',
)


def completion(
    shell: Annotated[Shell, typer.Argument(help="The shell: bash, zsh or fish.")],
) -> None:
    """Print the script for completion in a shell.

    It completes commands, options, places, themes and more.
    """
    import sys

    from typer._completion_shared import get_completion_script

    from lens_routes.cli.frame import console

    script = get_completion_script(
        prog_name="lens-routes", complete_var=command_tree.COMPLETION_VARIABLE, shell=shell.value
    )
    console.answer(script.replace(*_NO_SPACE) if shell is Shell.BASH else script)
    if sys.stdout.isatty():
        console.say(
            tr(
                "Keep it: lens-routes completion {shell} > {file}, then open a new terminal.",
                shell=shell.value,
                file=_KEPT_IN[shell],
            )
        )


def attach(command: Any) -> None:
    """Teach the options and arguments of a command tree what they may be completed to."""
    from typer import _completion_classes

    _completion_classes.completion_init()
    # Help is plain text here; to look for rich's marks in it costs a tenth of a second.
    _completion_classes._sanitize_help_text = _as_it_is
    _attach(command, _sources())


def _as_it_is(text: str) -> str:
    return text


def _attach(command: Any, sources: Mapping[str, Source]) -> None:
    for parameter in command.params:
        source = sources.get(parameter.name)
        if source is not None:
            parameter.shell_complete = _completer(source)
    for inner in getattr(command, "commands", {}).values():
        _attach(inner, sources)


def _completer(source: Source) -> Callable[[Any, str], list[Any]]:
    from typer._click.shell_completion import CompletionItem

    def complete(ctx: Any, incomplete: str) -> list[Any]:
        choices: list[Choice] = []
        with contextlib.suppress(Exception):
            choices = list(source(ctx))
        typed = incomplete.casefold()
        found = [choice for choice in choices if choice.value.casefold().startswith(typed)]
        found = found or [choice for choice in choices if _within(typed, choice)]
        return [CompletionItem(choice.value, help=choice.about or None) for choice in found]

    return complete


def _within(typed: str, choice: Choice) -> bool:
    """Tell whether a word of an id, or of what it stands for, begins as typed."""
    words = " ".join(choice).casefold().replace("-", " ").split()
    return any(word.startswith(typed) for word in words)


def _catalogue(ctx: Any) -> dict[str, Any]:
    """Return the catalogue as it is written; whether it is sound is for commands to say."""
    from lens_routes.files.shipped import in_use

    path = ctx.params.get("places") or in_use()
    document: dict[str, Any] = json.loads(Path(path).expanduser().read_bytes())
    return document


def _places(ctx: Any) -> Iterator[Choice]:
    for feature in _catalogue(ctx)["features"]:
        properties = feature["properties"]
        names = properties["name"], properties.get("name_en") or properties["name"]
        yield Choice(feature["id"], *(reversed(names) if in_use() == "en" else names))


def _timed_places(ctx: Any) -> Iterator[Choice]:
    return (choice._replace(value=f"{choice.value}=") for choice in _places(ctx))


def _themes(ctx: Any) -> Iterator[Choice]:
    document = _catalogue(ctx)
    borne = (t for f in document["features"] for t in f["properties"].get("themes", ()))
    return _terms(document, "themes", borne)


def _kinds(ctx: Any) -> Iterator[Choice]:
    document = _catalogue(ctx)
    return _terms(document, "kinds", sorted(_values(document, "kind")))


def _groups(ctx: Any) -> Iterator[Choice]:
    for choice in (*_themes(ctx), *_kinds(ctx)):
        yield choice._replace(value=f"{choice.value}=")


def _terms(document: dict[str, Any], name: str, used: Iterable[str]) -> Iterator[Choice]:
    """Yield themes or kinds with their labels, that in the language in use first."""
    declared = document.get("lens_routes", {}).get(name, {})
    for term in dict.fromkeys(declared) | dict.fromkeys(used):
        labels = declared.get(term, {})
        others = " ".join(label for language, label in labels.items() if language != in_use())
        yield Choice(term, labels.get(in_use(), ""), others)


def _communes(ctx: Any) -> Iterator[Choice]:
    return map(Choice, sorted(_values(_catalogue(ctx), "commune")))


def _values(document: dict[str, Any], name: str) -> set[str]:
    return {f["properties"].get(name, "") for f in document["features"]} - {""}


def _stops(ctx: Any) -> Iterator[Choice]:
    """Yield what may be done of a saved plan: its visits and breaks."""
    # The line breaks off behind --done, and then no argument has been given its name yet.
    file = ctx.params.get("file") or ctx.args[0]
    document = json.loads(Path(file).read_bytes())
    for day in document["days"]:
        for stop in day["stops"]:
            yield Choice(stop["place"] or stop["name"], stop["name"] if stop["place"] else "")


def _formats(_ctx: Any) -> Iterator[Choice]:
    from lens_routes.library.formats import FORMATS

    return (Choice(name, form.suffix) for name, form in FORMATS.items())


def _devices(_ctx: Any) -> Iterator[Choice]:
    from lens_routes.output.gpx.device import DEVICES

    return map(Choice, DEVICES)


def _tables(_ctx: Any) -> Iterator[Choice]:
    from lens_routes.output.csv_table import DIALECTS

    return map(Choice, DIALECTS)


def _dates(_ctx: Any) -> Iterator[Choice]:
    from lens_routes.text.wording import WEEKDAYS

    soon = {
        "en": ("today", "tomorrow", "this weekend"),
        "fr": ("aujourd’hui", "demain", "ce week-end"),
    }
    return map(Choice, (*soon[in_use()], *map(str.lower, WEEKDAYS[in_use()])))


def _profiles(_ctx: Any) -> Iterator[Choice]:
    from lens_routes.files.toml_file import parse_toml
    from lens_routes.settings.settings import default_path

    document, _ = parse_toml(default_path())
    return map(Choice, document["profile"])


def _fields(_ctx: Any) -> Iterator[Choice]:
    from lens_routes.catalogue.exchange.draft import meaning
    from lens_routes.catalogue.file.fields import FIELDS

    return (Choice(f"{field}=", meaning(field)) for field in FIELDS)


def _needs(_ctx: Any) -> Iterator[Choice]:
    from lens_routes.plan.amenity import Need, name_of

    return (Choice(need.value, name_of(need)) for need in Need)


def _words(*words: str) -> Source:
    return lambda _ctx: map(Choice, words)


#: What completes a parameter, by its name in the program.
_SOURCES: dict[str, Source] = {
    **dict.fromkeys(("here", "near", "where"), _places),
    "kind": _kinds,
    "commune": _communes,
    "done": _stops,
    "to": _formats,
    "device": _devices,
    "table": _tables,
    "values": _fields,
    "what": _needs,
    "_lang": _words(*LANGUAGES),
    "_profile": _profiles,
}
#: What completes the options of a request, by the name it gives it.
_NAMED = {
    "theme": _themes,
    "group=": _groups,
    "place": _places,
    "place=": _timed_places,
    "date": _dates,
}


def _sources() -> dict[str, Source]:
    from lens_routes.plan.request import OPTIONS

    asked = {option.parameter: option.words for _, option in OPTIONS if option.words}
    return _SOURCES | {
        name: _NAMED[words] if isinstance(words, str) else _words(*words)
        for name, words in asked.items()
    }
