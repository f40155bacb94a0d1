"""The error tree: one class a kind of failure, each with the exit code a shell sees.

::

    LensRoutesError            1
    ├── IncompleteError        1   some of several things could not be done; says which and why
    ├── UsageError             2   the options contradict each other or make no sense
    ├── BadInputError          3   a file is broken; names file, feature and field
    ├── NotFoundError          4   no such place, theme or stop, or an ambiguous one
    ├── InfeasibleError        5   nothing fits; says the smallest relaxation that would
    ├── NotInstalledError      6   data are missing; names the command that installs them
    ├── NetworkError           7   a server is out of reach or answers nonsense
    ├── StorageError           3   a disk is full, a folder is read-only
    ├── InternalError         70   a fault of the program; names the report it wrote
    └── InterruptedByUserError 130 Ctrl-C

Every message says what was wrong and where; the hint says what to do about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class LensRoutesError(Exception):
    """The root of every failure the program explains to a person.

    Parameters
    ----------
    message
        What was wrong, and where: the file, feature, field or option.
    hint
        What to do about it, as one sentence; empty when the message says it all.
    details
        The same as records for scripts, where the message lists several things.
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self, message: str, hint: str = "", details: Sequence[Mapping[str, object]] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = tuple(details)

    @property
    def kind(self) -> str:
        """The name scripts read in ``error.kind``: the class, without its ``Error``."""
        return type(self).__name__.removesuffix("Error")


class IncompleteError(LensRoutesError):
    """Some of several things could not be done; the others are, and stay."""

    exit_code = 1


class UsageError(LensRoutesError):
    """The options contradict each other or make no sense."""

    exit_code = 2


class MissingPlaceError(UsageError):
    """A command was given fewer places than it needs."""


class BadInputError(LensRoutesError):
    """A file given to the program is broken."""

    exit_code = 3


class StorageError(LensRoutesError):
    """The program could not write where it keeps its data."""

    exit_code = 3


class NotFoundError(LensRoutesError):
    """Something was named that is not there, or that several things answer to."""

    exit_code = 4


class PlaceNotFoundError(NotFoundError):
    """No place answers to the ``words`` given, empty where none were."""

    def __init__(self, message: str, hint: str = "", words: str = "") -> None:
        super().__init__(message, hint)
        self.words = words


class AmbiguousError(NotFoundError):
    """Several things answer to the words given; the message lists them, the details with ids.

    ``words`` is what was typed: one of the ids in its stead would have been clear.
    """

    def __init__(
        self, message: str, hint: str, words: str, choices: Sequence[Mapping[str, object]]
    ) -> None:
        super().__init__(message, hint, choices)
        self.words = words


class AmbiguousPlaceError(AmbiguousError):
    """Several places answer to the words given."""


class ThemeNotFoundError(NotFoundError):
    """No place of the catalogue bears the theme given."""


class InfeasibleError(LensRoutesError):
    """Nothing satisfies the request."""

    exit_code = 5


class NotInstalledError(LensRoutesError):
    """The answer needs data that are not installed.

    ``command`` is the command line of this program that installs them, as its arguments; empty
    when no command can.
    """

    exit_code = 6

    def __init__(self, message: str, hint: str = "", command: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint or (command_line(command) if command else ""))
        self.command = command


def command_line(command: tuple[str, ...]) -> str:
    """Return the hint that names a command of this program."""
    import shlex  # noqa: PLC0415  # where something is missing

    return f"Run: lens-routes {shlex.join(command)}"


class NetworkError(LensRoutesError):
    """A server is out of reach, refuses, or answers something unusable."""

    exit_code = 7


class InternalError(LensRoutesError):
    """The program itself is at fault."""

    exit_code = 70


class InterruptedByUserError(LensRoutesError):
    """The person pressed Ctrl-C or said no."""

    exit_code = 130
