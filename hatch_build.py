"""Compile the translations when the program is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Translations(BuildHookInterface):  # type: ignore[misc]  # hatchling is there at build time only
    """Turn every ``.po`` into the ``.mo`` beside it that the program reads."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's
        """Compile before the files of the wheel are gathered."""
        for path in Path(self.root, "src", "lens_routes", "locale").glob("*/LC_MESSAGES/*.po"):
            with path.open("rb") as stream:
                catalog = read_po(stream, locale=path.parents[1].name)
            with path.with_suffix(".mo").open("wb") as stream:
                write_mo(stream, catalog)
            build_data["artifacts"].append(
                path.with_suffix(".mo").relative_to(self.root).as_posix()
            )
