"""The tours file: what is common to its tours, and each of them with its options.

::

    title = "Winter tours"
    as-of = 2026-11-25T09:00:00       # when the plans say they were made
    formats = ["gpx", "html"]
    [defaults]                        # options of plan, for every tour
    for = "5h"
    [[tour]]
    name = "winter"
    must = ["louvre-lens"]
    [tour.each]                       # every combination of these
    date = ["2026-12-05", "2026-12-06"]
    theme = ["culture", ["nature", "panorama"]]
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lens_routes.errors import BadInputError
from lens_routes.files.names import portable
from lens_routes.files.toml_file import line_of, parse_toml, placed
from lens_routes.settings.values import check_value, nearest
from lens_routes.text.language import LANGUAGES, joined, tr
from lens_routes.text.words import slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from lens_routes.settings.values import Option

#: More tours than this are a slip of the pen.
MOST_TOURS = 5000
#: Longer names of folders are cut: some file systems and most people stop there.
_LONGEST_NAME = 80
_TOP = ("title", "as-of", "lang", "places", "formats", "export", "defaults", "tour")
#: Keys of a tour that are no option of ``plan``.
_OWN = ("name", "lang", "each")


@dataclass(frozen=True, slots=True)
class Tour:
    """A tour to build: the folder's name, the options of ``plan`` by parameter, the language."""

    name: str
    options: Mapping[str, Any]
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What a tours file asks for.

    ``as_of`` is the moment the plans are made at, as it was written; ``formats`` None for the
    usual ones; ``export`` holds the options of the formats by parameter.
    """

    title: str
    tours: tuple[Tour, ...]
    as_of: dt.datetime | None = None
    language: str | None = None
    places: Path | None = None
    formats: tuple[str, ...] | None = None
    export: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a tours file may say: the options of ``plan`` and of ``export``, and the formats."""

    plan: Sequence[Option]
    export: Sequence[Option]
    formats: Collection[str]


def read_tours(path: Path, words: Vocabulary) -> Batch:
    """Return what a tours file asks for.

    Raises
    ------
    BadInputError
        The file is missing, is not TOML, or says what no tour has: file, line, table and key are
        named.
    """
    try:
        document, text = parse_toml(path)
    except FileNotFoundError:
        raise BadInputError(
            tr("{file} is not there.", file=path),
            tr("Name a file that lists tours; see docs/batch.md."),
        ) from None
    return _Reading(path, text, words).batch(document)


class _Reading:
    """Reads one file, and knows where in it things stand."""

    def __init__(self, path: Path, text: str, words: Vocabulary) -> None:
        self._path = path
        self._text = text
        self._words = words

    def batch(self, document: Mapping[str, Any]) -> Batch:
        for key in document:
            if key not in _TOP:
                raise self._refusal("", key, tr("There is no such key."), _guess(key, _TOP))
        tables = document.get("tour")
        if not isinstance(tables, list) or not tables:
            raise self._refusal(
                "", "tour", tr("No tour is listed."), tr("Begin each with [[tour]].")
            )
        common = self._options("defaults", self._table(document, "defaults"), self._words.plan)
        tours: list[Tour] = []
        for number, table in enumerate(tables, 1):
            tours += self._tours(number, table, common, most=MOST_TOURS - len(tours))
        self._require_apart(tours)
        return Batch(
            title=self._text_of(document, "title") or self._path.stem,
            tours=tuple(tours),
            as_of=self._moment(document),
            language=self._language("", document.get("lang"), 1),
            places=self._places(document),
            formats=self._formats(document),
            export=self._options("export", self._table(document, "export"), self._words.export),
        )

    def _tours(
        self, number: int, table: object, common: Mapping[str, Any], *, most: int
    ) -> Iterator[Tour]:
        if not isinstance(table, dict):
            raise self._refusal(
                "", "tour", tr("A tour is a table."), tr("Begin each with [[tour]].")
            )
        given = {key: value for key, value in table.items() if key not in _OWN}
        options = {**common, **self._options("tour", given, self._words.plan, number)}
        name = self._text_of(table, "name", number) or f"tour-{number}"
        language = self._language("tour", table.get("lang"), number)
        each = table.get("each", {})
        if not isinstance(each, dict):
            raise self._refusal(
                "tour", "each", tr("It is a table."), tr("Write it below [tour.each]."), number
            )
        axes = [list(self._axis(key, values, number)) for key, values in each.items()]
        if math.prod(map(len, axes)) > most:
            raise BadInputError(
                tr("{file} lists more than {most} tours.", file=self._path, most=MOST_TOURS),
                tr("List fewer; the lists below each multiply."),
            )
        for combination in itertools.product(*axes):
            chosen: dict[str, Any] = {}
            for _, part in combination:
                chosen |= part
            spoken = chosen.pop("lang", language)
            parts = [name, *(label for label, _ in combination)]
            yield Tour(_folder(parts), {**options, **chosen}, spoken)

    def _axis(
        self, key: str, values: object, number: int
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the label and the options of each value that an option takes in turn."""
        if not isinstance(values, list) or not values:
            problem = tr("It is not a list of values, one for each tour.")
            raise self._refusal(
                "tour.each", key, problem, tr('Write {key} = ["…", "…"].', key=key), number
            )
        for value in values:
            if key == "lang":
                yield str(value), {"lang": self._language("tour.each", value, number)}
                continue
            options = self._options("tour.each", {key: value}, self._words.plan, number)
            taken = next(iter(options.values()))
            words = taken if isinstance(taken, list) else [taken]
            yield "-".join(_label(key, word) for word in words), options

    def _options(
        self, table: str, given: Mapping[str, Any], known: Sequence[Option], number: int = 1
    ) -> dict[str, Any]:
        by_key = {option.key: option for option in known}
        found = {}
        for key, value in given.items():
            option = by_key.get(key)
            if option is None:
                own = _OWN if table == "tour" else ()
                problem, remedy = tr("There is no such key."), _guess(key, (*by_key, *own))
                for other in (one.key for one in known if one.instead == key):
                    problem = tr("--{key} is the other side of --{other}.", key=key, other=other)
                    remedy = tr("Write {other} = false.", other=other)
                raise self._refusal(table, key, problem, remedy, number)
            if isinstance(value, list) and not option.several:
                raise self._refusal(
                    table,
                    key,
                    tr("It takes one value."),
                    tr("To build a tour for each, write the list below [tour.each]."),
                    number,
                )
            try:
                found[option.parameter] = check_value(option, value)
            except ValueError as error:
                problem, remedy = error.args
                raise self._refusal(table, key, problem, remedy, number) from None
        return found

    def _require_apart(self, tours: Sequence[Tour]) -> None:
        seen: set[str] = set()
        for tour in tours:
            if tour.name in seen:
                raise BadInputError(
                    tr("{file} has two tours called {name}.", file=self._path, name=tour.name),
                    tr("Give each a name of its own: it becomes a folder."),
                )
            seen.add(tour.name)

    def _table(self, document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = document.get(key, {})
        if not isinstance(value, dict):
            raise self._refusal(
                "", key, tr("It is a table."), tr("Write it below [{key}].", key=key)
            )
        return value

    def _text_of(self, table: Mapping[str, Any], key: str, number: int = 0) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            remedy = tr('Write a text between quotes: {key} = "…".', key=key)
            raise self._refusal(
                "tour" if number else "", key, tr("It is not a text."), remedy, number or 1
            )
        if key == "name" and value and not slug(value):
            raise self._refusal("tour", key, tr("It has no letter or digit."), "", number)
        return value

    def _moment(self, document: Mapping[str, Any]) -> dt.datetime | None:
        value = document.get("as-of")
        if value is None or isinstance(value, dt.datetime):
            return value
        raise self._refusal(
            "", "as-of", tr("It is not a moment."), tr("Write as-of = 2026-11-25T09:00:00.")
        )

    def _language(self, table: str, value: object, number: int) -> str | None:
        if value is None or value in LANGUAGES:
            return None if value is None else str(value)
        known = joined(tr(" or "), [f'"{language}"' for language in LANGUAGES])
        problem = tr("{value} is not a language of the program.", value=repr(value))
        raise self._refusal(table, "lang", problem, tr("Write {known}.", known=known), number)

    def _places(self, document: Mapping[str, Any]) -> Path | None:
        value = self._text_of(document, "places")
        return self._path.parent / value if value else None

    def _formats(self, document: Mapping[str, Any]) -> tuple[str, ...] | None:
        value = document.get("formats")
        if value is None:
            return None
        known = self._words.formats
        for name in value if isinstance(value, list) else [value]:
            if not isinstance(name, str) or name not in known:
                problem = tr("{name} is not a format.", name=repr(name))
                remedy = tr("Choose among {known}.", known=", ".join(known))
                raise self._refusal("", "formats", problem, remedy)
        return tuple(dict.fromkeys(value if isinstance(value, list) else [value]))

    def _refusal(
        self, table: str, key: str, problem: str, remedy: str = "", number: int = 1
    ) -> BadInputError:
        line = line_of(self._text, table, key, number)
        head = table.replace("tour", "tour {n}", 1).format(n=number) if table else ""
        return BadInputError(placed(self._path, line, head, key, problem), remedy)


def _guess(key: str, known: Collection[str]) -> str:
    guess = nearest(key, known)
    if guess:
        return tr("Did you mean {guess}?", guess=guess)
    return tr("There may be: {known}.", known=", ".join(known))


def _label(key: str, value: object) -> str:
    """Return what a value adds to the name of a folder; a flag is known by its option."""
    if value is True:
        return key
    return f"no-{key}" if value is False else str(value)


def _folder(parts: Sequence[str]) -> str:
    """Return a name that reads well and is the same for the same parts, whatever is beside."""
    # Signs that slug() drops may be all that parts two values: 50.4,2.8 and 50.4,-2.8.
    whole = "-".join(slug(part) or "x" for part in parts)
    if len(whole) <= _LONGEST_NAME:
        return portable(whole)
    mark = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:6]
    return f"{whole[: _LONGEST_NAME - 7].rstrip('-')}-{mark}"
