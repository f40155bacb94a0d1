"""The same, line by line: for screen readers, and for terminals that cannot be drawn on."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lens_routes.errors import LensRoutesError, UsageError
from lens_routes.explore.day.timeline import offered
from lens_routes.explore.stage.outlook import Around, Outlook, stance, told, way_called
from lens_routes.explore.stage.session import Session, State
from lens_routes.files.look import is_there
from lens_routes.files.storage import atomic_file
from lens_routes.library import Draft, Gap
from lens_routes.library.command import command
from lens_routes.library.territory import waypoint
from lens_routes.output.terminal.card import render_card
from lens_routes.output.terminal.lines import Line, Look
from lens_routes.output.terminal.plan import render_plan
from lens_routes.text import wording
from lens_routes.text.language import joined, marked, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lens_routes.library import Reached, Territory
    from lens_routes.plan.plan import Plan, Stop
    from lens_routes.planning.request import Request

#: So many places are told at once.
LISTED = 10
LOOK = Look(78)
#: What may be typed, and what it does; the first words of each are those of either language.
HELP = (
    marked("words: find places; a number: all about one of them; Enter: the next ten"),
    marked("want 3, not 3: have the third in the day, or keep it out; from 3: measure from it"),
    marked("plan: plan the day; drop 2: without its second stop; instead 2: what would fit there"),
    marked("undo; redo; save FILE; export FORMAT FILE; command; quit"),
)
#: The French words, and what they are in English.
_ALSO = {
    "vouloir": "want", "sans": "not", "depuis": "from", "planifier": "plan", "retirer": "drop",
    "remplacer": "instead", "annuler": "undo", "rétablir": "redo", "enregistrer": "save",
    "exporter": "export", "commande": "command", "quitter": "quit", "aide": "help", "?": "help",
}  # fmt: skip


def converse(
    territory: Territory, request: Request, ask: Callable[[], str], say: Callable[[str], None]
) -> None:
    """Tell the places, and do what is typed until there is no more to read.

    Parameters
    ----------
    territory, request
        As for the screens.
    ask
        Returns the next line typed; `EOFError` ends it.
    say
        Tells a line.
    """
    outlook = Outlook(request.start, territory.now, mode=request.mode)
    talk = _Talk(territory, Session([State(Draft(request))]), outlook, say)
    talk.tell(talk.listed())
    say(tr("Type a number, words to find, or ? for help."))
    while True:
        try:
            line = ask().strip()
        except EOFError:
            return
        if not talk.obey(line):
            return


@dataclass
class _Talk:
    territory: Territory
    session: Session
    outlook: Outlook
    say: Callable[[str], None]
    first: int = 0
    _warned: bool = False
    _around: Around = field(init=False)

    def __post_init__(self) -> None:
        self._around = Around(self.territory)

    def tell(self, lines: Iterable[str | Line]) -> None:
        """Say lines."""
        for line in lines:
            self.say(line.plain if isinstance(line, Line) else line)

    def obey(self, line: str) -> bool:
        """Do what a line says; tell whether to go on."""
        word, _, rest = line.partition(" ")
        name = _ALSO.get(word.lower(), word.lower())
        if name == "quit" and (self._warned or not self.session.unkept):
            return False
        try:
            self.tell(self._answer(name, rest.strip(), line))
        except LensRoutesError as error:
            self.tell(filter(None, (error.message, error.hint)))
        return True

    def _answer(self, name: str, rest: str, line: str) -> Iterator[str | Line]:
        deeds: dict[str, Callable[[str], Iterator[str | Line]]] = {
            "help": lambda _: iter([tr(text) for text in HELP]),
            "want": lambda text: self._mark(text, Draft.pinned),
            "not": lambda text: self._mark(text, Draft.forbidden),
            "from": self._measure,
            "plan": lambda _: self._plan(self.session.draft.anew()),
            "drop": self._drop,
            "instead": self._instead,
            "undo": lambda _: self._back(tr("Nothing to undo."), moved=self.session.undo()),
            "redo": lambda _: self._back(tr("Nothing to do again."), moved=self.session.redo()),
            "quit": lambda _: self._warn(),
            "save": lambda text: self._write("json", text),
            "export": lambda text: self._write(*self._two(text)),
            "command": self._command,
        }
        if name in deeds:
            yield from deeds[name](rest)
        elif line.isdecimal():
            yield from self._card(self._place(line))
        elif line:
            self.outlook, self.first = replace(self.outlook, words=line), 0
            yield from self.listed()
        else:
            self.first += LISTED
            yield from self.listed()

    @property
    def _places(self) -> Sequence[Reached]:
        return self._around.shown(self.outlook)

    def listed(self) -> Iterator[str]:
        """Yield ten places, a line each."""
        places = self._places
        yield self._around.heading(self.outlook, len(places)) + "."
        for number, one in enumerate(places[self.first : self.first + LISTED], self.first + 1):
            standing = told(
                self._around.standing(one.place, self.outlook.moment), self.outlook.moment
            )
            told_of = tr(
                "{n}. {place}, {duration} {way}, {standing}, interest {interest} of 5",
                n=number, place=one.place.name, duration=wording.duration(one.duration_s),
                way=way_called(self.outlook.mode), standing=standing, interest=one.place.interest,
            )  # fmt: skip
            yield joined(", ", [told_of, *self._around.themes(one.place)]) + "."

    def _place(self, text: str) -> Reached:
        places = self._places
        if not text.isdecimal() or not 1 <= int(text) <= len(places):
            raise UsageError(tr("There is no number {text} in the list.", text=text))
        return places[int(text) - 1]

    def _day(self) -> Plan:
        if self.session.plan is None:
            raise UsageError(tr("No day is planned yet."), tr("Type: plan"))
        return self.session.plan

    def _stop(self, text: str) -> tuple[int, Stop]:
        visits = [(n, s) for n, s in enumerate(self._day().days[0].stops) if s.place]
        if not text.isdecimal() or not 1 <= int(text) <= len(visits):
            raise UsageError(tr("There is no number {text} in the day.", text=text))
        return visits[int(text) - 1]

    def _card(self, one: Reached) -> Iterator[Line]:
        moment = self.outlook.moment
        now = Line(told(self._around.standing(one.place, moment), moment))
        way = self._around.way(one, self.outlook)
        week = self.territory.week(one.place, moment.date())
        yield from render_card(one.place, now, way, week, LOOK)

    def _mark(self, text: str, change: Callable[[Draft, str], Draft]) -> Iterator[str]:
        place = self._place(text).place
        self.session.change(change(self.session.draft, place.id))
        yield stance(self.session.draft, place)

    def _measure(self, text: str) -> Iterator[str]:
        here = (
            waypoint(self._place(text).place) if text.isdecimal() else self.territory.locate(text)
        )
        self.outlook, self.first = replace(self.outlook, origin=here), 0
        yield from self.listed()

    def _plan(self, draft: Draft) -> Iterator[Line]:
        self.session.planned(draft, draft.planned(self.territory, lambda *_: None))
        yield from render_plan(self._day(), LOOK)

    def _drop(self, text: str) -> Iterator[Line]:
        place = self._stop(text)[1].place or ""
        yield from self._plan(self.session.draft.without(place, self._day()))

    def _instead(self, text: str) -> Iterator[str | Line]:
        number, stop = self._stop(text.partition(" ")[0])
        gap = Gap(0, number, instead=True)
        found = self.territory.fillers(self._day(), gap)
        choice = text.partition(" ")[2]
        if choice.isdecimal() and 1 <= int(choice) <= len(found):
            filler = found[int(choice) - 1]
            yield from self._plan(self.session.draft.filled(filler, gap, self._day()))
            return
        for n, one in enumerate(found[:LISTED], 1):
            yield f"{n}. {one.name}: {', '.join(offered(one))}."
        if found:
            yield tr("Type: instead {stop} and one of these numbers.", stop=text)
        else:
            yield tr("Nothing else fits in place of {place}.", place=stop.name)

    def _warn(self) -> Iterator[str]:
        self._warned = True
        yield tr("The day is not saved.")
        yield tr("Type: save FILE, or quit once more.")

    def _back(self, nothing: str, *, moved: bool) -> Iterator[str | Line]:
        yield tr("Done.") if moved else nothing
        if self.session.plan is not None:
            yield from render_plan(self.session.plan, LOOK)

    def _two(self, text: str) -> tuple[str, str]:
        name, _, file = text.partition(" ")
        return name.lower(), file

    def _write(self, name: str, file: str) -> Iterator[str]:
        if not file:
            raise UsageError(tr("Name a file."))
        target = Path(file).expanduser()
        if is_there(target):
            raise UsageError(tr("{target} exists.", target=target), tr("Name another file."))
        data = self.territory.export(self._day(), name)
        with atomic_file(target) as stream:
            stream.write(data)
        if name == "json":
            self.session.kept = self.session.now
        yield tr("Wrote {target}.", target=target)

    def _command(self, _text: str) -> Iterator[str]:
        yield shlex.join(command(self.session.draft, self.territory.catalogue))
