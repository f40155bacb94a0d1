"""Planning beside the screen: a process of its own that can be watched, and stopped."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import pickle
import struct
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from lens_routes.errors import InternalError, LensRoutesError
from lens_routes.text import language
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.library import Draft, Filler, Gap
    from lens_routes.plan.plan import Plan

_LENGTH = struct.Struct(">Q")


@dataclass
class Desk:
    """Another process that plans over the same territory; started when it is first needed.

    Parameters
    ----------
    places
        The catalogue's file, None for the shipped one.
    now
        What time it is.
    """

    places: Path | None
    now: dt.datetime
    _process: asyncio.subprocess.Process | None = field(default=None, init=False)
    _ended: list[asyncio.subprocess.Process] = field(default_factory=list, init=False)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def plan(self, draft: Draft, report: Callable[[str, float], None]) -> Plan:
        """Return the plan of a draft; *report* is told what is done, and which share of it.

        Whoever is cancelled while waiting stops the search as well.

        Raises
        ------
        LensRoutesError
            There is none: why, and what would help.
        """
        plan: Plan = await self._ask(report, "plan", draft)
        return plan

    async def fillers(self, plan: Plan, gap: Gap) -> list[Filler]:
        """Return what fits a gap of a plan, the greatest gain first."""
        found: list[Filler] = await self._ask(lambda *_: None, "fillers", plan, gap)
        return found

    async def export(self, plan: Plan, name: str) -> bytes:
        """Return a plan in a format."""
        data: bytes = await self._ask(lambda *_: None, "export", plan, name)
        return data

    async def ready(self) -> None:
        """Start the process, so that the first answer comes sooner."""
        async with self._one_at_a_time:
            await self._started()

    def stop(self) -> None:
        """End the process; what it was doing is lost."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            self._ended.append(process)

    async def close(self) -> None:
        """End the process, and wait until it is gone."""
        self.stop()
        for process in self._ended:
            await process.communicate()
        self._ended.clear()

    async def _ask(self, report: Callable[[str, float], None], *question: Any) -> Any:
        async with self._one_at_a_time:
            process = await self._started()
            questions = cast("asyncio.StreamWriter", process.stdin)
            answers = cast("asyncio.StreamReader", process.stdout)
            try:
                questions.write(_packed((language.in_use(), *question)))
                await questions.drain()
                while True:
                    kind, *answer = await _read(answers)
                    if kind == "report":
                        report(*answer)
                    elif kind == "failed":
                        raise _failure(*answer)
                    else:
                        return answer[0]
            except asyncio.CancelledError:
                self.stop()
                raise
            except (EOFError, ConnectionError, asyncio.IncompleteReadError) as error:
                self.stop()
                raise InternalError(
                    tr("Planning ended before its time."), tr("Try again.")
                ) from error

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is not None:
            self.stop()
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "lens_routes.explore.stage.desk",
                str(self.places or ""),
                self.now.isoformat(),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
            )
        return self._process


def _packed(message: object) -> bytes:
    data = pickle.dumps(message)
    return _LENGTH.pack(len(data)) + data


async def _read(stream: asyncio.StreamReader) -> tuple[Any, ...]:
    (length,) = _LENGTH.unpack(await stream.readexactly(_LENGTH.size))
    message: tuple[Any, ...] = pickle.loads(await stream.readexactly(length))  # noqa: S301  # ours
    return message


def _failure(kind: type[LensRoutesError], message: str, hint: str) -> LensRoutesError:
    error = LensRoutesError(message, hint)
    error.__class__ = kind
    return error


def serve(places: Path | None, now: dt.datetime, questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer questions until there are no more; what the other process runs."""
    from lens_routes.library import Territory

    territory = Territory.open(places, now)

    def answer(*message: object) -> None:
        answers.write(_packed(message))
        answers.flush()

    def report(what: str, share: float) -> None:
        answer("report", what, share)

    while head := questions.read(_LENGTH.size):
        spoken, name, *rest = pickle.loads(questions.read(_LENGTH.unpack(head)[0]))  # noqa: S301
        language.use(spoken)
        try:
            if name == "plan":
                answer("done", rest[0].planned(territory, report))
            else:
                answer("done", getattr(territory, name)(*rest))
        except LensRoutesError as error:
            answer("failed", type(error), error.message, error.hint)
        except Exception as error:  # noqa: BLE001  # told on the screen, with where the report is
            answer("failed", InternalError, *_told(error))


def _told(error: Exception) -> tuple[str, str]:
    import traceback

    from lens_routes.files.fault_report import write_report

    where = write_report("".join(traceback.format_exception(error)))
    message = tr(
        "This is a fault of the program: {name}: {error}.", name=type(error).__name__, error=error
    )
    return message, tr("Please send its report to the makers: {where}", where=where)


if __name__ == "__main__":
    serve(
        Path(sys.argv[1]) if sys.argv[1] else None,
        dt.datetime.fromisoformat(sys.argv[2]),
        sys.stdin.buffer,
        sys.stdout.buffer,
    )
