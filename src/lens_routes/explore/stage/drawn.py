"""A program on the screen, whose faults are told as everywhere: never as textual shows them."""

from __future__ import annotations

from typing import Any, TypeVar

from textual.app import App

Answer = TypeVar("Answer")


class Drawn(App[Answer]):
    """What every program on the screen is."""

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()  # textual's own prints a traceback first

    def run(self, **options: Any) -> Answer | None:
        """Run until a person leaves; raise what went wrong in it."""
        answer = super().run(**options)
        if self._exception is not None:  # nothing public tells
            raise self._exception
        return answer
