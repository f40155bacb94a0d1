"""How a field of a request is asked: the option, as lines, settings and batches have it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False, repr=False)
class Option:
    """An option of ``plan``.

    ``flag`` is how it is written, both sides of one that has two; ``kind`` what is typed, ``least``
    its least; ``several`` tells one that may be repeated; ``words`` what completes it: words, or
    the name of a source of `lens_routes.cli.completion`; ``closed`` tells that no other word does;
    ``modes`` are those whose ways it shapes, empty for all; ``rival`` the parameter that says
    otherwise; ``name`` the parameter, where not as the flag.
    """

    flag: str
    help: str
    kind: type = str
    default: object = None
    several: bool = False
    short: str = ""
    least: int | None = None
    words: str | tuple[str, ...] = ()
    closed: bool = False
    modes: tuple[str, ...] = ()
    rival: str = ""
    name: str = ""

    @property
    def parameter(self) -> str:
        """Its name in the program."""
        return self.name or self.flag.partition("/")[0].removeprefix("--").replace("-", "_")

    @property
    def unset(self) -> object:
        """What it is where nobody says anything; a flag is not set."""
        if self.kind is bool:
            return bool(self.default)
        return [] if self.several else self.default


def options_of(request: type) -> tuple[tuple[str, Option], ...]:
    """Return the options of a dataclass, each with the name of its field, in their order."""
    return tuple(
        (name, note)
        for name, hint in request.__annotations__.items()
        for note in getattr(hint, "__metadata__", ())
        if isinstance(note, Option)
    )
