"""How changes of a catalogue are shown, confirmed and written, whatever made them."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lens_routes.cli.frame import console
from lens_routes.errors import BadInputError, InterruptedByUserError, StorageError
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from lens_routes.catalogue.exchange.changes import Change
    from lens_routes.catalogue.file.sheet import Sheet

#: Unchanged lines shown around a difference.
_AROUND = 1


def editable(path: Path | None) -> Sheet:
    """Return the catalogue to change: the file named, or the shipped one of a source tree.

    Raises
    ------
    StorageError
        The catalogue of an installed program is not for editing, or the file is read-only.
    BadInputError
        It is no catalogue.
    """
    from lens_routes.catalogue.exchange.changes import open_sheet
    from lens_routes.files.look import is_file
    from lens_routes.files.shipped import in_use, is_installed
    from lens_routes.files.territory import own_places

    target = in_use() if path is None else path
    hint = tr(
        "Make a copy of your own, then change that one: {first}, then {second}",
        first="lens-routes places export mine.geojson",
        second="--places mine.geojson",
    )
    if path is None and own_places() is None and is_installed(target):
        raise StorageError(
            tr(
                "The catalogue that comes with the program ({file}) is not for editing.",
                file=target,
            ),
            hint,
        )
    if is_file(target) and not os.access(target, os.W_OK):
        raise StorageError(tr("{file} is read-only.", file=target), hint)
    return open_sheet(target)


@dataclass
class Written:
    """Changes made to the text of a catalogue, on their way to its file.

    ``apply`` makes them in a sheet, and says what they come to; it is done again where somebody
    else changed the file in the meantime.
    """

    sheet: Sheet
    apply: Callable[[Sheet], Sequence[Change]]
    dry_run: bool
    yes: bool
    as_json: bool
    remarks: Sequence[str] = ()
    partial: bool = False
    before: str = field(init=False)
    changes: Sequence[Change] = field(init=False)

    def __post_init__(self) -> None:
        self.before = self.sheet.text
        self.changes = self.apply(self.sheet)

    def finish(self) -> None:
        """Show the changes, ask where somebody can be asked, and write them.

        Raises
        ------
        BadInputError
            Some are refused, and the rest is not to be written without them.
        InterruptedByUserError
            The person said no.
        """
        self._require_taken()
        differs = self.sheet.text != self.before
        if not self.as_json:
            self._show()
        if differs and not self.dry_run:
            self._confirm()
            self._save()
        refused = [change for change in self.changes if change.state == "refused"]
        fails = self.dry_run and bool(refused) and not self.partial
        if not self.as_json:
            console.answer(self._summary(differs=differs))
        elif not fails:
            # What fails says so alone, for programs.
            console.print_json(self._document(written=differs and not self.dry_run))
        if fails:
            raise self._refusal(refused)

    def _require_taken(self) -> None:
        refused = [change for change in self.changes if change.state == "refused"]
        if refused and not (self.partial or self.dry_run):
            raise self._refusal(refused)

    def _save(self) -> None:
        """Write the changes into the file as it is now, one writer at a time."""
        from lens_routes.catalogue.exchange.changes import open_sheet
        from lens_routes.files.lock import changing

        with changing(self.sheet.path):
            now = open_sheet(self.sheet.path)
            if now.sha256 != self.sheet.sha256:
                self.changes, self.sheet = self.apply(now), now
                self._require_taken()
            self.sheet.save()

    def _confirm(self) -> None:
        if self.yes or self.as_json or not console.interactive():
            return
        if not console.confirm(tr("Write {file}?", file=self.sheet.path)):
            raise InterruptedByUserError(tr("{file} is as it was.", file=self.sheet.path))

    def _show(self) -> None:
        for remark in self.remarks:
            console.say(remark)
        for change in self.changes:
            for line in _told(change):
                console.answer(line)
        if len(self.changes) == 1 and self.sheet.text != self.before:
            console.answer("\n".join(self._diff()))

    def _diff(self) -> Iterator[str]:
        """Yield the differing lines, as ``diff -u`` shows them."""
        before, after = self.before.splitlines(), self.sheet.text.splitlines()
        name = str(self.sheet.path)
        yield from difflib.unified_diff(before, after, name, name, n=_AROUND, lineterm="")

    def _refusal(self, refused: Sequence[Change]) -> BadInputError:
        told = joined("\n", [line for change in refused for line in _told(change)])
        title = trn("{n} place is refused:", "{n} places are refused:", len(refused))
        several = len(self.changes) > 1
        return BadInputError(
            joined("\n", [title, told]),
            tr("Nothing was written. Mend them, or import the others with --partial.")
            if several
            else tr("Nothing was written."),
            details=[_record(change) for change in refused],
        )

    def _summary(self, *, differs: bool) -> str:
        if not differs:
            return tr("Nothing to change in {file}.", file=self.sheet.path)
        counts = {
            "added": trn("{n} added", "{n} added", self._count("added")),
            "changed": trn("{n} changed", "{n} changed", self._count("changed")),
            "removed": trn("{n} removed", "{n} removed", self._count("removed")),
            "unchanged": trn("{n} unchanged", "{n} unchanged", self._count("unchanged")),
            "refused": trn("{n} refused", "{n} refused", self._count("refused")),
        }
        listed = joined(", ", [text for state, text in counts.items() if self._count(state)])
        if self.dry_run:
            return tr("{file} would have: {counts}.", file=self.sheet.path, counts=listed)
        return tr("Wrote {file}: {counts}.", file=self.sheet.path, counts=listed)

    def _count(self, state: str) -> int:
        return sum(change.state == state for change in self.changes)

    def _document(self, *, written: bool) -> dict[str, Any]:
        return {
            "schema": "lens-routes/places-changed/1",
            "file": str(self.sheet.path),
            "written": written,
            "changes": [_record(change) for change in self.changes],
            "remarks": list(self.remarks),
        }


def _told(change: Change) -> Iterator[str]:
    """Yield a change in words; what is unchanged needs none."""
    if change.state == "unchanged":
        return
    states = {
        "added": tr("added"),
        "changed": tr("changed"),
        "removed": tr("removed"),
        "refused": tr("refused"),
    }
    where = tr("line {line}", line=change.line) if change.line else ""
    head = [states[change.state], where, change.name, f"({change.id})" if change.id else ""]
    yield joined(" ", [part for part in head if part])
    for reason in (*change.reasons, *change.remarks, *change.said):
        yield joined("", ["  ", reason])
    if change.state == "changed":
        for name, (old, new) in change.fields.items():
            yield tr("  {field}: {old} → {new}", field=name, old=_short(old), new=_short(new))


def _short(value: object) -> str:
    text = "–" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _record(change: Change) -> dict[str, Any]:
    return {
        "state": change.state,
        "place": change.id,
        "name": change.name,
        "line": change.line or None,
        "fields": {name: {"old": old, "new": new} for name, (old, new) in change.fields.items()},
        "reasons": list(change.reasons),
        "remarks": [*change.remarks, *change.said],
    }
