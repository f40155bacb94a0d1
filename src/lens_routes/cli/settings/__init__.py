"""``config``: the settings file, and where each value comes from."""
