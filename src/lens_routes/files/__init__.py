"""Files of this machine: where they lie, written whole or not at all, mapped, or read as TOML."""
