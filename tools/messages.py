"""The messages of the program and their translations: ``python tools/messages.py update|compile``.

``update`` extracts every sentence marked with ``tr``, ``trn`` or ``marked``, every help text of the
commands, and merges them into each ``.po`` file; ``compile`` writes the ``.mo`` files that the
program reads, as building a wheel does. Needs Babel.
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "lens_routes"
KEYWORDS: dict[str, Any] = {"tr": None, "marked": None, "trn": (1, 2)}
#: Said by Typer's help pages through gettext's own functions.
OF_TYPER = (
    "Arguments",
    "Options",
    "Commands",
    "required",
    "default: {default}",
    "env var: {var}",
    "(dynamic)",
    "Show this message and exit.",
)
#: Header fields that change with every run, or that nobody fills.
_IDLE = re.compile(
    r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid|Last-Trans|Language-Team)[^\n]*\n'
)


def extracted() -> Catalog:
    """Return every message of the program, in the order of the files."""
    catalog = Catalog(project="lens-routes", charset="utf-8")
    found = extract_from_dir(SOURCE, [("**.py", "python")], keywords=KEYWORDS)
    for name, _line, message, comments, context in sorted(found, key=lambda item: item[:2]):
        place = (str(Path("src/lens_routes") / name), 0)
        catalog.add(message, locations=[place], auto_comments=comments, context=context)
    for text in dict.fromkeys([*OF_TYPER, *help_texts(), *catalogue_words()]):
        catalog.add(text)
    return catalog


def help_texts() -> Iterator[str]:
    """Yield every help text of the command tree."""
    from lens_routes.cli.commands import tree
    from lens_routes.cli.frame.translated import texts

    for text in texts(tree()):
        yield inspect.cleandoc(text)


def catalogue_words() -> Iterator[str]:
    """Yield what the shipped catalogue says of itself."""
    from lens_routes.catalogue.load import load

    catalogue = load(None)
    yield from filter(None, (catalogue.title, catalogue.attribution, catalogue.licence))


def po_files() -> list[Path]:
    """Return the catalogues there are."""
    return sorted((SOURCE / "locale").glob("*/LC_MESSAGES/lens_routes.po"))


def load_po(path: Path) -> Catalog:
    """Return one language's translations."""
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parents[1].name, domain=path.stem)


def update() -> None:
    """Merge the program's messages into every catalogue; those that are gone are dropped."""
    template = extracted()
    for path in po_files():
        catalog = load_po(path)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with path.open("wb") as stream:
            write_po(stream, catalog, width=100, omit_header=False, no_location=True)
        text = path.read_text(encoding="utf-8")
        path.write_text(_IDLE.sub("", text), encoding="utf-8")
        missing = sum(not _complete(message) for message in catalog if message.id)
        sys.stdout.write(f"{path.relative_to(ROOT)}: {len(catalog)} messages, {missing} missing\n")


def compile_all() -> None:
    """Write the file the program reads beside every catalogue."""
    for path in po_files():
        with path.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, load_po(path))


def _complete(message: Any) -> bool:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings)


if __name__ == "__main__":
    {"update": update, "compile": compile_all}[sys.argv[1]]()
