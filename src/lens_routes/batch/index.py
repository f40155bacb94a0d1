"""The page that leads to every tour of a batch: a card each, and which of them to show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from lens_routes.batch.filters import filters, spoken, values
from lens_routes.batch.summary import SIDE
from lens_routes.output.html.markup import SPACE, Markup, count, element, lines
from lens_routes.output.html.shell import asset, document
from lens_routes.text.language import in_use, joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lens_routes.batch.filters import Values
    from lens_routes.batch.records import Record
    from lens_routes.batch.work import Outcome

#: What people take, and under which ending.
_FOR_PEOPLE = ("html", "pdf", "gpx", "ics", "kml", "md")

#: A tour in one language: its folder, and what is known of it.
_Edition = tuple[str, "Record"]


def index_page(title: str, outcomes: Sequence[Outcome]) -> bytes:
    """Return the page, in the language in use: each tour built, what it is, and its files."""
    cards = _cards(outcomes)
    body = (
        element("header", element("h1", title, dir="auto")),
        element(
            "main",
            filters([_values(card) for card in cards]),
            count(len(cards), _counted),
            element("ul", lines(*map(_card, cards)), class_="tours", role="list"),
        ),
        element("footer", element("p", tr("© OpenStreetMap contributors, ODbL 1.0")))
        if any(record.summary.get("from_map") for card in cards for _, record in card)
        else Markup(),
    )
    return document(
        title,
        joined(": ", (title, _counted(len(cards)))),
        body,
        style="\n".join(map(asset, ("colours.css", "tours.css"))),
        scripts=(asset("tours.js"),),
    )


def _counted(number: int) -> str:
    return trn("{n} tour", "{n} tours", number)


def _cards(outcomes: Sequence[Outcome]) -> list[list[_Edition]]:
    """Return the tours built, the languages of one together, that of the page first."""
    together: dict[str, list[_Edition]] = {}
    for outcome in outcomes:
        if outcome.record:
            known = outcome.record.summary
            key = json.dumps([known["title"], known["days"], known["visits"]])
            editions = together.setdefault(key, [])
            # The same tour twice in a language is two cards.
            if any(_language(one) == _language((outcome.name, outcome.record)) for one in editions):
                editions = together.setdefault(outcome.name, [])
            editions.append((outcome.name, outcome.record))
    return [sorted(card, key=lambda one: _language(one) != in_use()) for card in together.values()]


def _language(edition: _Edition) -> str:
    return str(edition[1].summary["language"])


def _card(card: Sequence[_Edition]) -> Markup:
    name, record = card[0]
    summary = record.summary
    title = _said(summary["title"])
    page = _page(record)
    heading = element("a", title, href=_link(name, page)) if page else title
    return element(
        "li",
        _sketch(summary.get("sketch", ())),
        element(
            "div",
            element("h2", heading, id=name, dir="auto"),
            *(element("p", _said(day), class_="facts") for day in summary["days"]),
            element("p", ", ".join(summary["visits"]), class_="visits", dir="auto"),
            *(_edition(one, title, several=len(card) > 1) for one in card),
        ),
        class_="tour",
        **{f"data_{kind}": "|".join(found) for kind, found in _values(card).items()},
    )


def _values(card: Sequence[_Edition]) -> Values:
    return values([record.summary for _, record in card])


def _edition(edition: _Edition, title: str, *, several: bool) -> Markup:
    """Return the files of a tour in one language: those for people, and the others folded."""
    name, record = edition
    language = _language(edition)
    foreign = language if language != in_use() else None
    files = sorted(record.files, key=_rank)
    people = [file for file in files if _ending(file) in _FOR_PEOPLE]
    rest = [file for file in files if file not in people]
    label = tr("Files of {tour}", tour=title)
    return lines(
        element("h3", spoken(language)) if several or foreign else Markup(),
        element("ul", *_links(name, record, people, foreign), class_="files", aria_label=label),
        element(
            "details",
            element("summary", tr("For programs"), SPACE, element("span", title, class_="unseen")),
            element("ul", *_links(name, record, rest, foreign), class_="files"),
        )
        if rest
        else Markup(),
    )


def _links(
    name: str, record: Record, files: Iterable[str], language: str | None
) -> Iterable[Markup]:
    for file in files:
        size = tr("{n} kB", n=max(1, round(record.files[file].bytes / 1000)))
        link = element("a", _kind(file), href=_link(name, file), hreflang=language)
        yield element("li", link, SPACE, element("small", size))


def _kind(file: str) -> str:
    return {
        "html": tr("Map and timetable"),
        "pdf": tr("To print"),
        "gpx": tr("For your GPS"),
        "ics": tr("For your calendar"),
        "kml": tr("For Google Earth"),
        "md": tr("As text"),
        "csv": tr("Table"),
        "json": tr("Plan"),
    }.get(_ending(file), _ending(file).upper())


def _rank(file: str) -> tuple[int, str]:
    ending = _ending(file)
    return (_FOR_PEOPLE.index(ending) if ending in _FOR_PEOPLE else len(_FOR_PEOPLE), file)


def _ending(file: str) -> str:
    return file.rpartition(".")[2]


def _page(record: Record) -> str | None:
    return next((file for file in record.files if _ending(file) == "html"), None)


def _link(folder: str, file: str) -> str:
    return quote(f"{folder}/{file}")


def _sketch(shapes: Iterable[Mapping[str, Any]]) -> Markup:
    """Return the way of a tour as a small drawing, for eyes alone."""
    drawn = []
    for shape in shapes:
        if shape["kind"] == "visits":
            drawn += [f'<circle cx="{x}" cy="{y}" r="6"/>' for x, y in shape["at"]]
        else:
            points = " ".join(f"{x},{y}" for x, y in shape["at"])
            drawn.append(f'<polyline class="{shape["kind"]}" points="{points}"/>')
    box = f'class="sketch" viewBox="0 0 {SIDE} {SIDE}" aria-hidden="true"'
    return Markup(f"<svg {box}>{''.join(drawn)}</svg>") if drawn else Markup()


def _said(texts: Mapping[str, str]) -> str:
    return texts[in_use()]
