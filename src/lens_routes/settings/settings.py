"""The person's own defaults: one TOML file with a table for each command, and profiles.

::

    lang = "fr"
    territory = "lens"
    [all]                             # every command that has the option
    places = "mine.geojson"
    [plan]
    theme = ["culture"]
    max-walk = "8km"
    [profile.office.plan]             # with --profile office
    max-walk = "5km"

A default gives way to whatever is said nearer to the question: built in, then ``[all]``, then the
command's table, then the profile's two, then a variable of the environment, then the option on the
line. What stands in the file is read as if it had been typed there.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes.errors import BadInputError, UsageError
from lens_routes.files.look import personal
from lens_routes.files.storage import of_platform
from lens_routes.files.toml_file import line_of, parse_toml, placed
from lens_routes.settings.values import Option, check_value, nearest
from lens_routes.text import units
from lens_routes.text.language import LANGUAGES, joined, said_in, tr
from lens_routes.text.words import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lens_routes.text.language import Said

FILE_VARIABLE, PROFILE_VARIABLE = "LENS_ROUTES_CONFIG", "LENS_ROUTES_PROFILE"
LANGUAGE_VARIABLE = "LENS_ROUTES_LANG"
#: The table that holds the profiles, the one for all commands, and the key that is no option.
PROFILES, ALL, LANGUAGE, TERRITORY = "profile", "all", "lang", "territory"
UNITS = "units"
#: How many faults one message tells.
_TOLD = 5


class Setting(NamedTuple):
    """A default and where it stands: the table (empty: none), the line, whether of a profile."""

    value: Any
    table: str
    line: int
    of_profile: bool


_NOTHING: Mapping[tuple[tuple[str, ...], str], Setting] = {}


class Settings(NamedTuple):
    """What a file sets: for each option by command and key, and the language."""

    path: Path
    profile: str | None = None
    by_option: Mapping[tuple[tuple[str, ...], str], Setting] = _NOTHING
    language: Setting | None = None

    def default_map(self, options: Iterable[Option]) -> dict[str, Any]:
        """Return the defaults as nested mappings: by the words of a command, then parameter."""
        tree: dict[str, Any] = {}
        for option in options:
            setting = self.by_option.get((option.command, option.key))
            if setting is None:
                continue
            table = tree
            for word in option.command:
                table = table.setdefault(word, {})
            table[option.parameter] = setting.value
        return tree


def default_path() -> Path:
    """Return where the settings are: ``LENS_ROUTES_CONFIG``, else the platform's own folder."""
    if override := os.environ.get(FILE_VARIABLE):
        return personal(override)
    return of_platform("config") / "config.toml"


def read(path: Path, options: Sequence[Option], profile: str | None = None) -> Settings:
    """Return the settings of a file; none where there is no file.

    Raises
    ------
    BadInputError
        The file cannot be read, is not TOML, or sets what no command has.
    UsageError
        The file has no such profile.
    """
    document, text = _document(path)
    profiles = document.get(PROFILES, {})
    faults = _Faults(path, text)
    found = _Reading(options, faults)
    found.take(document, "", of_profile=False)
    if not isinstance(profiles, dict):
        faults.add("", PROFILES, tr("A profile is a table, such as [profile.office.plan]."))
        profiles = {}
    for name, table in profiles.items():
        # Every profile is read, so that a fault in one is not found on the day it is needed.
        reading = found if name == profile else _Reading(options, faults)
        if isinstance(table, dict):
            reading.take(table, f"{PROFILES}.{name}", of_profile=True)
        else:
            faults.add(PROFILES, name, tr("A profile is a table, such as [profile.office.plan]."))
    faults.raise_if_any()
    if profile is not None and profile not in profiles:
        raise _no_profile(profile, path, profiles)
    return Settings(path, profile, found.by_option, found.language)


def glance(path: Path, profile: str | None) -> dict[str, Any]:
    """Return a file's top and the profile's over it, unchecked; empty where it is broken.

    The language has to be known before a fault of the file can be told in it.
    """
    try:
        document, _ = _document(path)
    except BadInputError:
        return {}
    profiles = document.pop(PROFILES, {})
    chosen = profiles.get(profile, {}) if isinstance(profiles, dict) else {}
    return {**document, **(chosen if isinstance(chosen, dict) else {})}


class _Faults:
    """Gathers what is wrong with one settings file."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text
        self._found: list[tuple[Said, str]] = []

    def line(self, table: str, key: str) -> int:
        return line_of(self._text, table, key)

    def add(self, table: str, key: str, problem: str, remedy: str = "") -> None:
        said = placed(self._path, self.line(table, key), table, key, problem)
        self._found.append((said, remedy))

    def raise_if_any(self) -> None:
        if not self._found:
            return
        lines = [problem for problem, _ in self._found[:_TOLD]]
        if rest := len(self._found) - _TOLD:
            lines += [tr("… and {n} more.", n=rest)] if rest > 0 else []
        hints = dict.fromkeys(remedy for _, remedy in self._found[:_TOLD] if remedy)
        raise BadInputError(joined("\n", lines), joined(" ", hints))


class _Reading:
    """Takes tables of the file, each outdoing those before it."""

    def __init__(self, options: Sequence[Option], faults: _Faults) -> None:
        self._options = options
        self._faults = faults
        self._commands = {option.command for option in options}
        self.by_option: dict[tuple[tuple[str, ...], str], Setting] = {}
        self.language: Setting | None = None

    def take(self, document: Mapping[str, Any], table: str, *, of_profile: bool) -> None:
        """Take what is for all commands first, the commands' own tables over it."""
        for key, value in document.items():
            if key == LANGUAGE:
                self._take_language(value, table, of_profile=of_profile)
            elif key == UNITS:
                if value not in units.KNOWN:
                    problem = tr("{value} are no units of length.", value=repr(value))
                    remedy = tr('Write units = "metric" or "imperial".')
                    self._faults.add(table, key, problem, remedy)
            elif key == TERRITORY:
                self._take_territory(value, table)
            elif not isinstance(value, dict) and (key != PROFILES or table):
                problem = tr("A default stands in the table of its command.")
                remedy = tr("Write it below [plan], for example, or below [all].")
                self._faults.add(table, key, problem, remedy)
        common = document.get(ALL, {})
        for key, value in common.items() if isinstance(common, dict) else ():
            matching = [option for option in self._options if option.key == key]
            self._set(matching, key, value, _below(table, ALL), of_profile=of_profile)
        for key, value in document.items():
            if isinstance(value, dict) and key != ALL and (key != PROFILES or table):
                self._take_command((key,), value, _below(table, key), of_profile=of_profile)

    def _take_command(
        self, command: tuple[str, ...], given: Mapping[str, Any], table: str, *, of_profile: bool
    ) -> None:
        if not any(known[: len(command)] == command for known in self._commands):
            self._no_command(command, table)
            return
        for key, value in given.items():
            if isinstance(value, dict) and command not in self._commands:
                below = (*command, key)
                self._take_command(below, value, _below(table, key), of_profile=of_profile)
                continue
            matching = [o for o in self._options if o.command == command and o.key == key]
            self._set(matching, key, value, table, of_profile=of_profile, command=command)

    def _set(
        self,
        matching: Sequence[Option],
        key: str,
        value: object,
        table: str,
        *,
        of_profile: bool,
        command: tuple[str, ...] = (),
    ) -> None:
        if not matching:
            self._no_option(command, key, table)
        for option in matching:
            try:
                taken = check_value(option, value)
            except ValueError as error:
                self._faults.add(table, key, *error.args)
                return
            line = self._faults.line(table, key)
            self.by_option[option.command, key] = Setting(taken, table, line, of_profile)

    def _take_language(self, value: object, table: str, *, of_profile: bool) -> None:
        if value in LANGUAGES:
            line = self._faults.line(table, LANGUAGE)
            self.language = Setting(value, table, line, of_profile)
        else:
            known = joined(tr(" or "), [f'"{language}"' for language in LANGUAGES])
            problem = tr("{value} is not a language of the program.", value=repr(value))
            self._faults.add(table, LANGUAGE, problem, tr("Write {known}.", known=known))

    def _take_territory(self, value: object, table: str) -> None:
        if not isinstance(value, str) or not slug(value):
            problem = tr("{value} is not the name of a territory.", value=repr(value))
            self._faults.add(table, TERRITORY, problem, tr('Write territory = "monaco".'))

    def _no_command(self, command: tuple[str, ...], table: str) -> None:
        last = len(command) - 1
        names = {k[last] for k in self._commands if len(k) > last and k[:last] == command[:last]}
        problem = tr("There is no command {command}.", command=" ".join(command))
        above, _, key = table.rpartition(".")
        self._faults.add(above, key, problem, _did_you_mean(command[-1], {*names, ALL, PROFILES}))

    def _no_option(self, command: tuple[str, ...], key: str, table: str) -> None:
        own = [o for o in self._options if not command or o.command == command]
        if other := next((option for option in own if option.instead == key), None):
            remedy: str
            problem = tr("--{key} is the other side of --{other}.", key=key, other=other.key)
            remedy = tr("Write {other} = false.", other=other.key)
        elif command:
            words = " ".join(command)
            problem = tr("lens-routes {command} has no option --{key}.", command=words, key=key)
            remedy = _did_you_mean(key, {option.key for option in own})
        else:
            problem = tr("No command has an option --{key}.", key=key)
            remedy = _did_you_mean(key, {option.key for option in own})
        self._faults.add(table, key, problem, remedy)


def _below(table: str, key: str) -> str:
    return f"{table}.{key}" if table else key


def _did_you_mean(word: str, choices: Iterable[str]) -> str:
    guess = nearest(word, sorted(choices))
    return (
        tr("Did you mean {guess}?", guess=guess)
        if guess
        else tr("See what can be set with: {command}", command="lens-routes config show")
    )


def _no_profile(name: str, path: Path, profiles: Mapping[str, object]) -> UsageError:
    known = ", ".join(profiles)
    if not known:
        return UsageError(
            tr("--profile {name}: {file} has no profiles.", name=name, file=path),
            tr("Write one: [profile.{name}.plan]", name=name),
        )
    return UsageError(
        tr("--profile {name}: {file} has no such profile.", name=name, file=path),
        tr("Its profiles are {known}.", known=known),
    )


def _document(path: Path) -> tuple[dict[str, Any], str]:
    try:
        return parse_toml(path)
    except FileNotFoundError:
        return {}, ""


def origin(setting: Setting, path: Path) -> Said:
    """Return where a setting stands, for people: the file, the line, the table."""
    where = f"{path}:{setting.line}" if setting.line else str(path)
    table = f" [{setting.table}]" if setting.table else ""
    return said_in(dict.fromkeys(LANGUAGES, f"{where}{table}"))


def settings_named(
    settings: Settings, command: tuple[str, ...], message: str
) -> Iterator[tuple[str, Setting]]:
    """Yield the options of a command that a message names and the file has set."""
    for (words, key), setting in settings.by_option.items():
        if words == command and re.search(rf"--{re.escape(key)}(?![\w-])", message):
            yield key, setting
