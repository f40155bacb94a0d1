"""Characters that no text for people should hold, whatever it is written into."""

#: Control characters, and the separators of lines and paragraphs.
BREAKS = "\x00-\x1f\x7f-\x9f\u2028\u2029"
#: Lone surrogates and non-characters, which XML and UTF-8 forbid, and the controls of writing
#: direction, which, left open, turn around everything behind them.
UNSAYABLE = "\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(end - 1)}{chr(end)}" for end in range(0xFFFF, 0x110000, 0x10000)
)
