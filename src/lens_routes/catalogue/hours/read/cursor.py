"""A cursor over tokens, which refuses with the place it stands at."""

from __future__ import annotations

from typing import NoReturn

from lens_routes.catalogue.hours.read.token import Refusal, Token

_END = Token("end", "", -1)


class Reader:
    """Tokens and a position among them."""

    __slots__ = ("_refusal", "_tokens", "at")

    def __init__(self, value: str, tokens: tuple[Token, ...]) -> None:
        self._refusal = Refusal(value)
        self._tokens = tokens
        self.at = 0

    def __len__(self) -> int:
        return len(self._tokens)

    @property
    def done(self) -> bool:
        """Whether all tokens are read."""
        return self.at >= len(self._tokens)

    @property
    def last(self) -> bool:
        """Whether this is the last token."""
        return self.at == len(self._tokens) - 1

    @property
    def ended(self) -> bool:
        """Whether the rules joined by commas end here."""
        return self.done or self.token.text in (";", "||")

    @property
    def token(self) -> Token:
        """The token at the position; one of kind "end" after the last."""
        return self.ahead(0)

    def ahead(self, steps: int) -> Token:
        """Return the token some steps further."""
        where = self.at + steps
        return self._tokens[where] if 0 <= where < len(self._tokens) else _END

    def peek(self, text: str, steps: int = 0) -> bool:
        """Say whether a sign stands here."""
        token = self.ahead(steps)
        return token.kind == "sign" and token.text == text

    def peek_kind(self, *kinds: str, start: int = 0) -> bool:
        """Say whether tokens of these kinds (or signs) follow."""
        return all(
            kind in (token.kind, token.text if token.kind == "sign" else "")
            for kind, token in ((kind, self.ahead(start + i)) for i, kind in enumerate(kinds))
        )

    def take(self, text: str) -> bool:
        """Step over a sign if it stands here; say whether it did."""
        found = self.peek(text)
        if found:
            self.at += 1
        return found

    def take_kind(self, kind: str) -> bool:
        """Step over a token of a kind if it stands here; say whether it did."""
        found = self.token.kind == kind
        if found:
            self.at += 1
        return found

    def expect(self, kind: str, what: str, hint: str) -> Token:
        """Step over a token of a kind or a sign, or refuse."""
        if not self.peek_kind(kind):
            self.refuse(what, hint)
        return self.advance()

    def advance(self) -> Token:
        """Step over a token and return it."""
        token = self.token
        self.at += 1
        return token

    def refuse(self, what: str, hint: str, steps: int = 0) -> NoReturn:
        """Refuse the value at this position."""
        token = self.ahead(steps)
        self._refusal(len(self._refusal.value) if token is _END else token.at, what, hint)
