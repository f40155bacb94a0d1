"""The words people write instead of OSM's: phrases, and the days and months of many languages."""

from __future__ import annotations

import functools
import json
import re
from typing import NamedTuple

from lens_routes.text.expressions import expression

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CODES = {word.lower(): word for word in (*WEEKDAYS, *MONTHS)}
EVENTS = ("sunrise", "sunset", "dawn", "dusk")

SEASONS = frozenset(
    (
        "spring", "summer", "autumn", "winter", "printemps", "été", "automne", "hiver",
        "frühling", "fruehling", "frühjahr", "sommer", "herbst", "primavera", "verano", "otoño",
        "invierno", "estate", "autunno", "inverno",
    )
)  # fmt: skip

#: One word, whatever stands around it, and the OSM spelling it stands for.
WORDS = {
    **CODES,
    "mon": "Mo", "tue": "Tu", "tues": "Tu", "wed": "We", "thu": "Th", "thur": "Th",
    "thurs": "Th", "fri": "Fr", "sat": "Sa", "sun": "Su", "sept": "Sep",
    **{event: event for event in EVENTS},
    **dict.fromkeys(
        ("open", "opened", "geöffnet", "offen", "ouvert", "ouverte", "ouverts", "ouvertes",
         "ouverture", "ouv", "opens", "abierto", "aperto", "aberto", "yes"),
        "open",
    ),
    **dict.fromkeys(
        ("closed", "off", "geschlossen", "geschl", "ruhetag", "fermé", "ferme", "fermée",
         "fermés", "fermées", "fermeture", "gesloten", "cerrado", "chiuso", "fechado", "stängt",
         "lukket", "zavřeno", "zatvorené", "nieczynne", "zamknięte", "suljettu", "zárva",
         "zatvoreno", "zaprto", "выходной", "закрыто", "вихідний", "κλειστά", "kapalı", "no"),
        "off",
    ),
    **dict.fromkeys(
        ("except", "excepted", "excluding", "but", "not", "sauf", "sf", "excepté", "hormis", "hors",
         "außer", "ausser"),
        "except",
    ),
    "unknown": "unknown",
    "easter": "easter",
    "pâques": "easter",
    "ostern": "easter",
    **dict.fromkeys(("week", "kw", "semaine"), "week"),
    **dict.fromkeys(("day", "days"), "days"),
    **dict.fromkeys(
        ("to", "til", "till", "until", "through", "thru", "bis", "a", "á", "à", "au", "ate",
         "até", "tot", "às", "al", "hasta", "až", "aż", "до", "по", "έως"),
        "-",
    ),
    **dict.fromkeys(("and", "und", "et", "en", "y", "e", "og", "och", "ja", "и"), ","),
    **dict.fromkeys(
        ("uhr", "uur", "kl", "ore", "from", "von", "vom", "van", "dal", "dalle", "od", "с", "de",
         "des", "du", "le", "la", "les", "l", "d", "am", "on", "the",
         "of", "in", "each", "every", "chaque", "tous", "toutes", "jusqu", "entre", "between",
         "inclus", "pendant", "during", "hebdomadaire", "annuelle"),
        "",
    ),
    **dict.fromkeys(("late", "open-end", "openend"), "+"),
    **dict.fromkeys(("sunup", "lever", "sonnenaufgang", "zonsopgang", "amanecer", "alba"),
                    "sunrise"),
    **dict.fromkeys(("sundown", "coucher", "sonnenuntergang", "zonsondergang", "tramonto"),
                    "sunset"),
    **dict.fromkeys(("daylight", "tageslicht"), "sunrise-sunset"),
    "aube": "dawn",
    "crépuscule": "dusk",
    **dict.fromkeys(("holiday", "holidays", "feiertag", "feiertage", "feiertags", "feiertagen",
                     "fériés", "férié", "feestdagen", "festivos", "festivi", "feriados"), "PH"),
    **dict.fromkeys(("schoolholiday", "schoolholidays", "schulferien"), "SH"),
    **dict.fromkeys(("wochenende", "wochenenden"), "Sa,Su"),
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays", "werktags"), "Mo-Fr"),
    **dict.fromkeys(("daily", "everyday", "täglich", "dagelijks", "diario", "dagligen", "dagligt",
                     "denně", "denne", "codziennie", "ежедневно", "щодня", "tlj"), "Mo-Su"),
    **dict.fromkeys(("anytime", "nonstop", "always", "круглосуточно", "цілодобово"), "24/7"),
    "ganztägig": "00:00-24:00",
    **dict.fromkeys(("noon", "midi", "midday"), "12:00"),
    **dict.fromkeys(("midnight", "minuit"), "24:00"),
    **dict.fromkeys(("premier", "première", "first"), "1 nth"),
    **dict.fromkeys(("deuxième", "second", "seconde"), "2 nth"),
    **dict.fromkeys(("troisième", "third"), "3 nth"),
    **dict.fromkeys(("quatrième", "fourth"), "4 nth"),
    **dict.fromkeys(("dernier", "dernière", "last"), "- 1 nth"),
    **dict.fromkeys(("mois", "month"), "monthly"),
}  # fmt: skip

#: Several words, longest first where one begins another.
PHRASES = tuple(
    (expression(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"24\s*(?:/|x)\s*7(?:\s*open)?", "24/7"),
        (
            r"(?:toute\s+l\W+ann[ée]e|(?:all|whole)\s+year(?:[\s-]+round)?|year[\s-]+round)\s*,?",
            "Jan-Dec",
        ),
        (r"week[\s-]?ends?(?![^\W\d_])", "Sa,Su"),
        (r"jours?\s+de\s+fermeture\s*:?", "off"),
        (r"[àa]\s+l\W?exception\s+(?:de\s+la|du|des?)(?!\w)", "except"),
        (r"christmas\s+day|(?:le\s+)?jour\s+de\s+no[ëe]l", "Dec 25"),
        (r"new\s+year\W?s?\s+day|(?:le\s+)?jour\s+de\s+l\W?an(?!\w)", "Jan 01"),
        (r"(?:du\s+|de\s+)?soleil(?!\w)", ""),
        (r"t\.\s?l\.\s?j\.?", "Mo-Su"),
        (r"en\s+semaine(?!\s*\d{1,2}(?!\d|\s*[h:]))", "Mo-Fr"),
        (r"(?:sans\s+interruption|en\s+continu|journée\s+continue|(?<=\s)non[\s-]?stop\s*$)(?!\w)",
         ""),
        (r"(?:pendant|during)\s+(?:the\s+|les\s+)?(?:school\s+holidays|vacances\s+scolaires)\s*,?",
         "SH"),
        (r"(?:school\s+holidays|vacances\s+scolaires)\s*,\s*(?=tous\s+les|every\s|daily|tlj|t\.l)",
         "SH"),
        (r"en\s+(?=janv|f[ée]v|mars|avril|mai|juin|juil|ao[uû]t|sept|oct|nov|d[ée]c)", ""),
        (r"24\s*(?:hours?|h)\s*(?:,|/)?\s*7\s*days?(?:\s+a\s+week)?", "24/7"),
        (r"24\s*hours?(?:\s+a\s+day)?(?!\w)|24\s*h?\s*/\s*24(?:\s*h)?", "00:00-24:00"),
        (r"7\s*j(?:ours)?\s*(?:/|sur)\s*7|7\s+days\s+a\s+week|7/7", "Mo-Su"),
        (r"all\s+days|every\s+day|tous\s+les\s+jours", "Mo-Su"),
        (r"todos\s+los\s+d[ií]as|tutti\s+i\s+giorni|todos\s+os\s+dias|alle\s+dagen", "Mo-Su"),
        (r"(?:all|the\s+whole)[\s-]+day|toute\s+la\s+journ[ée]e", "00:00-24:00"),
        (r"rund\s+um\s+die\s+uhr", "00:00-24:00"),
        (r"daylight\s+hours", "sunrise-sunset"),
        (r"(?:du\s+)?lever\s+(?:du\s+soleil\s+)?au\s+coucher\s+du\s+soleil", "sunrise-sunset"),
        (r"lever\s+du\s+soleil", "sunrise"),
        (r"coucher\s+du\s+soleil", "sunset"),
        (r"tot\s+en\s+met|t/m", "-"),
        (r"always\s+open|(?:nonstop|durchgehend)\s+(?:geöffnet|open)|open\s+24/7", "24/7"),
        (r"day\s+after\s+public\s+holidays?", "PH +1 days"),
        (r"day\s+before\s+public\s+holidays?", "PH -1 days"),
        (r"(?:public|bank)\s+holidays?|jours?\s+fériés?", "PH"),
        (r"school\s+holidays?|vacances\s+scolaires", "SH"),
        (r"sonn(?:tag)?s?-?\s*(?:/|und|u\.)\s*(?:an\s+)?feiertag(?:en|e|s)?", "Su,PH"),
        (r"(?:on\s+)?(?:work(?:ing)?|week)\s*days?(?!\w)", "Mo-Fr"),
        (r"(?:on|by)[ _]appointment", '"on appointment"'),
        (r"nach[ _]vereinbarung", '"Nach Vereinbarung"'),
        (r"sur[ _]rendez[ _-]vous", '"Sur rendez-vous"'),
        (r"(?:-|to|til+|until|bis)?\s*(?:late|open\s*-?\s*end)(?!\w)", "+"),
    )
)  # fmt: skip

#: The languages signs are written in, by country; elsewhere the words must speak for themselves.
LANGUAGES = {
    "AT": ("de",), "BE": ("nl", "fr", "de"), "BR": ("pt",), "CH": ("de", "fr", "it"),
    "CZ": ("cs",), "DE": ("de",), "DK": ("da",), "EE": ("et",), "ES": ("es",), "FI": ("fi", "sv"),
    "FR": ("fr",), "GR": ("el",), "HR": ("hr",), "HU": ("hu",), "IT": ("it",), "JP": ("ja",),
    "LT": ("lt",), "LU": ("fr", "de"), "LV": ("lv",), "NL": ("nl",), "NO": ("nb",), "PL": ("pl",),
    "PT": ("pt",), "RO": ("ro",), "RU": ("ru",), "SE": ("sv",), "SI": ("sl",), "SK": ("sk",),
    "TR": ("tr",), "UA": ("uk",),
}  # fmt: skip


class Foreign(NamedTuple):
    """The days and months of other languages: full names, and abbreviations by language."""

    names: dict[str, str]
    short: dict[str, dict[str, str]]


@functools.cache
def foreign() -> Foreign:
    """Load the names; few values need them, so they are read when the first one does."""
    from importlib import resources  # noqa: PLC0415  # few values need the names

    path = resources.files("lens_routes.catalogue.hours.read") / "words.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return Foreign(
        _by_word(data["names"]), {code: _by_word(words) for code, words in data["short"].items()}
    )


def resolve(words: list[str], country: str) -> list[str | None]:
    """Say which weekday or month each foreign word of one value names.

    A full name speaks for itself. Abbreviations are read together: first in the languages of the
    country, then, if they are two or more, in every language that knows all of them, as far as
    those agree. None where nothing is certain: "do" is Thursday in German, Sunday in Spanish.
    """
    names, short = foreign()
    unsure = sorted({word for word in words if not {word, word.removesuffix("s")} & names.keys()})
    readings = _readings(unsure, LANGUAGES.get(country, ()))
    if not readings and len(unsure) > 1:
        readings = _readings(unsure, tuple(short))
    return [
        names.get(word) or names.get(word.removesuffix("s")) or readings.get(word) for word in words
    ]


def _readings(words: list[str], languages: tuple[str, ...]) -> dict[str, str]:
    short = foreign().short
    """Read words by the languages that know them all, as far as those agree."""
    knowing = [short[code] for code in languages if all(word in short[code] for word in words)]
    agreed = {word: {known[word] for known in knowing} for word in words}
    return {word: codes.pop() for word, codes in agreed.items() if len(codes) == 1}


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {word: code for code, words in table.items() for word in words.split()}
