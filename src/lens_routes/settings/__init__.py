"""A person's own defaults: the settings file, what may stand in it, and its template."""
