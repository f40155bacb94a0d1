"""How the settings file reaches a command: read before it, handed to Typer as its defaults."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

import typer

from lens_routes.cli.frame import command_tree
from lens_routes.cli.frame.console import say
from lens_routes.errors import LensRoutesError, UsageError
from lens_routes.files import territory
from lens_routes.files.look import is_there
from lens_routes.settings import settings
from lens_routes.text import language, units
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lens_routes.settings.settings import Settings

#: What has to work when the settings are broken: who asks for help, or looks for what is wrong.
_FORGIVING = {"config", "doctor", "completion"}
_HELP = {"--help", "-h", "--version"}
#: The key of the settings in the context of Typer.
OF_CONTEXT = "settings"


def taken(arguments: list[str], option: str) -> tuple[list[str], str | None]:
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


def profile_of(arguments: list[str]) -> tuple[list[str], str | None]:
    """Return the arguments without ``--profile``, and the profile chosen there or outside."""
    rest, named = taken(arguments, "--profile")
    return rest, named if named is not None else os.environ.get(settings.PROFILE_VARIABLE) or None


def language_of(arguments: list[str]) -> str:
    """Return the language to speak unless ``--lang`` says otherwise.

    ``LENS_ROUTES_LANG``, else the settings, else the locale.
    """
    wanted = os.environ.get(settings.LANGUAGE_VARIABLE)
    if wanted not in language.LANGUAGES:
        _, profile = profile_of(arguments)
        wanted = settings.glance(settings.default_path(), profile).get(settings.LANGUAGE)
    return str(wanted) if wanted in language.LANGUAGES else language.preferred(os.environ)


@contextlib.contextmanager
def in_units(arguments: list[str]) -> Iterator[list[str]]:
    """Say lengths as the line or the settings want them; yield the other words.

    What this process starts does so too.
    """
    rest, named = taken(arguments, "--units")
    if named is not None and named not in units.KNOWN:
        raise UsageError(
            tr("--units {wanted} are no units of length.", wanted=named),
            tr("Choose {known}.", known=joined(tr(" or "), units.KNOWN)),
        )
    wanted = _wanted(arguments, named, units.VARIABLE, settings.UNITS)
    with _outside(units.VARIABLE, str(wanted) if wanted in units.KNOWN else None):
        yield rest


@contextlib.contextmanager
def in_territory(arguments: list[str]) -> Iterator[list[str]]:
    """Use the territory named anywhere on the line or in the settings; yield the other words.

    What this process starts uses it too.
    """
    rest, named = taken(arguments, "--territory")
    wanted = _wanted(arguments, named, territory.VARIABLE, settings.TERRITORY)
    with _outside(
        territory.VARIABLE, territory.name_of(wanted) if isinstance(wanted, str) else None
    ):
        yield rest


def _wanted(arguments: list[str], named: str | None, variable: str, key: str) -> object:
    """Return what the line names, else the settings say; None where the environment decides."""
    if named is not None or os.environ.get(variable) is not None:
        return named
    _, profile = profile_of(arguments)
    return settings.glance(settings.default_path(), profile).get(key)


@contextlib.contextmanager
def _outside(variable: str, value: str | None) -> Iterator[None]:
    """Put a value into the environment for a while; None leaves what is there."""
    before = os.environ.get(variable)
    if value is not None:
        os.environ[variable] = value
    try:
        yield
    finally:
        os.environ.pop(variable, None)
        if before is not None:
            os.environ[variable] = before


def load(command: Any, arguments: Sequence[str], profile: str | None) -> Settings:
    """Return the settings for a line; those that are broken stop no help, ``config``, ``doctor``.

    Raises
    ------
    BadInputError
        The settings file has a fault, and the line needs it.
    UsageError
        There is no such profile.
    """
    path = settings.default_path()
    try:
        if profile is None and not is_there(path):
            return settings.Settings(path)
        return settings.read(path, command_tree.options(command), profile)
    except LensRoutesError as error:
        if not _forgives(arguments):
            raise
        if not command_tree.completing():
            say(tr("The settings are left aside: {reason}", reason=error.message))
        return settings.Settings(path)


def default_map(used: Settings, command: Any) -> dict[str, Any]:
    """Return the defaults as Typer takes them."""
    return used.default_map(command_tree.options(command)) if used.by_option else {}


def of_settings(context: typer.Context) -> set[str]:
    """Return the parameters of a command whose values come from the settings, not from the line."""
    sources = {name: context.get_parameter_source(name) for name in context.params}
    return {name for name, source in sources.items() if source and source.name == "DEFAULT_MAP"}


def wants_json(tree: Callable[[], Any], arguments: list[str]) -> bool:
    """Tell whether a line asks for JSON, by itself or by the settings."""
    if "--json" in arguments:
        return True
    path, (rest, profile) = settings.default_path(), profile_of(arguments)
    with contextlib.suppress(LensRoutesError):
        if not is_there(path):
            return False
        command = tree()
        found = settings.read(path, command_tree.options(command), profile)
        wish = found.by_option.get((command_tree.command_of(command, rest), "json"))
        return wish is not None and wish.value is True
    return False


@contextlib.contextmanager
def blamed(used: Settings, command: Any, arguments: Sequence[str]) -> Iterator[None]:
    """Add to a failure that names an option where it was set, if it was not on the line."""
    words = command_tree.command_of(command, arguments)
    typed = {word.partition("=")[0] for word in arguments}

    def origins(message: str) -> list[str]:
        return [
            tr("--{key} was set in {place}.", key=key, place=settings.origin(setting, used.path))
            for key, setting in settings.settings_named(used, words, message)
            if f"--{key}" not in typed
        ]

    try:
        yield
    except LensRoutesError as error:
        error.hint = joined(" ", filter(None, [error.hint, *origins(error.message)]))
        raise
    except typer.TyperException as error:
        error.message = " ".join([error.message, *origins(error.format_message())])
        raise


def _forgives(arguments: Sequence[str]) -> bool:
    words = [word for word in arguments if not word.startswith("-")]
    return not words or words[0] in _FORGIVING or bool(_HELP & {*arguments})
