"""What a batch is handed over with: a page that leads to every tour, and a manifest to check it."""

from __future__ import annotations

import hashlib
import json
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from lens_routes.text.language import in_use, tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lens_routes.batch.work import Outcome

INDEX, MANIFEST = "index.html", "manifest.json"
#: No font, picture or script from anywhere: the page works from a USB stick.
_STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; }
h1 { font-size: 1.6rem; line-height: 1.2; }
h2 { font-size: 1.15rem; margin: 0; }
ul { list-style: none; margin: 0; padding: 0; }
.tours > li { border-top: 1px solid #8888; padding: 1rem 0; }
.files { display: flex; flex-wrap: wrap; gap: .3rem 1rem; }
.files a { display: inline-block; padding: .2rem 0; }
p { margin: .2rem 0; }
a:focus-visible { outline: 3px solid; outline-offset: 2px; }
@media print { .files { display: none; } }
"""


_IN_LANGUAGE = {"en": lambda: tr("Files in English"), "fr": lambda: tr("Files in French")}


def index_page(title: str, outcomes: Sequence[Outcome]) -> bytes:
    """Return the page, in the language in use: each tour built, what it is, and its files."""
    return "".join(f"{line}\n" for line in _page(title, outcomes)).encode()


def _page(title: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    built = [outcome for outcome in outcomes if outcome.record]
    yield "<!DOCTYPE html>"
    yield f'<html lang="{in_use()}">'
    yield '<head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>"
    yield f"<style>\n{_STYLE}</style></head>"
    yield "<body><main>"
    yield f"<h1>{escape(title)}</h1>"
    count = trn("{n} tour", "{n} tours", len(built))
    yield f"<p>{escape(count)}</p>"
    yield '<ul class="tours">'
    for outcome in built:
        yield from _tour(outcome)
    yield "</ul>"
    yield "</main></body>"
    yield "</html>"


def _tour(outcome: Outcome) -> Iterator[str]:
    assert outcome.record is not None  # noqa: S101  # only those that were built are shown
    summary, files = outcome.record.summary, list(outcome.record.files)
    title = escape(_said(summary["title"]))
    page = next((file for file in files if file.endswith(".html")), None)
    heading = f'<a href="{_link(outcome.name, page)}">{title}</a>' if page else title
    yield f'<li><h2 id="{outcome.name}">{heading}</h2>'
    for day in summary["days"]:
        yield f"<p>{escape(_said(day))}</p>"
    yield f"<p>{escape(', '.join(summary['visits']))}</p>"
    if summary["language"] != in_use():
        yield f"<p>{escape(_IN_LANGUAGE[summary['language']]())}</p>"
    label = escape(tr("Files of {tour}", tour=_said(summary["title"])))
    other = summary["language"] != in_use()
    spoken = f' hreflang="{summary["language"]}"' if other else ""
    yield f'<ul class="files" aria-label="{label}">'
    for file in files:
        size = outcome.record.files[file].bytes
        words = escape(tr("{kind} ({size})", kind=_kind(file), size=_size(size)))
        yield f'<li><a href="{_link(outcome.name, file)}"{spoken}>{words}</a></li>'
    yield "</ul></li>"


def _link(folder: str, file: str) -> str:
    return quote(f"{folder}/{file}")


def _said(texts: Mapping[str, str]) -> str:
    return texts[in_use()]


def _kind(file: str) -> str:
    suffix = file.rpartition(".")[2]
    known = {
        "html": tr("Map"),
        "pdf": tr("Roadbook"),
        "gpx": tr("GPX track"),
        "ics": tr("Calendar"),
        "md": tr("Text"),
        "csv": tr("Table"),
        "json": tr("Plan"),
    }
    return known.get(suffix, suffix.upper())


def _size(octets: int) -> str:
    return tr("{n} kB", n=max(1, round(octets / 1000)))


def manifest(title: str, program: str, as_of: str | None, outcomes: Sequence[Outcome]) -> bytes:
    """Return the manifest: every file with its checksum, and what was not built and why.

    Parameters
    ----------
    as_of
        The moment that was fixed for the plans, ISO 8601; None where the clock was used.
    """
    page = index_page(title, outcomes)
    document = {
        "schema": "lens-routes/manifest/1",
        "title": title,
        "program": program,
        "as_of": as_of,
        "tours": [tour_document(outcome) for outcome in outcomes if outcome.record],
        "index": {
            "path": INDEX,
            "sha256": hashlib.sha256(page).hexdigest(),
            "bytes": len(page),
        },
        "failed": [failed_document(outcome) for outcome in outcomes if outcome.failure],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def tour_document(outcome: Outcome) -> dict[str, Any]:
    """Return a tour that was built as JSON values."""
    assert outcome.record is not None  # noqa: S101  # as above
    summary = outcome.record.summary
    return {
        "name": outcome.name,
        "title": _said(summary["title"]),
        "language": summary["language"],
        "visits": summary["visits"],
        "files": [
            {"path": f"{outcome.name}/{file}", "sha256": made.sha256, "bytes": made.bytes}
            for file, made in outcome.record.files.items()
        ],
    }


def failed_document(outcome: Outcome) -> dict[str, str]:
    """Return a tour that was not built, and why, as JSON values."""
    assert outcome.failure is not None  # noqa: S101  # only those that failed are told so
    failure = outcome.failure
    return {
        "name": outcome.name,
        "kind": failure.kind,
        "message": failure.message,
        "hint": failure.hint,
    }
