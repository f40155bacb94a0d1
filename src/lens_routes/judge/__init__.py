"""The independent checker: whether a plan document keeps every rule, one module a kind of rule.

Shares no code with the planner: nobody marks his own homework.
"""
