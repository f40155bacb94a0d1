"""The house as the code has it: its rooms, what each answers, and who imports whom.

A room is a package without packages inside; where a package holds others, each module beside them
is a room of its own. ``tests/test_layers.py`` holds the rules against it, and ``docs/generate.py``
draws it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "lens_routes"


@dataclass(frozen=True)
class Module:
    """A module: its dotted name within the program, its file, and what it imports of the program.

    ``needs`` are modules imported when it runs, at once or within a function; ``names`` those that
    only annotations speak of.
    """

    name: str
    path: Path
    needs: frozenset[str]
    names: frozenset[str]

    @property
    def imports(self) -> frozenset[str]:
        """All modules it imports."""
        return self.needs | self.names

    @cached_property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.path.read_text(encoding="utf-8").splitlines())

    @property
    def package(self) -> str:
        """The package it lies in; empty at the top."""
        return ".".join(self.path.relative_to(SOURCE).parts[:-1])

    @cached_property
    def room(self) -> str:
        """The room it lies in."""
        beside = (path / "__init__.py" for path in self.path.parent.iterdir() if path.is_dir())
        if self.path.name == "__init__.py" or not any(path.is_file() for path in beside):
            return self.package
        return self.name


@cache
def files() -> dict[str, Path]:
    """Return the files of the program by the names of their modules; the top has none."""
    return {_name(path): path for path in sorted(SOURCE.rglob("*.py"))}


@cache
def modules() -> dict[str, Module]:
    """Return the modules of the program by name."""
    return {
        name: Module(name, path, *_imports(name, path)) for name, path in files().items() if name
    }


def _name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(module: str, path: Path) -> tuple[frozenset[str], frozenset[str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    needs, names = set(), set()
    for node in ast.walk(tree):
        found = _imported(node) - {module, ""}
        (names if id(node) in for_types else needs).update(found)
    return frozenset(needs), frozenset(names - needs)


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        dotted = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        if node.level:
            raise ValueError(f"line {node.lineno} imports relatively")
        whole = [f"{node.module}.{alias.name}" for alias in node.names]
        dotted = [
            name if name.removeprefix("lens_routes.") in files() else str(node.module)
            for name in whole
        ]
    else:
        return set()
    return {name.removeprefix("lens_routes.") for name in dotted if name.startswith("lens_routes.")}


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return a circle within a graph of who imports whom, or an empty list."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def rooms(house: dict[str, Module]) -> dict[str, set[str]]:
    """Return for each room the others that its modules import."""
    graph: dict[str, set[str]] = {}
    for module in house.values():
        others = {house[name].room for name in module.imports if name in house}
        graph.setdefault(module.room, set()).update(others - {module.room})
    return graph


def parts(house: dict[str, Module]) -> dict[str, set[str]]:
    """Return for each package or module at the top the others that it imports."""
    graph: dict[str, set[str]] = {}
    for module in house.values():
        others = {name.partition(".")[0] for name in module.imports}
        top = module.name.partition(".")[0]
        graph.setdefault(top, set()).update(others - {top})
    return graph


def levels(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return the parts from those that import most to those that import none, level by level."""
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    found: list[list[str]] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        found.insert(0, ready)
        sorter.done(*ready)
    return found


def purpose(path: Path) -> str:
    """Return what a module or package says of itself in its first line."""
    written = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return written.partition("\n")[0]


def drawing() -> str:
    """Return the house as Markdown: its levels, then each room with its one question."""
    house = modules()
    above = [f"    {'  '.join(level)}" for level in levels(parts(house))]
    rows = ["Each level imports from those below it only:", "", *above, ""]
    rows += ["| room | what it answers |", "|---|---|"]
    for init in sorted(SOURCE.rglob("__init__.py")):
        if name := _name(init):
            depth = name.count(".")
            label = f"**`{name}`**" if depth == 0 else f"{'&emsp;' * depth}`{name}`"
            rows.append(f"| {label} | {purpose(init)} |")
        else:
            tops = sorted(path for path in init.parent.glob("*.py") if path != init)
            rows += [f"| **`{path.stem}`** | {purpose(path)} |" for path in tops]
    return "\n".join(rows) + "\n"
