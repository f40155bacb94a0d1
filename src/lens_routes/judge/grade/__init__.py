"""How good a day is that keeps every rule: its figures, and what a person would object to.

Worked out from the plan document and the catalogue, like the checks; docs/days.md shows the rule.
"""
