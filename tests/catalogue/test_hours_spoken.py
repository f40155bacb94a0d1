"""What people write in French and English is read as what it says."""

from __future__ import annotations

import contextlib
import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from lens_routes.catalogue.hours import HoursContext, Opening, parse
from lens_routes.catalogue.hours.words import in_words
from lens_routes.errors import BadInputError

PARIS = ZoneInfo("Europe/Paris")
FORTNIGHT = (dt.datetime(2026, 7, 6, tzinfo=PARIS), dt.datetime(2026, 7, 20, tzinfo=PARIS))
YEAR = (dt.datetime(2026, 1, 1, tzinfo=PARIS), dt.datetime(2027, 1, 1, tzinfo=PARIS))

SAME = [
    # mardi, not mars
    ("mar 10h-18h; mer 14h-18h", "Tu 10:00-18:00; We 14:00-18:00"),
    ("lun mar jeu ven 10h-12h", "Mo,Tu,Th,Fr 10:00-12:00"),
    ("mar-dim 10h-18h", "Tu-Su 10:00-18:00"),
    ("Mar. au dim. 10h-18h", "Tu-Su 10:00-18:00"),
    ("mar-dim: 10h-12h et 14h-18h", "Tu-Su 10:00-12:00,14:00-18:00"),
    # mars, not mardi
    ("mar-oct 10h-18h", "Mar-Oct 10:00-18:00"),
    ("mars à octobre : 10h-18h", "Mar-Oct 10:00-18:00"),
    ("du 15 mar au 3 avr 10h-18h", "Mar 15-Apr 03 10:00-18:00"),
    ("Mar Mo-Fr 10:00-12:00", "Mar Mo-Fr 10:00-12:00"),
    # closed first, or among what is open
    (
        "Fermé le lundi. Ouvert du mardi au dimanche de 10h à 18h",
        "Tu-Su 10:00-18:00",
    ),
    ("10h-18h fermé le mardi", "10:00-18:00; Tu off"),
    ("closed Mo open Tu-Su 10:00-18:00", "Tu-Su 10:00-18:00"),
    ("Closed on Mondays, open Tuesday to Sunday from 10am to 6pm", "Tu-Su 10:00-18:00"),
    (
        "du mardi au dimanche, de 10h à 18h, fermé le 1er mai et le 25 décembre",
        "Tu-Su 10:00-18:00; May 1,Dec 25 off",
    ),
    (
        "Tuesday to Sunday, 10 a.m. to 6 p.m.; closed on Monday, 1 January and 25 December",
        "Tu-Su 10:00-18:00; Mo off; Jan 01,Dec 25 off",
    ),
    ("Tu-Su 10:00-18:00 25 décembre fermé", "Tu-Su 10:00-18:00; Dec 25 off"),
    ("Monday: closed, Tuesday: 10:00-18:00", "Tu 10:00-18:00"),
    ("Mo closed Tu 10:00-12:00", "Tu 10:00-12:00"),
    ("Tu-Su 10:00-18:00; fermé en janvier", "Tu-Su 10:00-18:00; Jan off"),
    ("Ouvert du mardi au dimanche de 14h à 18h. Fermé les jours fériés.",
     "Tu-Su 14:00-18:00; PH off"),
    # a sentence ends behind a time too
    ("10h-18h. Samedi fermé", "10:00-18:00; Sa off"),
    ("lundi : 10h - 18 h. Mardi : fermé", "Mo 10:00-18:00"),
    ("du lundi au vendredi : 9h-12h et 13h30-17h30. Samedi et dimanche : fermé",
     "Mo-Fr 09:00-12:00,13:30-17:30"),
    ("10:00-18:00. Samedi : 14:00-16:00", "10:00-18:00; Sa 14:00-16:00"),
    ("10h-18h. Jour de fermeture : mardi", "10:00-18:00; Tu off"),
    ("du mardi au dimanche inclus de 10 h. à 18 h", "Tu-Su 10:00-18:00"),
    ("10am-5pm; closed on Christmas Day and New Year's Day",
     "10:00-17:00; Dec 25,Jan 01 off"),
    ("10h30-18h30. Fermé le jour de Noël et le jour de l'an",
     "10:30-18:30; Dec 25,Jan 01 off"),
    # but
    ("ouvert tous les jours à l’exception du mardi de 9h à 17h", "We-Mo 09:00-17:00"),
    ("tous les jours hormis le mardi, 9h-17h", "We-Mo 09:00-17:00"),
    ("tous les jours sauf le mardi de 10h à 18h", "We-Mo 10:00-18:00"),
    ("10:00-18:00 except Tuesdays", "We-Mo 10:00-18:00"),
    ("Tous les jours de 9h30 à 12h30 et de 14h à 18h, sauf le lundi",
     "Tu-Su 09:30-12:30,14:00-18:00"),
    ("lun-ven 9h-18h sauf jours fériés", "Mo-Fr 09:00-18:00; PH off"),
    ("every day except public holidays 9am - noon", "09:00-12:00; PH off"),
    ("hors vacances scolaires : mer sam dim 14h-18h", "We,Sa,Su 14:00-18:00; SH off"),
    # closed first, however much is open behind it
    ("Fermé le lundi. Ouvert tous les jours de 10h à 18h", "10:00-18:00; Mo off"),
    ("Closed on Mondays; open daily 10am-6pm", "10:00-18:00; Mo off"),
    ("Fermé le 1er mai. Du mardi au dimanche 10h-18h", "Tu-Su 10:00-18:00; May 1 off"),
    ("Fermé les jours fériés ; lun-ven 9h-17h, sam 9h-12h",
     "Mo-Fr 09:00-17:00; Sa 09:00-12:00; PH off"),
    ("sauf en janvier, du lundi au vendredi 9h-17h, samedi 9h-12h",
     "Mo-Fr 09:00-17:00; Sa 09:00-12:00; Jan off"),
    ("10h-18h, fermé le lundi ; juillet-août : tous les jours 10h-19h",
     "10:00-18:00; Mo off; Jul-Aug 10:00-19:00"),
    ("fermée mardi ouvert 10:00-18:00", "10:00-18:00; Tu off"),
    ("10am-5pm Tuesday closed", "10:00-17:00; Tu off"),
    ("Sam. et dim. fermé. 10h-18h", "10:00-18:00; Sa,Su off"),
    ("tous les jours 10h-18h (sauf mardi)", "10:00-18:00; Tu off"),
    ("tlj sf mar. 10h-18h", "10:00-18:00; Tu off"),
    ("10h-18h – fermé : Mar", "10:00-18:00; Tu off"),
    ("pendant les vacances scolaires, tous les jours de 10h à 18h", "SH 10:00-18:00"),
    ("D'avril à octobre, ouvert 10h-18h", "Apr-Oct 10:00-18:00"),
    ("D’avril à octobre, du mardi au dimanche, de 10h à 18h. Fermé de novembre à mars.",
     "Apr-Oct Tu-Su 10:00-18:00"),
    # dates
    ("du 1er avril au 31 octobre 10h-18h", "Apr 01-Oct 31 10:00-18:00"),
    ("Du 1er avril au 31 octobre de 10h à 18h. Du 1er novembre au 31 mars de 10h à 17h.",
     "Apr 01-Oct 31 10:00-18:00; Nov 01-Mar 31 10:00-17:00"),
    ("du 15 mai au 3 juin 2026 10h-18h", "2026 May 15-2026 Jun 03 10:00-18:00"),
    ("du 10 au 18 juin : 10h-18h", "Jun 10-18 10:00-18:00"),
    ("01/04 au 31/10 : 10h-18h", "Apr 01-Oct 31 10:00-18:00"),
    ("April 1st to October 31st, 10am - 6pm", "Apr 01-Oct 31 10:00-18:00"),
    ("juillet et août : tous les jours 10h-19h", "Jul,Aug 10:00-19:00"),
    ("toute l'année 10h-18h", "10:00-18:00"),
    ("Ouvert toute l’année, tous les jours de 10h à 18h", "10:00-18:00"),
    ("avril-octobre 10h-18h novembre-mars 10h-17h", "Apr-Oct 10:00-18:00; Nov-Mar 10:00-17:00"),
    ("Sunday 2pm to 5pm, May to September", "May-Sep Su 14:00-17:00"),
    ("ouvert les week-ends et jours fériés d'avril à septembre de 14h à 18h",
     "Apr-Sep Sa,Su,PH 14:00-18:00"),
    ("May 25+ 10:00-12:00", "May 25-Dec 31 10:00-12:00"),
    ("week 50-02 Mo 10:00-12:00", "week 50-53 Mo 10:00-12:00; week 01-02 Mo 10:00-12:00"),
    ("easter -Fr 10:00-15:00", "easter -2 days 10:00-15:00"),
    ("easter -2 days-easter +1 day 10:00-12:00", "Apr 03-06 10:00-12:00"),
    # which one of the month
    ("le premier dimanche du mois de 14h à 18h", "Su[1] 14:00-18:00"),
    ("1er dimanche du mois 14h-18h", "Su[1] 14:00-18:00"),
    ("dernier samedi du mois 10h-12h", "Sa[-1] 10:00-12:00"),
    ("first Sunday of the month 14:00-18:00", "Su[1] 14:00-18:00"),
    ("1er et 3e dimanches du mois 14h-18h", "Su[1,3] 14:00-18:00"),
    # times
    ("Tuesdays 2-5pm", "Tu 14:00-17:00"),
    ("10.30-5pm", "10:30-17:00"),
    ("10h-18h sans interruption", "10:00-18:00"),
    ("en semaine 9h-18h", "Mo-Fr 09:00-18:00"),
    ("du lever au coucher du soleil", "sunrise-sunset"),
    ("ouvert sur rendez-vous", '"by appointment"'),
    ("10-12h et 14-18h", "10:00-12:00,14:00-18:00"),
    ("de 10 à 18 heures", "10:00-18:00"),
    ("Du mercredi au dimanche, 10h-12h30/13h30-18h", "We-Su 10:00-12:30,13:30-18:00"),
    ("Mercredi-dimanche 10h30>18h", "We-Su 10:30-18:00"),
    ("10h à minuit", "10:00-24:00"),
    ("midi-minuit", "12:00-24:00"),
    # clauses without a sign between them
    ("lundi 10h-12h mercredi 14h-16h", "Mo 10:00-12:00; We 14:00-16:00"),
    ("lundi au vendredi 9h-12h 14h-17h, samedi 10h-12h",
     "Mo-Fr 09:00-12:00,14:00-17:00; Sa 10:00-12:00"),
    ("ouvert le samedi et dimanche de 14h à 18h, et tous les jours en août",
     "Sa,Su 14:00-18:00; Aug 14:00-18:00"),
]  # fmt: skip


@pytest.mark.parametrize(("spoken", "osm"), SAME)
def test_spoken_hours_are_those_of_osm(spoken: str, osm: str) -> None:
    """Every minute of 2026 is as the value in OSM's syntax has it."""
    context = HoursContext()
    assert parse(spoken, context).spans(*YEAR) == parse(osm, context).spans(*YEAR)


@pytest.mark.parametrize(
    "value",
    [
        "visites guidées à 15h", "jusqu'à 18h", "Mi-mars à mi-novembre 10h-18h",
        "le matin du mardi au samedi", "un mardi sur deux 14h-17h",
        "ouvert les 3e week-ends de septembre",
        # words that may mean the contrary
        "Mon-Sat 9 to 5", "10h-18h fermé le mardi sauf jours fériés", "Fermé lundi, 10h-18h",
        "sauf le lundi, mer, sam, dim 14h-18h",
        "fermé jeudi vendredi avril-octobre mar-dim 10h-18h",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_its_place(value: str) -> None:
    """A guess would send somebody to a closed door."""
    with pytest.raises(BadInputError, match="at character"):
        parse(value, HoursContext())


_CLOSED = ("fermé le {}", "Fermeture hebdomadaire : {}", "sauf {}", "{} fermé", "closed {}")
_OPEN = ("10h-18h", "tous les jours de 10h à 18h", "D'avril à octobre, tlj 10h-18h",
         "du 1er avril au 31 octobre 10h-18h", "juillet, août : mar-dim 10h-18h",
         "daily 2-5pm")  # fmt: skip


@pytest.mark.parametrize("opened", _OPEN)
@pytest.mark.parametrize("closed", _CLOSED)
def test_what_words_close_is_never_open(closed: str, opened: str) -> None:
    """In any order, whatever stands between: the day is closed, or the value refused."""
    for day, number in (("mercredi", 2), ("Sam.", 5), ("dim.", 6), ("Mar", 1)):
        parts = closed.format(day), opened
        for sign in (", ", "; ", ". ", " ", " - ", " / ", "\n", " : "):
            for value in (sign.join(parts), sign.join(reversed(parts))):
                with contextlib.suppress(BadInputError):
                    spans = parse(value, HoursContext()).spans(*FORTNIGHT)
                    days = {span.begin.weekday() for span in spans if span.state is Opening.OPEN}
                    assert number not in days, value


def test_mar_is_asked_back_where_nothing_tells_the_day_from_the_month() -> None:
    """Nobody knows whether a sign in Iceland means Tuesday; one in France does."""
    with pytest.raises(BadInputError, match="may be Tuesday or March"):
        parse("mar 10:00-18:00", HoursContext("Atlantic/Reykjavik", "IS", ""))
    tuesdays = parse("Tu 10:00-18:00", HoursContext()).spans(*YEAR)
    assert parse("mar 10:00-18:00", HoursContext()).spans(*YEAR) == tuesdays


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        ("mar 10h-18h", "Tuesday 10:00 to 18:00", "mardi de 10:00 à 18:00"),
        ("10h-18h fermé le mardi", "10:00 to 18:00; Tuesday closed",
         "de 10:00 à 18:00\u00a0; mardi fermé"),
        ("avril-octobre 10h-18h", "April to October 10:00 to 18:00",
         "d’avril à octobre de 10:00 à 18:00"),
        ("1er dimanche du mois 14h-18h", "first Sunday of the month 14:00 to 18:00",
         "premier dimanche du mois de 14:00 à 18:00"),
        ("easter -Fr 10:00-(sunset-01:00)",
         "Friday before Easter Sunday 10:00 to 1 h before sunset",
         "vendredi avant dimanche de Pâques de 10:00 à 1\u00a0h avant coucher du soleil"),
        ('Mo 17:00+ || "ring"', "Monday from 17:00; otherwise “ring”",
         "lundi à partir de 17:00\u00a0; sinon «\u00a0ring\u00a0»"),
        ("2026 May 25+", "from 25 May 2026 all day", "à partir de 25 mai 2026 toute la journée"),
    ],
)  # fmt: skip
def test_hours_are_said_back_in_both_languages(value: str, english: str, french: str) -> None:
    """Whoever wrote them sees what was understood."""
    said = in_words(value, "FR")
    assert (said, said.in_language("fr")) == (english, french)


@pytest.mark.parametrize("value", [value for pair in SAME for value in pair])
def test_everything_that_is_read_can_be_said_back(value: str) -> None:
    """No rule is too strange for words."""
    assert in_words(value, "FR")
