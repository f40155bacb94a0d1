"""The classes of ways: which tags each edge bears, kept once for all that share them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FERRY = "ferry"
_BETWEEN, _WITHIN = "\n", "="


@dataclass(frozen=True, slots=True)
class Classes:
    """A table of distinct sets of tags, read one by one when they are asked for.

    Attributes
    ----------
    first_byte, text
        Class ``c`` is written ``text[first_byte[c]:first_byte[c + 1]]``, UTF-8, a tag a line as
        ``key=value``; int32 of shape (classes + 1,) and uint8.
    """

    first_byte: memoryview[int]
    text: memoryview[int]
    _read: dict[int, Mapping[str, str]] = field(default_factory=dict, compare=False, repr=False)

    def __len__(self) -> int:
        """Count the classes."""
        return len(self.first_byte) - 1

    def __getitem__(self, number: int) -> Mapping[str, str]:
        """Return the tags of a class."""
        tags = self._read.get(number)
        if tags is None:
            text = bytes(self.text[self.first_byte[number] : self.first_byte[number + 1]]).decode()
            lines = text.split(_BETWEEN) if text else []
            tags = self._read[number] = {
                key: value for key, _, value in (line.partition(_WITHIN) for line in lines)
            }
        return tags

    def holding(self, tag: str) -> list[Mapping[str, str]]:
        """Return the classes with a tag, written ``key=value``; without reading the others."""
        key, _, value = tag.partition(_WITHIN)
        if bytes(self.text).find(tag.encode()) < 0:
            return []
        return [tags for n in range(len(self)) if (tags := self[n]).get(key) == value]


def written(classes: Iterable[Mapping[str, str]]) -> list[bytes]:
    """Return each class as it is kept."""
    return [
        _BETWEEN.join(
            f"{key}{_WITHIN}{value.replace(_BETWEEN, ' ')}" for key, value in tags.items()
        ).encode()
        for tags in classes
    ]


def kind_of(tags: Mapping[str, str]) -> str:
    """Return the kind of a way: its ``highway`` value, or what else one moves along; else empty."""
    kind = tags.get("highway")
    if kind is not None:
        return kind.partition(";")[0].strip() if ";" in kind else kind
    if tags.get("route") == FERRY:
        return FERRY
    if "platform" in (tags.get("railway"), tags.get("public_transport")):
        return "platform"
    return "pier" if tags.get("man_made") == "pier" else ""
