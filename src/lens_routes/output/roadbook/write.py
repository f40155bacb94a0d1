"""Write a plan as a roadbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens_routes.errors import UsageError
from lens_routes.output.roadbook.contents import contents
from lens_routes.output.roadbook.layout import LAYOUTS, most_pages
from lens_routes.output.roadbook.sections import MOST_TOLD, Setting
from lens_routes.output.roadbook.typeset import typeset
from lens_routes.output.shared import caption, in_hand
from lens_routes.output.shared.leaving import from_places
from lens_routes.output.shared.safe_text import tidy
from lens_routes.text.language import tr, trn

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from lens_routes.catalogue.picture import Picture
    from lens_routes.catalogue.place import Place
    from lens_routes.output.roadbook.layout import Layout
    from lens_routes.output.roadbook.strips import Surroundings
    from lens_routes.output.roadbook.typeset import Book
    from lens_routes.plan.plan import Plan


#: Of the last page so much should be filled: a few lines on it look like an accident.
_FILLED = 0.35
#: So much of any other page may stay blank.
_BLANK = 0.2
#: Fewer directions are not parted from their map.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Roadbook:
    """A PDF, and what to say beside it."""

    data: bytes
    remarks: tuple[str, ...] = field(default=())


def write(
    plan: Plan,
    paper: str = "a5",
    surroundings: Surroundings | None = None,
    places: Mapping[str, Place] | None = None,
    pictures: Mapping[str, Picture] | None = None,
) -> Roadbook:
    """Return *plan* as a PDF roadbook in the language in use.

    It is set as generously as keeps an ordinary day within six pages and fills the last; more
    pages follow where even the closest setting needs them. The same plan, streets and places give
    the same bytes.

    Parameters
    ----------
    plan
        What to print.
    paper
        ``a5``, ``a4``, or ``large``: A4 in large print.
    surroundings
        Gives the base map of a box of degrees (west, south, east, north); None where no streets
        are installed: the maps then show the ways alone.
    places
        The catalogue's places by id, for addresses, telephones and websites.
    pictures
        Pictures of the places, by id.

    Raises
    ------
    UsageError
        There is no such paper.
    """
    layouts = LAYOUTS.get(paper)
    if layouts is None:
        raise UsageError(
            tr("--paper {paper} is not a size of paper it knows.", paper=paper),
            tr("Choose one of: {papers}.", papers=", ".join(LAYOUTS)),
        )
    plan = from_places(tidy(plan))
    too_long = any(len(day.stops) > MOST_TOLD for day in plan.days)
    # What is longer than any book is not set four times to find that out.
    books = []
    for layout in layouts[-1:] if too_long else layouts:
        setting = Setting(
            layout, surroundings, places or {}, pictures or {}, in_hand.tight_places(plan)
        )
        books.append(_filled(contents(plan, setting), layout, plan.created))
        if _fits(plan, books[-1]) and books[-1].filled >= _FILLED:
            break
    book = min(books, key=partial(_awkward, plan))
    return Roadbook(book.data, tuple(_remarks(plan, surroundings, book)))


def _filled(values: dict[str, Any], layout: Layout, created: dt.datetime) -> Book:
    """Return the book of some contents, its pages filled as far as directions can do it.

    Where a map did not fit and left the page before it half blank, directions go before the map.
    """
    ways = {
        way["id"]: way
        for day in values["days"]
        for section in day["sections"]
        for way in section["ways"]
    }
    book = typeset(values, created)
    tried: set[str] = set()
    while gap := next((gap for gap in _gaps(book, layout) if gap[0] not in tried), None):
        tried.add(gap[0])
        way = ways[gap[0]]
        if len(way.get("steps", ())) > _FEW and way["map"]:
            way["room"] = gap[1] - layout.heading
            book = typeset(values, created)
    return book


def _gaps(book: Book, layout: Layout) -> Iterator[tuple[str, float]]:
    """Yield the ways that begin on a new page because they did not fit, and what they left free."""
    for (before, page, y), (there, on, _) in pairwise(book.marks):
        free = layout.height - layout.bottom - y
        left = on > page and free > _BLANK * layout.height
        if left and before == "end" and there not in {"end", "card"}:
            yield there, free


def _awkward(plan: Plan, book: Book) -> tuple[bool, bool, int]:
    """Return what speaks against a book, the worst first: too many pages, little on the last."""
    fits = _fits(plan, book)
    return not fits, book.filled < _FILLED, 0 if fits else book.pages


def _fits(plan: Plan, book: Book) -> bool:
    return book.pages <= most_pages(len(plan.days))


def _remarks(plan: Plan, surroundings: Surroundings | None, book: Book) -> list[str]:
    remarks: list[str] = []
    if surroundings is None:
        remarks.append(
            tr(
                "The maps show no streets, for none are installed. Run: {command}",
                command="lens-routes streets download",
            )
        )
    if missing := caption.untraced(plan):
        remarks.append(caption.lines_missing(missing))
    if any(len(day.stops) > MOST_TOLD for day in plan.days):
        remarks.append(
            tr("A day of more than {most} stops is printed as a timetable alone.", most=MOST_TOLD)
        )
    if not book.complete:
        remarks.append(
            tr(
                "Some characters are in no font of this machine: the roadbook has boxes for them."
                " Install one that has them, such as Noto’s, and write it again."
            )
        )
    if not _fits(plan, book):
        remarks.append(trn("The roadbook has {n} page.", "The roadbook has {n} pages.", book.pages))
    return remarks
