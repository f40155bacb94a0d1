"""The planner: which visits, in what order, at what time.

Read it in this order:

- `problem` states what is asked; `solve` is the entrance, and times the answer; `stop` says when
  to stop.
- Searching: `nodes` flattens the problem, `fits` finds what fits where (`tolls`: at what effort),
  `construct` inserts visits (counting `returns`), `improve` searches by `ruin` and insertion, and
  may `recombine` days.
- Proving: `bound` prices the rules that `clock` drops (on the `ways` of a day), `exact` enumerates
  `partial` tours, `combine` joins days, and `prove` says how far the best found may be from the
  best there is.
- With trains and buses: `hourly` builds days by a `beam` search, and may `reinsert` visits, all of
  it on true times (`latest_departures`).
- After the search: `spread` evens the themes of several days, `retime` states the tours in the
  terms of another problem.
- Explaining: `trial` follows a day whatever goes wrong, `exchange` gives visits up, `reasons` finds
  what is in the way; `together` and `possible` say whether anything fits, `relax` what would
  help; `explain` and `say` put it into words.
- Checking: `check` and its parts verify a finished plan, sharing nothing with the rest.
"""
