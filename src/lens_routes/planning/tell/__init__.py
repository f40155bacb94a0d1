"""What is told beside a day: what was left out and why, other tours, sources."""
