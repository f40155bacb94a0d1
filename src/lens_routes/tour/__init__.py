"""The planner: which visits, in what order, at what time.

Read it in this order: `problem` states what is asked, `nodes` flattens it for the search,
`construct` inserts visits (counting `returns`), `improve` searches by `ruin` and insertion and may
`recombine` days, `bound`, `exact` and `prove` say how far the best
found may be from the best there is, `solve` is the entrance and times the answer,
`reasons`, `relax` and `explain` say why not, and `check` verifies a finished plan, sharing
nothing with the rest.
"""
