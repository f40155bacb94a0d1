"""Walks between points: how fast, how far, how sure."""
