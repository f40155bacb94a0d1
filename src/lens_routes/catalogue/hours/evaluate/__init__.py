"""Asking the rules of opening hours: which days, which times, open or not."""
