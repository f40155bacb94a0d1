"""The options of a request as parameters of a command, for Typer to read."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Annotated, Any, TypeVar

import typer

from lens_routes.plan.option import Option
from lens_routes.plan.request import OPTIONS

Command = TypeVar("Command", bound=Callable[..., Any])


def asks_for_a_day(command: Command) -> Command:
    """Give a command the options of a request, in the place of its ``**asked``."""
    written = inspect.signature(command, eval_str=True)
    command.__signature__ = written.replace(  # type: ignore[attr-defined]
        parameters=list(_parameters(written))
    )
    return command


def _parameters(written: inspect.Signature) -> Iterator[inspect.Parameter]:
    named = [p for p in written.parameters.values() if p.kind is not p.VAR_KEYWORD]
    yield named[0]
    yield from (_parameter(option) for _, option in OPTIONS)
    yield from named[1:]


def _parameter(option: Option) -> inspect.Parameter:
    of_typer = typer.Option(
        *filter(None, (option.flag, option.short)), help=option.help, min=option.least
    )
    default = None if option.several else option.unset
    kind: Any = list[str] if option.several else option.kind
    return inspect.Parameter(
        option.parameter,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[kind | None if default is None else kind, of_typer],
    )
