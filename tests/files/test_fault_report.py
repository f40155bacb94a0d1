"""Reports of faults, for the makers."""

from __future__ import annotations

from pathlib import Path

from lens_routes.files.fault_report import write_report


def test_a_report_holds_what_has_no_encoding() -> None:
    """A name that is no text does not stop the report of what went wrong with it."""
    report = Path(write_report("no such file: \udcff.geojson"))
    assert "\\udcff.geojson" in report.read_text(encoding="utf-8")
    report.unlink()
