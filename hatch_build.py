"""Compile the translations and pack the tables of ways when the program is built."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Compiled(BuildHookInterface):  # type: ignore[misc]  # hatchling is there at build time only
    """Put beside every text that the program reads what it reads faster."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's
        """Compile before the files of the wheel are gathered."""
        self._compile_translations(build_data)
        self._pack_ways()

    def _compile_translations(self, build_data: dict[str, Any]) -> None:
        for path in Path(self.root, "src", "lens_routes", "locale").glob("*/LC_MESSAGES/*.po"):
            with path.open("rb") as stream:
                catalog = read_po(stream, locale=path.parents[1].name)
            with path.with_suffix(".mo").open("wb") as stream:
                write_mo(stream, catalog)
            build_data["artifacts"].append(
                path.with_suffix(".mo").relative_to(self.root).as_posix()
            )

    def _pack_ways(self) -> None:
        """Pack the tables of ways; the folder of the data goes into the wheel whole."""
        sys.path.insert(0, str(Path(self.root, "src")))
        from lens_routes.travel.tables import kept, table  # noqa: PLC0415  # found only now

        data = Path(self.root, "data")
        for old in data.glob(f"*{kept.SUFFIX}"):
            old.unlink()
        for text in sorted(data.glob("*_distances.csv")):
            kept.save(table.load(text), kept.copy_of(text))
