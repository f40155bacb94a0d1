"""Who moves: one module of data each, with the sources of its figures."""
