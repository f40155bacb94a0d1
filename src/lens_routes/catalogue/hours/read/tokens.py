"""Cutting a value into tokens, forgiving the spellings people use."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from lens_routes.catalogue.hours.read import lexicon, natural
from lens_routes.catalogue.hours.read.closing import are_words
from lens_routes.catalogue.hours.read.token import Refusal, Token
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Real values stay under 255 characters, OSM's limit; this keeps nonsense from costing time.
MAX_LENGTH = 1000

DASHES = "‐‑‒–—−ー～~〜至"
OPENING_QUOTES, CLOSING_QUOTES = "\"'„“‚‘’«「『", "\"'”“‘’»」』"
RAISED = {"°": "0", "¹": "1", "²": "2", "³": "3"}

_LABEL = expression(
    r"\s*(?:opening_hours|öffnungszeit(?:en)?|opening hours|horaires?|heures d'ouverture)\s*[:=]",
    re.IGNORECASE,
)
_COMMENT = expression(r'"([^"]+)"')
_LOOSE_COMMENT = expression(
    rf"[{OPENING_QUOTES}]([^{OPENING_QUOTES}{CLOSING_QUOTES};|]*)[{CLOSING_QUOTES}]"
)
_NUMBER = expression(r"(\d+)(?:\.(?=\D|$))?")
_FRENCH_TIME = expression(
    r"(\d{1,2})\s*h(?:eures?|rs?)?(?:\s*(\d\d))?(?![^\W\d_])(?:\.(?=\s*[-–à]))?", re.IGNORECASE
)
#: The "10" of "10-12h" and "de 10 à 18 heures".
_HOUR_OF_SPAN = expression(
    r"(\d{1,2})(?=\s*(?:[-–/]|à|a|to)\s*\d{1,2}\s*h(?:eures?|rs?)?(?![^\W\d_]))", re.IGNORECASE
)
#: "1er", "2e", "3rd": which one of several.
_NTH = expression(r"(?:er|[eè]re|[eèé]me|e|nde?|st|rd|th)(?![^\W\d_])", re.IGNORECASE)
#: A full stop after which a sentence begins, and not a name of a day or month.
_SENTENCE = expression(
    r"\.\s+(?=(?:du|de|le|les|tous|toute|sauf|except|from|on|every|daily|ouver|open|ferm|closed)"
    r"[^\W\d_]*)"
    r"|(?:(?<=\dh)|(?<=\d h)|(?<=[h:]\d\d))\.\s+(?=[^\W\d_]{3})"
    r"|(?<=[^\W\d_]{5})(?<!juill)(?<!thurs)\.\s+(?=[^\W\d_]{3}|\d)",
    re.IGNORECASE,
)
#: "dim. fermé": the stop of an abbreviation, where no days follow what is closed.
_SHUT = expression(
    r"\.\s+(?:ferm[ée]\w*|closed)(?!\s*:?\s*(?:hebdo|annuel|les?\b|l\W|tous|on\b|every|en\b|du\b|au\b"
    r"|lu|mar|mer|je|ve|sa|di|mo|tu|we|th|fr|su|ja|f[ée]|av|mai|jui|ao|se|oc|no|d[ée]))",
    re.IGNORECASE,
)
_ELISION = expression(r"(?<=[^\W\d_])['’](?=[^\W\d_])")
#: "2-5pm", "10.30 to 12am": the first is of the same half of the day, unless it would be later.
_HALF_OF_SPAN = expression(
    r"(?<![\d:.])(\d{1,2})(?:[:.](\d\d))?(?=\s*(?:[-–—]|to)\s*(\d{1,2})(?:[:.]\d\d)?\s*([ap])\.?\s?m\b)",
    re.IGNORECASE,
)
#: What is said in brackets of days on which it is otherwise.
_ASIDE = expression(
    r"\(((?:sauf|sf|except|ferm[ée]|closed|not)(?![^\W\d_])[^()]*)\)", re.IGNORECASE
)
#: What stands around asides, and in elisions.
_BETWEEN_WORDS = frozenset("('’")
_MERIDIAN = expression(r"([ap])\.?\s?m\b\.?", re.IGNORECASE)


def tokenize(value: str, country: str) -> tuple[Token, ...]:
    """Cut a value into tokens in OSM's spelling.

    Parameters
    ----------
    value
        The value as somebody wrote it.
    country
        ISO 3166 code; decides in which languages abbreviated days and months are read.

    Raises
    ------
    BadInputError
        The value is empty, too long, or holds a word that means nothing here.
    """
    refuse = Refusal(value)
    if len(value) > MAX_LENGTH:
        refuse(
            MAX_LENGTH,
            tr("it is longer than {max_length} characters", max_length=MAX_LENGTH),
            tr("Shorten it."),
        )
    in_words = are_words(value)
    start = match.end() if in_words and (match := _LABEL.match(value)) else 0
    if not _BETWEEN_WORDS.isdisjoint(value) and not _COMMENT.search(value):
        value = _ASIDE.sub(r" \1 ", _ELISION.sub(" ", value))
    loose = in_words or "/" in value or "day" in value
    tokens: list[Token] = []
    while start < len(value):
        start = _next(value, start, tokens, refuse, loose=loose)
    if not tokens or all(token.text == ";" for token in tokens):
        refuse(len(value), tr("nothing is said"), tr('Write for example "Mo-Fr 10:00-18:00".'))
    return natural.spelled(_translated(tokens, country, refuse), country, refuse, in_words=in_words)


def _next(value: str, at: int, tokens: list[Token], refuse: Refusal, *, loose: bool) -> int:
    """Read the token that begins at *at*; return where the following one begins.

    What is not *loose* holds OSM's own words alone, and neither "24/7" nor "week days": no phrases.
    """
    if value[at].isspace() or value[at] == "␣":
        return at + 1
    quoted = value[at] in OPENING_QUOTES
    if quoted and (match := _COMMENT.match(value, at) or _LOOSE_COMMENT.match(value, at)):
        tokens.append(Token("comment", match[1].strip(), at))
        return match.end()
    for pattern, replacement in lexicon.PHRASES if loose else ():
        if match := pattern.match(value, at):
            tokens.extend(_spelled(replacement, at))
            return match.end()
    return _character(value, at, tokens, refuse, loose=loose)


def _character(value: str, at: int, tokens: list[Token], refuse: Refusal, *, loose: bool) -> int:
    """Read a token whose first character tells its kind."""
    char = value[at]
    if char.isdecimal():
        return (loose and _hour(value, at, tokens)) or _number(value, at, tokens)
    if _raised(char):
        return _raised_digits(value, at, tokens)
    if _letter(char):
        return _word(value, at, tokens, refuse)
    return _sign(value, at, tokens)


def _sign(value: str, at: int, tokens: list[Token]) -> int:
    if match := _sentence(value, at):
        tokens.append(Token("sign", ";", at))
        return match.end()
    if value[at:].strip() == ".":
        return len(value)
    if value.startswith("||", at):
        tokens.append(Token("||", "||", at))
        return at + 2
    tokens.append(Token("sign", _plain(value[at]), at))
    return at + 1


def _sentence(value: str, at: int) -> re.Match[str] | None:
    """Return the full stop that ends a sentence here, None where there is none."""
    return _SENTENCE.match(value, at) if value.startswith(".", at) else None


def _plain(char: str) -> str:
    """Return the ASCII sign a typographic one stands for."""
    if char in DASHES:
        return "-"
    if char in "&、・":
        return ","
    return {"：": ":", "；": ";", ".": ":", ">": "-"}.get(char, char)


def _hour(value: str, at: int, tokens: list[Token]) -> int:
    """Read an hour by what stands behind it, as "10h", "2-5pm"; 0 where it is no such."""
    if match := _FRENCH_TIME.match(value, at):
        minutes = match[2] or "00"
        tokens += _time(match[1], minutes, at)
        return match.end()
    if match := _HALF_OF_SPAN.match(value, at):
        hour, minutes, last, half = match.groups()
        earlier = int(hour) % 12 <= int(last) % 12
        if 0 < int(hour) <= 12 and 0 < int(last) <= 12 and (earlier or half in "pP"):
            later = 12 if half in "pP" and earlier else 0
            tokens += _time(f"{int(hour) % 12 + later:02d}", minutes or "00", at)
            return match.end()
    if (match := _HOUR_OF_SPAN.match(value, at)) and not (tokens and tokens[-1].text == ":"):
        tokens += _time(match[1], "00", at)
        return match.end()
    return 0


def _number(value: str, at: int, tokens: list[Token]) -> int:
    match = _NUMBER.match(value, at)
    assert match  # noqa: S101  # the caller saw a digit
    digits = match[1]
    end = match.end(1) if _sentence(value, match.end(1)) else match.end()
    if nth := _NTH.match(value, match.end(1)):
        tokens += [Token("number", digits, at), Token("nth", nth[0], nth.start())]
        return nth.end()
    year = len(digits) == 4 and int(digits) > 1900
    tokens.append(Token("year" if year else "number", digits, at))
    return end


def _raised_digits(value: str, at: int, tokens: list[Token]) -> int:
    """Read super- and subscript digits, two at a time: 12°° is 12:00."""
    end = at + 1 + (at + 1 < len(value) and bool(_raised(value[at + 1])))
    if tokens and tokens[-1].kind == "number":
        tokens.append(Token("sign", ":", at))
    tokens.append(Token("number", "".join(_raised(char) for char in value[at:end]), at))
    return end


def _raised(char: str) -> str:
    """Return the digit a super- or subscript digit (or a degree sign) stands for, or nothing."""
    if char in RAISED:
        return RAISED[char]
    if "\u2070" <= char <= "\u2089":
        digit = unicodedata.digit(char, None)
        return "" if digit is None else str(digit)
    return ""


def _letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM" and char not in DASHES


def _word(value: str, at: int, tokens: list[Token], refuse: Refusal) -> int:
    meridian = _MERIDIAN.match(value, at)
    if meridian and tokens and tokens[-1].kind == "number":
        _apply_meridian(meridian[1].lower(), tokens, refuse)
        return meridian.end()
    end = at
    while end < len(value) and _letter(value[end]):
        end += 1
    word = value[at:end].lower()
    if word[:2] in ("ph", "sh") and (len(word) == 2 or word[2:] in lexicon.CODES):
        tokens.append(Token("holiday", word[:2].upper(), at))
        return at + 2
    stop = value[end : end + 1] == "." and not value[end + 1 : end + 2].isdecimal()
    if stop and (_SHUT.match(value, end) or not _sentence(value, end)):
        end += 1
    if word in lexicon.SEASONS:
        refuse(
            at,
            tr('"{word}" has no dates', word=word),
            tr('Write the dates of the season, for example "Jun 21-Sep 22".'),
        )
    if word == "mar":
        tokens.append(Token("mar", value[at : at + 3], at))
    elif word in lexicon.WORDS:
        said = lexicon.WORDS[word]
        if said == "24:00" and not (tokens and tokens[-1].text == "-"):
            said = "00:00"  # midnight begins a day or ends it
        if said != "," or not (tokens and tokens[-1].text == ","):  # ", et" is one comma
            tokens.extend(_spelled(said, at))
    else:
        tokens.append(Token("foreign", word, at))
    return end


def _apply_meridian(half: str, tokens: list[Token], refuse: Refusal) -> None:
    """Turn the twelve-hour time that ends the tokens into a 24-hour one."""
    where = len(tokens) - 1
    if where >= 2 and tokens[where - 1].text == ":" and tokens[where - 2].kind == "number":
        where -= 2
    hour = tokens[where]
    if not 0 <= hour.number <= 12:
        refuse(
            hour.at,
            tr('"{text} {half}m" is no time', text=hour.text, half=half),
            tr('Write it as "13:00".'),
        )
    on_24 = hour.number % 12 + (12 if half == "p" else 0)
    tokens[where] = hour._replace(text=f"{on_24:02d}")
    if where == len(tokens) - 1:
        tokens += [Token("sign", ":", hour.at), Token("number", "00", hour.at)]


def _time(hour: str, minutes: str, at: int) -> list[Token]:
    return [Token("number", hour, at), Token("sign", ":", at), Token("number", minutes, at)]


def _spelled(text: str, at: int) -> Iterator[Token]:
    """Cut one of the lexicon's own spellings into tokens."""
    if text == "24/7":
        yield Token("always", text, at)
        return
    if text.startswith('"'):
        yield Token("comment", text.strip('"'), at)
        return
    for piece in re.findall(r"[A-Za-z]+|\d+|\S", text):
        yield Token(_kind(piece), piece, at)


def _kind(piece: str) -> str:
    if piece in lexicon.WEEKDAYS:
        return "weekday"
    if piece in lexicon.MONTHS:
        return "month"
    if piece in lexicon.EVENTS:
        return "sun"
    if piece.isdigit():
        return "number"
    kinds = {"PH": "holiday", "SH": "holiday", "open": "state", "off": "state", "unknown": "state"}
    return kinds.get(piece, piece if piece.isalpha() else "sign")


def _translated(tokens: list[Token], country: str, refuse: Refusal) -> Iterator[Token]:
    """Replace the days and months of other languages by OSM's."""
    foreign = [token.text for token in tokens if token.kind == "foreign"]
    codes = iter(lexicon.resolve(foreign, country)) if foreign else iter(())
    for token in tokens:
        if token.kind != "foreign":
            yield token
        elif code := next(codes):
            yield Token(_kind(code), code, token.at)
        else:
            refuse(
                token.at,
                tr('"{text}" is not understood', text=token.text),
                tr(
                    "Days are Mo Tu We Th Fr Sa Su, months Jan to Dec; "
                    'anything else belongs in double quotes, as in "by appointment".'
                ),
            )
