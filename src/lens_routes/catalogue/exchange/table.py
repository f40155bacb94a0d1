"""Places as a table (CSV), for people who keep them in a spreadsheet; and back."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.exchange.changes import Row, require_few
from lens_routes.catalogue.exchange.draft import Unreadable, amount_of, number, value_of
from lens_routes.catalogue.file.faults import nearest, printable
from lens_routes.catalogue.file.fields import FIELDS
from lens_routes.errors import BadInputError
from lens_routes.files.look import required
from lens_routes.geo import Point
from lens_routes.text.expressions import expression
from lens_routes.text.language import joined, tr
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lens_routes.catalogue.catalogue import Term

COLUMNS = ("id", "latitude", "longitude", *FIELDS)
_SEPARATORS = (";", ",", "\t", "|")
#: What a spreadsheet would compute instead of showing; a quote before it keeps it a text.
_FORMULA = expression(r"'*\s*[=+\-@\t\r＝＋－＠]")
#: What some programs write before all, to tell Excel what parts the columns.
_HINT = expression(r"sep=.\r?\n", re.IGNORECASE)
#: What other tables call our columns, folded.
_HEADS = {
    "identifiant": "id", "lat": "latitude", "y": "latitude", "lon": "longitude",
    "lng": "longitude", "long": "longitude", "x": "longitude",
    **{head: name for name, field in FIELDS.items() for head in field.heads},
}  # fmt: skip
#: Encodings of before Unicode, of Windows and of the Mac; letters tell which of them it is.
_OLD, _USUAL = ("cp1252", "mac_roman"), expression("[àâäçéèêëîïôöùûüœæñß’€]")
#: So many bytes tell in which encoding a table is.
_LOOKED_AT = 1000
_NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
#: What a spreadsheet would take for a number or a date, and not give back as it was.
_TAKEN = expression(r"0\d+|\d{12,}|\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?|\d+[eE]\d+")
_AS_TEXT = expression(r'="((?:[^"]|"")*)"')
#: What would part a list's items among themselves.
_PARTING = expression(r"^\[|[,;|]")


def write_table(
    features: Iterable[Mapping[str, Any]],
    *,
    separator: str,
    decimal: str,
    mark: str,
    spreadsheet: bool = False,
) -> bytes:
    """Return places as a table, a row each and a column each field.

    Parameters
    ----------
    features
        GeoJSON features, as in the catalogue.
    separator, decimal, mark
        What parts the columns, what the decimals, and what stands before all: see
        `lens_routes.output.csv_table`.
    spreadsheet
        Whether texts such as 01004 and 11/19 are written so that a spreadsheet leaves them alone.
    """
    stream = io.StringIO()
    stream.write(mark)
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for feature in features:
        lon, lat = feature["geometry"]["coordinates"][:2]
        cells = [feature["id"], lat, lon, *map(feature["properties"].get, FIELDS)]
        writer.writerow([_cell(value, decimal, spreadsheet=spreadsheet) for value in cells])
    return stream.getvalue().encode()


def _cell(value: Any, decimal: str, *, spreadsheet: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return repr(value).replace(".", decimal)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    text = _list(value) if isinstance(value, list) else str(value)
    if spreadsheet and _TAKEN.fullmatch(text):
        return f'="{text}"'
    return f"'{text}" if _FORMULA.match(text) else text


def _list(items: Sequence[str]) -> str:
    """Return items between commas; as JSON where an item would come back in pieces."""
    if any(_PARTING.search(item) for item in items):
        return json.dumps(items, ensure_ascii=False)
    return ", ".join(items)


def read_table(
    path: Path, themes: Sequence[Term], columns: Mapping[str, str] = _NO_COLUMNS
) -> tuple[list[Row], list[str]]:
    """Return the rows of a table, and remarks on columns that are not read.

    *columns* says what heads mean that are not known here.

    Encoding (UTF-8, UTF-16, else Windows-1252), separator and decimal mark are found
    out: those of English and French Excel and of most databases.

    Raises
    ------
    BadInputError
        The file cannot be read, or has no column that says which places it is about.
    """
    text = _lines(decoded(required(path)))
    hint = _HINT.match(text)
    text, above = (text[hint.end() :], 1) if hint else (text, 0)
    meant = {fold(head): name for head, name in columns.items()}
    separator = _separator(text, meant)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    try:
        header = next(reader, [])
        names = [column_named(cell, meant) for cell in header]
        _require_columns(path, header, names)
        begin = above + reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_row(begin, names, cells, themes))
                require_few(rows)
            begin = above + reader.line_num + 1
    except csv.Error as error:
        raise BadInputError(
            tr(
                "{file}, line {line}: {reason}.",
                file=path,
                line=above + reader.line_num,
                reason=error,
            ),
            tr("Close the quotes there; in a text, write them twice."),
        ) from error
    return rows, list(_unread(header, names))


def decoded(data: bytes) -> str:
    """Return a text in UTF-8 or UTF-16, marked or not, else in Windows-1252 or Mac Roman.

    Lines that were pasted together keep each its encoding.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    for odd, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        # Without its mark, it is known by every other byte of a Western text, which is a null.
        if data[odd:_LOOKED_AT:2].count(0) * 2 > len(data[odd:_LOOKED_AT:2]):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        old = max(_OLD, key=lambda name: len(_USUAL.findall(data.decode(name, "replace"))))
        return "".join(_line(line, old) for line in data.splitlines(keepends=True))


def _line(data: bytes, old: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode(old, errors="replace")


def _lines(text: str) -> str:
    """Return a text with line ends of one kind: a table may have been pasted from several."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _separator(text: str, meant: Mapping[str, str]) -> str:
    """Return what parts the columns: whatever makes the first line name the most fields."""
    # Of a line without end the beginning says enough.
    first = text.lstrip("\n").partition("\n")[0][: csv.field_size_limit()]

    def known(separator: str) -> int:
        cells = next(csv.reader([first], delimiter=separator), [])
        return sum(column_named(cell, meant) != "" for cell in cells)

    return max(_SEPARATORS, key=known)


def column_named(cell: str, meant: Mapping[str, str] = _NO_COLUMNS) -> str:
    """Return the column that a head of a table means; empty if none."""
    words = fold(cell)
    if words in meant:
        return meant[words]
    by_name = {fold(name): name for name in COLUMNS}
    return by_name.get(words) or _HEADS.get(words, "")


def _require_columns(path: Path, header: Sequence[str], names: Sequence[str]) -> None:
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise BadInputError(
            tr("{file} has two columns for {field}.", file=path, field=", ".join(sorted(twice))),
            tr("Keep one of them."),
        )
    if not {"id", "name"} & set(names):
        raise BadInputError(
            tr("{file} has no column for the id or the name of a place.", file=path),
            tr(
                "Its first line names the columns, such as id;name;latitude;longitude."
                " It is: {line}",
                line=printable(" ".join(header)[:120]),
            ),
        )


def _unread(header: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    for cell, name in zip(header, names, strict=True):
        if name or not cell.strip():
            continue
        guess = nearest(fold(cell).replace(" ", "_"), COLUMNS)
        shown = printable(cell)
        if guess:
            yield tr("Column {name} is not read. Do you mean {guess}?", name=shown, guess=guess)
        else:
            yield tr("Column {name} is not read.", name=shown)


def _row(line: int, names: Sequence[str], cells: Sequence[str], themes: Sequence[Term]) -> Row:
    reasons: list[str] = []
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        reasons.append(tr("It has more cells than there are columns."))
    texts = {name: _unquoted(cell) for name, cell in zip(names, cells, strict=False) if name}
    fields: dict[str, Any] = {}
    for name in FIELDS:
        if name in texts:
            try:
                fields[name] = value_of(name, texts[name], themes)
            except Unreadable as error:
                reasons.append(joined(" ", [tr("{field}:", field=name), *error.args]))
    if "price_eur" not in fields and (price := amount_of(texts.get("fee", ""))):
        fields["price_eur"] = price
    point = _point(texts, reasons)
    identity = texts.get("id", "").strip()
    return Row(line, identity, point, fields, joined(" ", reasons) if reasons else "")


def _unquoted(cell: str) -> str:
    if match := _AS_TEXT.fullmatch(cell.strip()):
        return match[1].replace('""', '"')
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def _point(texts: Mapping[str, str], reasons: list[str]) -> Point | None:
    lat, lon = (texts.get(name, "").strip() for name in ("latitude", "longitude"))
    if not lat and not lon:
        return None
    try:
        return Point(number(lon), number(lat))
    except Unreadable as error:
        reasons.append(joined(" ", [tr("{field}:", field="position"), *error.args]))
        return None
