"""Run the commands shown in the documentation and put their output below them.

A block to fill looks like this in Markdown::

    <!-- run: lens-routes places themes -->
    ```text
    (the output)
    ```

``python docs/generate.py`` rewrites the blocks, ``--check`` fails where one is stale. Commands run
with a fixed clock in an empty data directory, 80 columns wide, without colour. A block marked
``<!-- run with streets: … -->`` needs the shared map extract and is passed over without it.
A block below ``<!-- file: tours.toml -->`` shows a file of this folder, which commands find there.
What stands between ``<!-- made by: module:function -->`` and ``<!-- end -->`` is Markdown that a
function of this repository returns.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SHARED = Path(os.environ.get("LENS_ROUTES_SHARED", ROOT.parent / "shared"))
MAP = SHARED / "osm" / "lens-artois.osm.pbf"
NOW = "2026-11-25T09:00"
#: Pictures of the terminal: what a command prints, which paragraphs and lines of it, with streets
#: or not.
PICTURES = {
    "plan.svg": ("lens-routes plan --theme culture", slice(None), slice(24), False),
    "map.svg": (
        "lens-routes plan --theme mining-heritage --map", slice(2, 3), slice(-28, None), True
    ),
}  # fmt: skip
#: rich's own frame without the fonts it would fetch from a server.
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: "Fira Code", Menlo, Consolas, monospace;
 font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
<rect fill="#1c1f26" width="{width}" height="{height}" rx="8"/>
<g transform="translate({terminal_x}, 16)" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
BLOCK = re.compile(
    r"(<!-- run(?P<streets> with streets)?: (?P<command>lens-routes[^\n]*) -->\n```text\n)"
    r"(?P<output>.*?)(```\n)",
    re.DOTALL,
)
MADE = re.compile(
    r"(<!-- made by: (?P<module>[\w.]+):(?P<function>\w+) -->\n\n).*?(\n<!-- end -->\n)", re.DOTALL
)
FILE = re.compile(r"(<!-- file: (?P<name>[\w.-]+) -->\n```[a-z]+\n)(?P<text>.*?)(```\n)", re.DOTALL)


def run(command: str, home: Path, **variables: str) -> str:
    """Return what a command prints on stdout, with paths of this machine taken out."""
    environment = {
        **os.environ,
        "LENS_ROUTES_HOME": str(home),
        "LENS_ROUTES_CONFIG": str(home / "config.toml"),
        "LENS_ROUTES_NOW": NOW,
        "COLUMNS": "80",
        "LINES": "30",
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
        "TERM": "xterm-256color",
        **variables,
    }
    words = [sys.executable, "-m", "lens_routes.cli.start", *shlex.split(command)[1:]]
    done = subprocess.run(  # noqa: S603  # our own program
        words, env=environment, cwd=home, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{command} failed:\n{done.stderr}")
    return done.stdout.replace(str(home), "~/.local/share/lens-routes")


def fill(page: str, homes: dict[bool, Path]) -> str:
    """Return *page* with each block's output made anew, where the data it needs are here."""

    def anew(match: re.Match[str]) -> str:
        home = homes.get(bool(match["streets"]))
        if home is None:
            return match[0]
        return f"{match[1]}{run(match['command'], home)}```\n"

    def shown(match: re.Match[str]) -> str:
        return f"{match[1]}{(ROOT / 'docs' / match['name']).read_text(encoding='utf-8')}```\n"

    def made(match: re.Match[str]) -> str:
        maker = getattr(importlib.import_module(match["module"]), match["function"])
        return f"{match[1]}{maker()}{match[4]}"

    return BLOCK.sub(anew, MADE.sub(made, FILE.sub(shown, page)))


def picture(name: str, homes: dict[bool, Path]) -> str | None:
    """Return a picture of the terminal, in colour, as SVG; None where its data are not here."""
    command, paragraphs, lines, streets = PICTURES[name]
    home = homes.get(streets)
    if home is None:
        return None
    coloured = run(command, home, NO_COLOR="", FORCE_COLOR="1", TERM="xterm-256color")
    console = Console(record=True, width=80, file=io.StringIO(), force_terminal=True)
    shown = "\n\n".join(coloured.split("\n\n")[paragraphs])
    for line in shown.splitlines()[lines]:
        console.print(Text.from_ansi(line))
    return console.export_svg(title="", code_format=FRAME, unique_id=name.partition(".")[0])


def _homes(folder: Path) -> dict[bool, Path]:
    """Return data directories: one with nothing in it, one with streets where a map is here."""
    homes = {False: folder / "bare"}
    if MAP.is_file():
        homes[True] = folder / "streets"
    for home in homes.values():
        home.mkdir()
        for file in (ROOT / "docs").glob("*.toml"):
            shutil.copy(file, home)
    if True in homes:
        run(f"lens-routes streets import {MAP}", homes[True])
    return homes


def _made(homes: dict[bool, Path]) -> Iterator[tuple[Path, str]]:
    """Yield every page and picture that can be made here, and what it should hold."""
    for path in PAGES:
        yield path, fill(_read(path), homes)
    for name in PICTURES:
        if drawn := picture(name, homes):
            yield ROOT / "docs" / name, drawn


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def main() -> None:
    """Fill or check every page."""
    sys.path.insert(0, str(ROOT))  # for ``tools`` and whatever else makes a page
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="fail where a page is stale")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        made = dict(_made(_homes(Path(folder))))
    stale = [path for path, text in made.items() if not path.is_file() or _read(path) != text]
    if not check:
        for path in stale:
            path.write_text(made[path], encoding="utf-8")
    stale = [path.relative_to(ROOT) for path in stale]
    if check and stale:
        sys.exit(f"stale: {', '.join(map(str, stale))}; run: python docs/generate.py")
    sys.stdout.write("".join(f"{path}\n" for path in stale))


if __name__ == "__main__":
    main()
