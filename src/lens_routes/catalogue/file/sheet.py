"""The text of a catalogue, edited feature by feature: what is not touched stays byte for byte.

A file kept in version control is read by its differences. So nothing is parsed and written anew:
the text is cut at the features, and only the features that change are given another text, in the
indentation, order and spelling of those beside them.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes.catalogue.file.fields import FIELDS
from lens_routes.errors import StorageError
from lens_routes.files.look import required
from lens_routes.files.storage import atomic_file
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: In which order the properties of a place stand, for those that are added.
ORDER = tuple(FIELDS)
#: How the first place of a new catalogue is spelt.
_MODEL = '{\n   "type": "Feature"\n  }'
_DECODER = json.JSONDecoder()
_SPACE = expression(r"[ \t\r\n]*")


class _Member(NamedTuple):
    """A key and its value in the text of an object: where each begins and ends."""

    key: str
    start: int
    colon: int
    value: int
    end: int


@dataclass
class Sheet:
    """The text of a catalogue: what stands before, between and after its features."""

    path: Path
    sha256: str
    mark: bytes
    head: str
    features: list[str]
    gaps: list[str]
    tail: str

    @property
    def text(self) -> str:
        """The whole text as it is now."""
        between = [*self.gaps[: len(self.features) - 1], ""] if self.features else []
        pairs = zip(self.features, between, strict=True)
        return self.head + "".join(part for pair in pairs for part in pair) + self.tail

    @property
    def data(self) -> bytes:
        """The bytes of the file as it is now."""
        return self.mark + self.text.encode()

    def values(self) -> list[dict[str, Any]]:
        """Return the features as they are now, parsed."""
        return [json.loads(feature) for feature in self.features]

    def append(self, feature: Mapping[str, Any]) -> None:
        """Add a feature after the last one, spelt like it."""
        model = self.features[-1] if self.features else _MODEL
        lead = re.search(r"\n([ \t]*)$", self.head)
        if not self.gaps and self.features:
            self.gaps.append("," + (_space_before(self.head) or " "))
        elif self.features and len(self.gaps) < len(self.features):
            self.gaps.append(self.gaps[-1])
        self.features.append(_spelt(feature, model, lead[1] if lead else "", self._newline))

    def remove(self, index: int) -> None:
        """Take a feature out, with what parts it from the next one."""
        del self.features[index]
        if self.gaps:
            del self.gaps[min(index, len(self.gaps) - 1)]

    def set_property(self, index: int, key: str, value: object) -> None:
        """Give a feature's property a value; None takes the property out."""
        feature = self.features[index]
        member = _find(feature, 0, "properties")
        if member is None or feature[member.value] != "{":
            raise ValueError("the feature has no properties")
        begin, end = member.value, member.end
        made = _with(feature[begin:end], key, value, escaped=self._escaped)
        self.features[index] = feature[:begin] + made + feature[end:]

    def move(self, index: int, lon: float, lat: float) -> None:
        """Give a feature another position; a height stays."""
        feature = self.features[index]
        geometry = _find(feature, 0, "geometry")
        place = _find(feature, geometry.value, "coordinates") if geometry else None
        if place is None or feature[place.value] != "[":
            raise ValueError("the feature has no position")
        numbers = _items(feature, place.value)[:2]
        for (begin, end), number in reversed(list(zip(numbers, (lon, lat), strict=True))):
            if json.loads(feature[begin:end]) != number:
                feature = feature[:begin] + json.dumps(number) + feature[end:]
        self.features[index] = feature

    def set_header(self, keys: Sequence[str], value: object) -> None:
        """Give a member of what the catalogue says of itself a value; None takes it out."""
        text = self.text
        header = _find(text, _skip(text, 0), "lens_routes")
        if header is None:
            start = _skip(text, 0) + 1
            text = f'{text[:start]}\n "lens_routes": {{}},{text[start:]}'
            header = _find(text, _skip(text, 0), "lens_routes")
        assert header is not None  # noqa: S101  # it was put there
        made = _nested(text[header.value : header.end], keys, value, escaped=self._escaped)
        text = text[: header.value] + made + text[header.end :]
        now = _cut(self.path, self.sha256, self.mark, text)
        self.head, self.features, self.gaps, self.tail = (
            now.head,
            now.features,
            now.gaps,
            now.tail,
        )

    def save(self) -> None:
        """Write the file, whole or not at all.

        Raises
        ------
        StorageError
            Somebody changed the file since it was read, or it cannot be written.
        """
        if hashlib.sha256(required(self.path)).hexdigest() != self.sha256:
            raise StorageError(
                tr("{file} was changed by somebody else in the meantime.", file=self.path),
                tr("Nothing was written; do it again with the file as it is now."),
            )
        with atomic_file(self.path) as stream:
            stream.write(self.data)

    @property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.head else "\n"

    @property
    def _escaped(self) -> bool:
        """Whether the file writes é as an escape, as some programs do."""
        return all(feature.isascii() for feature in self.features) and any(
            "\\u" in feature for feature in self.features
        )


def read_sheet(path: Path) -> Sheet:
    """Return the text of the catalogue at *path*, which has to be a sound JSON collection."""
    data = required(path)
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return _cut(path, hashlib.sha256(data).hexdigest(), mark, data[len(mark) :].decode())


def _nested(text: str, keys: Sequence[str], value: object, *, escaped: bool) -> str:
    """Return the text of an object with a member of its members set."""
    first, *rest = keys
    if not rest:
        return _with(text, first, value, escaped=escaped)
    member = _find(text, 0, first)
    if member is None:
        text = _with(text, first, {}, escaped=escaped)
        member = _find(text, 0, first)
    assert member is not None  # noqa: S101  # it was put there
    inner = _nested(text[member.value : member.end], rest, value, escaped=escaped)
    return text[: member.value] + inner + text[member.end :]


def _cut(path: Path, sha256: str, mark: bytes, text: str) -> Sheet:
    """Cut the text of a collection at its features."""
    member = _find(text, _skip(text, 0), "features")
    if member is None:
        raise ValueError("there are no features")
    spans = _items(text, member.value)
    if not spans:
        return _empty(path, sha256, mark, text, member)
    return Sheet(
        path=path,
        sha256=sha256,
        mark=mark,
        head=text[: spans[0][0]],
        features=[text[begin:end] for begin, end in spans],
        gaps=[text[a[1] : b[0]] for a, b in pairwise(spans)],
        tail=text[spans[-1][1] :],
    )


def _empty(path: Path, sha256: str, mark: bytes, text: str, member: _Member) -> Sheet:
    """Return the text of a catalogue that has no place yet, with room for the first."""
    newline = "\r\n" if "\r\n" in text else "\n"
    return Sheet(
        path=path,
        sha256=sha256,
        mark=mark,
        head=text[: member.value] + "[" + newline + "  ",
        features=[],
        gaps=[],
        tail=newline + " " + "]" + text[member.end :],
    )


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _members(text: str, at: int) -> list[_Member]:
    """Return the members of the object that begins at *at*."""
    found = []
    at = _skip(text, at + 1)
    while text[at] != "}":
        key, colon = _DECODER.raw_decode(text, at)
        value = _skip(text, _skip(text, colon) + 1)
        _, end = _DECODER.raw_decode(text, value)
        found.append(_Member(key, at, colon, value, end))
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at] == "," else at
    return found


def _items(text: str, at: int) -> list[tuple[int, int]]:
    """Return where each item of the array that begins at *at* begins and ends."""
    found = []
    at = _skip(text, at + 1)
    while text[at] != "]":
        _, end = _DECODER.raw_decode(text, at)
        found.append((at, end))
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at] == "," else at
    return found


def _find(text: str, at: int, key: str) -> _Member | None:
    return next((member for member in _members(text, at) if member.key == key), None)


def _with(text: str, key: str, value: object, *, escaped: bool) -> str:
    """Return the text of an object with one member set, or taken out where *value* is None."""
    members = _members(text, 0)
    index = next((i for i, member in enumerate(members) if member.key == key), None)
    if index is not None and value is None:
        return _without(text, members, index)
    if value is None:
        return text
    spelt = json.dumps(value, ensure_ascii=escaped)
    if index is not None:
        return text[: members[index].value] + spelt + text[members[index].end :]
    if not members:
        return f"{{{json.dumps(key)}: {spelt}}}"
    colon = text[members[0].colon : members[0].value]
    made = f"{json.dumps(key)}{colon}{spelt}"
    lead = text[1 : members[0].start]
    between = text[members[0].end : members[1].start] if len(members) > 1 else f",{lead or ' '}"
    before = _last_before(members, key)
    if before is None:
        return text[: members[0].start] + made + between + text[members[0].start :]
    return text[: before.end] + between + made + text[before.end :]


def _without(text: str, members: Sequence[_Member], index: int) -> str:
    if index + 1 < len(members):
        return text[: members[index].start] + text[members[index + 1].start :]
    begin = members[index - 1].end if index else 1
    end = members[index].end if index else len(text) - 1
    return text[:begin] + text[end:]


def _last_before(members: Sequence[_Member], key: str) -> _Member | None:
    """Return the member a new one belongs behind, by the order of the fields."""
    if key not in ORDER:
        return members[-1]
    earlier = {*ORDER[: ORDER.index(key)]}
    return next((member for member in reversed(members) if member.key in earlier), None)


def _space_before(head: str) -> str:
    found = re.search(r"\[([ \t\r\n]*)$", head)
    return found[1] if found else ""


def _spelt(feature: Mapping[str, Any], model: str, lead: str, newline: str) -> str:
    """Return the text of a feature in the way its model is written."""
    escaped = model.isascii() and "\\u" in model
    if "\n" not in model:
        members = _members(model, 0)
        colon = model[members[0].colon : members[0].value]
        comma = model[members[0].end : members[1].start] if len(members) > 1 else ", "
        return json.dumps(feature, ensure_ascii=escaped, separators=(comma, colon))
    first = re.match(r"\{\r?\n([ \t]*)", model)
    indented = first[1] if first else f"{lead} "
    unit = indented[len(lead) :] or " "
    flat = not re.search(r"\[\s*\n", model)
    lines = _lines(feature, unit, flat=flat, escaped=escaped).split("\n")
    return newline.join([lines[0], *(lead + line for line in lines[1:])])


def _lines(value: object, unit: str, *, flat: bool, escaped: bool) -> str:
    """Return a value as indented JSON, its arrays in one line where they are *flat*."""
    if isinstance(value, dict) and value:
        inner = (
            f"{json.dumps(key, ensure_ascii=escaped)}: "
            + _lines(one, unit, flat=flat, escaped=escaped).replace("\n", f"\n{unit}")
            for key, one in value.items()
        )
        return "{\n" + ",\n".join(unit + one for one in inner) + "\n}"
    if isinstance(value, list) and value and not flat:
        return json.dumps(value, ensure_ascii=escaped, indent=unit)
    return json.dumps(value, ensure_ascii=escaped)
