"""One module a format, each a pure function from a plan to text or bytes."""
