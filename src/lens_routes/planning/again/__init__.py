"""Planning the rest of a day that turned out otherwise."""
