"""Packages depend downwards only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "lens_routes"

BASE = {"errors", "geo", "language"}
#: What each part may import at run time. What it only names in annotations is in ``TYPES``.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "geo": set(),
    "language": set(),
    "wording": {"language"},
    "quantities": {"errors", "language"},
    "storage": {"wording", "errors", "language"},
    "mapped_file": {"storage", "wording", "errors", "language"},
    "basemap": {"geo"},
    "plan": {"geo"},
    "tour_id": set(),
    "document": {"plan", "tour_id", "wording", *BASE},
    "catalogue": {"storage", "wording", *BASE},
    "streets": {"wording", "basemap", "mapped_file", "storage", *BASE},
    "timetable": {"wording", "mapped_file", "storage", *BASE},
    "geocode": {"catalogue", "plan", "storage", "wording", *BASE},
    "travel": {"streets", "timetable", "plan", "mapped_file", "storage", "wording", *BASE},
    "tour": {"plan", "wording", *BASE},
    "output": {"basemap", "plan", "tour_id", "wording", "document", *BASE},
    "toml_file": {"wording", "errors", "language"},
    "settings_values": {"language"},
    "settings": {"toml_file", "settings_values", "errors", "language"},
    "settings_template": {"language"},
    "batch": {"toml_file", "settings_values", "catalogue", "output", "storage", *BASE},
    "planning": {
        "catalogue", "streets", "timetable", "travel", "tour",
        "basemap", "document", "plan", "tour_id", "quantities", "wording", *BASE,
    },
}  # fmt: skip
#: Types that annotations may name beyond that: what the part works on, without calling it.
TYPES: dict[str, set[str]] = {
    "tour": {"catalogue", "travel"},
    "tour_id": {"plan"},
    "output": {"catalogue"},
    "settings_template": {"settings_values"},
    "batch": {"plan"},
}


def _imports(path: Path) -> set[tuple[str, bool]]:
    """Return the parts of the program that a module imports, and whether for annotations only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            # What the package itself holds, its version, is not a part.
            if package == "lens_routes" and _is_part(part := rest.partition(".")[0]):
                found.add((part, id(node) in for_types))
    return found


def _is_part(name: str) -> bool:
    return bool(name) and ((SOURCE / name).is_dir() or (SOURCE / f"{name}.py").is_file())


def _parts() -> list[str]:
    names = {path.relative_to(SOURCE).parts[0].removesuffix(".py") for path in SOURCE.rglob("*.py")}
    return sorted(names - {"__init__", "cli"})


@pytest.mark.parametrize("part", _parts())
def test_nothing_imports_what_is_above_it(part: str) -> None:
    """A part imports what stands below it only; a new part has to be given its level here."""
    modules = [SOURCE / f"{part}.py", *(SOURCE / part).rglob("*.py")]
    imported = {found for path in modules if path.is_file() for found in _imports(path)}
    needed = {name for name, for_types in imported if not for_types} - {part}
    named = {name for name, for_types in imported if for_types} - {part}
    assert needed <= MAY_IMPORT[part]
    assert named <= MAY_IMPORT[part] | TYPES.get(part, set())


def test_the_levels_make_no_circle() -> None:
    """The table itself allows no part to reach itself."""
    left = {part: below | TYPES.get(part, set()) for part, below in MAY_IMPORT.items()}
    while left:
        ground = {part for part, below in left.items() if not below & left.keys()}
        assert ground, f"a circle within {sorted(left)}"
        left = {part: below for part, below in left.items() if part not in ground}
