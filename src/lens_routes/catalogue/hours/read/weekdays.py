"""Reading weekdays and holidays: ``Mo-Fr,Su[1,-1] +1 day``, ``PH,SH``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.catalogue.hours.rules import Holiday, Native, Selector
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.catalogue.hours.read.cursor import Reader
    from lens_routes.catalogue.hours.read.token import Token

Groups = dict[str, list[Selector]]


def read_weekday(reader: Reader, groups: Groups, kind: str) -> None:
    """Read one weekday, range of weekdays or holiday into the groups of a rule.

    A holiday joins the weekdays as an alternative ("PH,Su") or is a condition of its own
    ("PH Su"): *kind* says which.
    """
    if reader.peek_kind("holiday"):
        name = reader.advance().text
        offset = read_offset(reader, 1) if name == "PH" else 0
        groups.setdefault(kind, []).append(Holiday(name, offset))
        return
    weekdays = groups.setdefault("weekday", [])
    day = reader.expect(
        "weekday",
        tr("a weekday is missing"),
        tr('Write days as "Mo-Fr,Su", and separate rules with "; ".'),
    )
    if reader.take("["):
        weekdays += _nth_weekdays(reader, day)
    elif reader.peek_kind("-", "weekday"):
        reader.advance()
        weekdays.append(Native(f"{day.text}-{reader.advance().text}"))
    else:
        weekdays.append(Native(day.text))


def _nth_weekdays(reader: Reader, day: Token) -> list[Native]:
    """Read the rest of ``Su[1,3-4,-1] +1 day``."""
    numbers = read_numbers(reader)
    offset = spell_offset(read_offset(reader, 6))
    return [Native(f"{day.text}[{number}]{offset}") for number in numbers]


def read_numbers(reader: Reader) -> list[int]:
    """Read what stands between [ and ], both ends of ranges included."""
    numbers: list[int] = []
    while True:
        first = last = _number(reader)
        if reader.take("-"):
            last = _number(reader)
        if last < first:
            reader.refuse(tr("this range runs backwards"), tr('Write "Su[1-3]".'), -1)
        numbers += (number for number in range(first, last + 1) if number)
        if reader.take("]"):
            return numbers
        reader.expect(",", tr("] or a comma is missing"), tr('Write "Su[1,3]" or "Su[-1]".'))


def _number(reader: Reader) -> int:
    hint = tr("Write 1 to 5, or -1 for the last one.")
    sign = -1 if reader.take("-") else 1
    number = reader.expect("number", tr("which one of the month is missing"), hint).number
    if not 1 <= number <= 5:
        reader.refuse(tr("no month has number {number} of a weekday", number=number), hint, -1)
    return sign * number


def read_offset(reader: Reader, limit: int) -> int:
    """Read ``+1 day`` or ``-2 days`` if it stands here, at most *limit* days."""
    signed = reader.peek("+") or reader.peek("-")
    if not signed or not reader.peek_kind("number", "days", start=1):
        return 0
    sign = -1 if reader.advance().text == "-" else 1
    days = reader.advance().number
    if days > limit:
        reader.refuse(
            tr("{days} days are too many", days=days),
            tr("At most {limit} can be added here.", limit=limit),
            -1,
        )
    reader.advance()
    return sign * days


def read_towards(reader: Reader) -> str:
    """Read ``-Fr`` or ``+Su``, the weekday before or after a day, if it stands here."""
    signed = reader.peek("+") or reader.peek("-")
    if not signed or not reader.peek_kind("weekday", start=1):
        return ""
    return reader.advance().text + reader.advance().text


def spell_offset(days: int) -> str:
    """Spell an offset as the library reads it; nothing for none."""
    return f" {days:+d} day{'s' if abs(days) > 1 else ''}" if days else ""
