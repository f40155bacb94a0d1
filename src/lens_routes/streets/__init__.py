"""The walking network: read, compile, keep, snap, search, direct."""
