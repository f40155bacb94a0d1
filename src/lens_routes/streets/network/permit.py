"""The permission bits of an arc: who may go along it, and who belongs to the network there."""

from __future__ import annotations

from enum import IntFlag


class Permit(IntFlag):
    """Who may use an arc, and for whom it is part of the largest piece of network.

    A low bit says that a way may be used in the direction of the arc: walked, rolled along in a
    wheelchair, ridden, driven, or walked with a bicycle at one's side. The bit `MAIN` places
    higher says that one gets there from nearly everywhere, and away again.
    """

    NONE = 0
    FOOT = 1
    WHEELCHAIR = 2
    BIKE = 4
    CAR = 8
    PUSH = 16


#: What is shifted by this says "in the largest piece of network for".
MAIN = 8
#: Each of these has a network of its own.
MOVERS = (Permit.FOOT, Permit.WHEELCHAIR, Permit.BIKE, Permit.CAR)
#: What each may do at least, to get on: who rides may also push.
USES = {mover: mover for mover in MOVERS} | {Permit.BIKE: Permit.BIKE | Permit.PUSH}
