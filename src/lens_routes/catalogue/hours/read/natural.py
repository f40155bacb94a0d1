"""What people write in French and English, put into the order of OSM's syntax.

Works on tokens whose words are OSM's already: which day "mar" is, "1er avril" as ``Apr 1``, lists
without commas, "the first Sunday of the month" as ``Su[1]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.catalogue.hours.read import lexicon
from lens_routes.catalogue.hours.read.token import Refusal, Token
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Countries that write the month of 04/01 first.
_MONTH_FIRST = frozenset(("US",))
_DAYS = frozenset(("weekday", "holiday", "month", "year", "week", "easter"))
_END = Token("end", "", -1)


def spelled(
    tokens: Iterable[Token], country: str, refuse: Refusal, *, in_words: bool
) -> tuple[Token, ...]:
    """Return the tokens as OSM would order them.

    Raises
    ------
    BadInputError
        "mar" may be a Tuesday or the month of March, and nothing says which.
    """
    found = _tuesdays(list(tokens), country, refuse, in_words=in_words)
    if country not in _MONTH_FIRST:
        found = _numeric_dates(found)
    found = _nth(found)
    found = _day_first(found)
    return tuple(_listed(_joined(found)))


def _at(tokens: list[Token], place: int) -> Token:
    return tokens[place] if 0 <= place < len(tokens) else _END


def _kinds(tokens: list[Token], place: int, *kinds: str) -> bool:
    """Say whether tokens of these kinds, or signs, stand at a place."""
    # Asked at every token, and nearly always no: generators would take most of the time of reading.
    for at, kind in enumerate(kinds, place):
        token = _at(tokens, at)
        if kind != token.kind and (token.kind != "sign" or kind != token.text):
            return False
    return True


def _tuesdays(tokens: list[Token], country: str, refuse: Refusal, *, in_words: bool) -> list[Token]:
    """Say of each "mar" whether it is mardi or mars, by what stands beside it."""
    if not any(token.kind == "mar" for token in tokens):
        return tokens
    french = any(token.kind == "weekday" and token.at >= 0 for token in tokens)
    if not french and (in_words or any(t.kind == "mar" and t.text != "Mar" for t in tokens)):
        from babel.languages import get_official_languages  # noqa: PLC0415  # for few values

        french = "fr" in get_official_languages(country, de_facto=True)
    return [
        _tuesday(tokens, place, refuse, french=french, in_words=in_words)
        if token.kind == "mar"
        else token
        for place, token in enumerate(tokens)
    ]


def _tuesday(
    tokens: list[Token], place: int, refuse: Refusal, *, french: bool, in_words: bool
) -> Token:
    token = tokens[place]
    tuesday, march = Token("weekday", "Tu", token.at), Token("month", "Mar", token.at)
    osm = token.text == "Mar" and not (french and in_words)
    around = [_neighbour(tokens, place, step, over=osm) for step in (-1, 1)]
    if "weekday" in around:
        return tuesday
    if osm:
        return march
    dated = _kinds(tokens, place + 1, "number") and not _kinds(tokens, place + 2, ":")
    before = _at(tokens, place - 1)
    day_first = before.kind == "nth" or (
        before.kind == "number" and _at(tokens, place - 2).text not in (":", "-")
    )
    if "month" in around or dated or day_first:
        return march
    if not french:
        refuse(
            token.at,
            tr('"{text}" may be Tuesday or March', text=token.text),
            tr("Write Tu for the day, Mar for the month."),
        )
    return tuesday


def _neighbour(tokens: list[Token], place: int, step: int, *, over: bool) -> str:
    """Return the kind of the next word; *over* a sign that joins it alone, else also without."""
    near = _at(tokens, place + step)
    if near.text in ("-", ",", "/"):
        near = _at(tokens, place + 2 * step)
    elif over:
        return ""
    return near.kind


def _numeric_dates(tokens: list[Token]) -> list[Token]:
    """Put 01/04-31/10 as ``Apr 01-Oct 31``."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        pair = _numeric(tokens, place), _numeric(tokens, place + 4)
        if pair[0] and pair[1] and _kinds(tokens, place + 3, "-"):
            found += [*pair[0], tokens[place + 3], *pair[1]]
            place += 7
        else:
            found.append(tokens[place])
            place += 1
    return found


def _numeric(tokens: list[Token], place: int) -> list[Token]:
    """Return the tokens of the date that stands at a place as 31/10, none if there is none."""
    if not _kinds(tokens, place, "number", "/", "number"):
        return []
    day, month = tokens[place], tokens[place + 2]
    if not (1 <= day.number <= 31 and 1 <= month.number <= 12):
        return []
    return [Token("month", lexicon.MONTHS[month.number - 1], month.at), day]


def _nth(tokens: list[Token]) -> list[Token]:
    """Put "1er et 3e dimanches du mois" as ``Su[1,3]``; drop the ending of any other number."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        which, end = _which(tokens, place)
        weekend = _at(tokens, end).at == _at(tokens, end + 2).at  # which Sunday is not said
        if which and _at(tokens, end).kind == "weekday" and not weekend:
            day = tokens[end]
            opened, closed = (Token("sign", mark, day.at) for mark in "[]")
            found += [day, opened, *which, closed]
            place = end + 1 + (_at(tokens, end + 1).kind == "monthly")
        else:
            if tokens[place].kind != "nth":
                found.append(tokens[place])
            place += 1
    return found


def _which(tokens: list[Token], place: int) -> tuple[list[Token], int]:
    """Return the numbers of "1er et dernier" that begin here, and where they end."""
    which: list[Token] = []
    while True:
        last = _kinds(tokens, place, "-", "number", "nth")
        if not (last or _kinds(tokens, place, "number", "nth")):
            return [], place
        which += tokens[place : place + 1 + last]
        place += 2 + last
        if not _kinds(tokens, place, ","):
            return which, place
        which.append(tokens[place])
        place += 1


def _day_first(tokens: list[Token]) -> list[Token]:
    """Put "1 avril", "10-18 avril" and "1 avril 2026" in the order of OSM's dates."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        taken = _date(tokens, place, found[-1] if found else _END)
        if taken:
            size, date = taken
            found += date
            place += size
        else:
            found.append(tokens[place])
            place += 1
    return _years_of_both(found)


def _date(tokens: list[Token], place: int, before: Token) -> tuple[int, list[Token]] | None:
    """Return how many tokens a date of another order takes, and the same in OSM's order."""
    if before.kind in ("month", "week") or before.text in (":", "[", "/"):
        return None
    if _kinds(tokens, place, "number", "month"):
        return _with_year(tokens, place + 2, 2, [tokens[place + 1], tokens[place]])
    for joint in ("-", ","):
        if _kinds(tokens, place, "number", joint, "number", "month"):
            hours = _kinds(tokens, place + 4, "-", "month")
            first, sign, last, month = tokens[place : place + 4]
            return None if hours else _with_year(tokens, place + 4, 4, [month, first, sign, last])
    if _kinds(tokens, place, "month", "number", "year") and before.kind != "year":
        return _with_year(tokens, place + 2, 2, tokens[place : place + 2])
    if _kinds(tokens, place, "month", "number", ",", "year") and before.kind != "year":
        return _with_year(tokens, place + 3, 3, tokens[place : place + 2])
    return None


def _with_year(
    tokens: list[Token], place: int, size: int, date: list[Token]
) -> tuple[int, list[Token]]:
    """Put the year that follows a date before it, unless it begins a date of its own."""
    if not _kinds(tokens, place, "year") or _kinds(tokens, place + 1, "month"):
        return size, date
    return size + 1, [tokens[place], *date]


def _years_of_both(tokens: list[Token]) -> list[Token]:
    """Give the first day of "15 mai au 3 juin 2026" the year of the last, or the one before."""
    found: list[Token] = []
    for place, token in enumerate(tokens):
        ranged = _kinds(tokens, place, "month", "number", "-", "year", "month", "number")
        if ranged and _at(tokens, place - 1).kind != "year":
            year, month, day = tokens[place + 3 : place + 6]
            first = (lexicon.MONTHS.index(token.text), tokens[place + 1].number)
            last = (lexicon.MONTHS.index(month.text), day.number)
            found.append(year._replace(text=str(year.number - (first > last)), at=token.at))
        found.append(token)
    return found


def _joined(tokens: list[Token]) -> list[Token]:
    """Let commas, slashes and colons between clauses say what OSM's signs say."""
    found: list[Token] = []
    closing: Token | None = None
    for place, token in enumerate(tokens):
        before, after = _at(tokens, place - 1), _at(tokens, place + 1)
        if token.kind == "state" or token.text == ";":
            closing = token if token.text == "off" and after.kind in _DAYS else None
        if _needless(tokens, place, closes=closing is not None):
            continue
        timed = _ends_time(tokens, place)
        clause = token.text == "," and after.kind == "state" and not timed
        if clause or (token.text in ("-", "/") and after.kind in ("state", "except")):
            found.append(token._replace(text=";"))
        elif token.text == "," and closing and _other_days(before, after):
            # "closed on Monday, 1 May": on either, which one list cannot say.
            found += [token._replace(text=";"), closing._replace(at=token.at)]
        elif token.text == "/" and before.kind == after.kind == "weekday":
            found.append(token._replace(text=","))
        elif token.text == "/" and timed and _kinds(tokens, place + 1, "number", ":"):
            found.append(token._replace(text=_between_times(tokens, place)))
        else:
            found.append(token)
    return found


def _ends_time(tokens: list[Token], place: int) -> bool:
    return _at(tokens, place - 1).kind == "number" and _at(tokens, place - 2).text == ":"


def _needless(tokens: list[Token], place: int, *, closes: bool) -> bool:
    """Say whether a sign only parts days from times, seasons from days, or days from "except"."""
    sign, before, after = (_at(tokens, place + step) for step in (0, -1, 1))
    timed, times = _ends_time(tokens, place), _kinds(tokens, place + 1, "number", ":")
    dated = before.kind == "number" and not timed
    if sign.text == ":":
        return before.kind in ("except", "state") or (dated and times)
    if sign.text != ",":
        return False
    if after.kind == "except" or (times and not timed and before.kind != "state"):
        return True
    month = before.kind == "month" or (dated and _at(tokens, place - 2).kind == "month")
    season = month and (after.kind == "weekday" or after.text == "open")
    return not closes and (season or (before.kind == "weekday" and after.text == "open"))


def _between_times(tokens: list[Token], place: int) -> str:
    """Return what a slash between times means: "14h/18h", "10h-12h/14h-18h", or OSM's interval."""
    ends, begins = (_kinds(tokens, place + step, "-") for step in (-4, 4))
    if ends:
        return "," if begins else "/"
    return "-"


def _other_days(before: Token, after: Token) -> bool:
    """Say whether a comma stands between days of the week and dates."""
    kinds = {"date" if t.kind in ("month", "number", "year") else t.kind for t in (before, after)}
    return kinds in ({"date", "weekday"}, {"date", "holiday"})


def _listed(tokens: list[Token]) -> Iterable[Token]:
    """Join days, or months, that stand side by side by commas."""
    for place, token in enumerate(tokens):
        yield token
        follows = _at(tokens, place + 1)
        dated = token.kind == "month" and _kinds(tokens, place + 2, "number")
        if token.kind == follows.kind and token.kind in ("weekday", "month") and not dated:
            yield Token("sign", ",", follows.at)
