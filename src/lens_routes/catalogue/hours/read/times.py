"""Reading times of day: ``10:00-12:00,14:00-sunset``, ``17:00+``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from lens_routes.catalogue.hours.rules import DAY_MIN, Clock, TimeSpan, usual_minute
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.catalogue.hours.read.cursor import Reader
    from lens_routes.catalogue.hours.read.token import Token


class TimeReader:
    """Reads the times of one rule into a list; points in time only where they are meant."""

    def __init__(self, reader: Reader, times: list[TimeSpan], *, points: bool) -> None:
        self.reader = reader
        self.times = times
        self.points = points

    @staticmethod
    def begins(reader: Reader) -> bool:
        """Say whether times begin here."""
        return (
            reader.peek_kind("number", ":")
            or reader.peek_kind("number", "-")
            or reader.peek_kind("sun")
            or reader.peek_kind("(")
        )

    def read(self) -> bool:
        """Read times; say whether a comma after them adds another rule."""
        while True:
            self._span()
            if not self.reader.take(","):
                return False
            if self.reader.ended:
                return False
            if not self.begins(self.reader):
                return True

    def _span(self) -> None:
        reader = self.reader
        first = reader.token
        if reader.peek_kind("number", "-", "number") and not reader.peek(":", 3):
            begin, end = self._hour(), self._hour_after_dash()
            if end.minutes <= begin.minutes <= 12 * 60:
                self._refuse_at(first, tr("it may end in the afternoon or the next morning"))
            self._add(begin, end, first)
            return
        begin = self._clock()
        if reader.take("+"):
            self.times.append(_open_end(begin))
            return
        if not reader.take("-"):
            if not self.points:
                self._refuse_at(
                    first,
                    tr("this is a point in time"),
                    tr('Opening hours need a begin and an end: "08:00-12:00".'),
                )
            self.times.append(TimeSpan(begin, begin, every=1))
            return
        end = self._clock()
        if reader.peek("/"):
            every = self._interval()
            self._add(begin, end, first)
            self.times[-1] = self.times[-1]._replace(every=every)
            return
        if reader.take("+"):
            after = end._replace(
                minutes=end.minutes + DAY_MIN * (usual_minute(end) < usual_minute(begin))
            )
            self.times.append(_open_end(after))
        self._add(begin, end, first)

    def _interval(self) -> int:
        """Read the minutes after a slash: ``/90`` or ``/01:30``."""
        reader = self.reader
        if not self.points:
            reader.refuse(tr("an interval (/) makes points in time"), _hint())
        reader.advance()
        if reader.peek_kind("number", ":"):
            every = self._clock().minutes
        else:
            every = reader.expect("number", tr("the minutes are missing"), _hint()).number
        if not every:
            reader.refuse(tr("{step} is no step", step=every), _hint(), -1)
        return every

    def _add(self, begin: Clock, end: Clock, first: Token) -> None:
        """Add a span, its end after its begin and within the next day."""
        if usual_minute(begin) >= DAY_MIN:
            self._refuse_at(first, tr("a time range must begin before 24:00"))
        fixed = not begin.event and not end.event
        backwards = usual_minute(end) < usual_minute(begin)
        if not end.event and (backwards or (fixed and begin.minutes == end.minutes)):
            end = end._replace(minutes=end.minutes + DAY_MIN)
        if usual_minute(end) > 2 * DAY_MIN:
            self._refuse_at(first, tr("a time range must not last beyond the next day (48:00)"))
        self.times.append(TimeSpan(begin, end))

    def _refuse_at(self, first: Token, what: str, hint: str = "") -> NoReturn:
        """Refuse the span that begins with *first*."""
        steps = -1
        while self.reader.ahead(steps) is not first:
            steps -= 1
        self.reader.refuse(what, hint or _hint(), steps)

    def _hour(self) -> Clock:
        return Clock(self.reader.advance().number * 60)

    def _hour_after_dash(self) -> Clock:
        self.reader.advance()
        return self._hour()

    def _clock(self) -> Clock:
        reader = self.reader
        if reader.peek_kind("sun"):
            return Clock(0, reader.advance().text)
        if reader.take("("):
            return self._sun_and_offset()
        hour = reader.expect("number", tr("a time is missing"), _hint())
        reader.expect(":", tr('the minutes after "{text}" are missing', text=hour.text), _hint())
        return Clock(hour.number * 60 + self._minutes())

    def _minutes(self) -> int:
        minutes = self.reader.expect("number", tr("the minutes are missing"), _hint())
        if minutes.number > 59:
            self.reader.refuse(
                tr('"{text}" minutes are more than 59', text=minutes.text), _hint(), -1
            )
        return minutes.number

    def _sun_and_offset(self) -> Clock:
        reader, hint = self.reader, tr('Write for example "(sunset-01:30)".')
        event = reader.expect("sun", tr("sunrise, sunset, dawn or dusk is missing"), hint)
        sign = 1 if reader.take("+") else -1
        if sign < 0:
            reader.expect("-", tr("+ or - is missing"), hint)
        hour = reader.expect("number", tr("the hours to add are missing"), hint)
        reader.expect(":", tr("the minutes to add are missing"), hint)
        offset = hour.number * 60 + self._minutes()
        reader.expect(")", tr("the closing bracket is missing"), hint)
        return Clock(sign * offset, event.text)


def _open_end(begin: Clock) -> TimeSpan:
    """Guess how long an open end lasts, as the reference implementation does.

    Until midnight; from 17:00 on ten hours, from 22:00 on eight. "00:00+" is the whole day.
    """
    usual = usual_minute(begin)
    if usual >= 22 * 60:
        end = usual + 8 * 60
    elif usual >= 17 * 60:
        end = usual + 10 * 60
    else:
        end = DAY_MIN
    return TimeSpan(begin, Clock(end), open_end=begin != Clock(0))


def _hint() -> str:
    return tr('Write times as "09:00-18:00".')
