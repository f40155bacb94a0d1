"""The planned day: its timeline, every change to it, and taking it along."""
