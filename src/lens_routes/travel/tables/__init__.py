"""Tables of ways between places: as shipped text, and as files of this machine."""
