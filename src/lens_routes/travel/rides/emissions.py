"""Greenhouse gases of rides, and of the same ways by car.

The factors are those of ADEME, the French agency for ecological transition, in its Base Empreinte:
grams of CO2 equivalent for each kilometre of one passenger, of the energy from well to wheel and
of building the vehicle, not of roads and rails. Read in the code of ADEME's own calculator,
Impact CO2 (https://impactco2.fr): https://github.com/incubateur-ademe/impactco2, file
``src/data/categories/deplacement.ts``, revision 8d526e189d49, where ``ecv`` 6 is the energy and 5
the vehicle; ``empreinteId`` is the number of the factor in the Base Empreinte.

A ride is as long as the line through its stops (great circles), which is a little less than the
rails or the road; a car drives the distance between the two visits along the streets as a walker
knows them, which is a little less than what a car has to drive. Both figures are low estimates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes.text.language import Said, tr
from lens_routes.timetable.network.wishes import Mode, mode_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lens_routes.plan.leg import Leg

LICENCE = "© ADEME"
#: ISO 3166-1 codes of where the factors hold: those of another country's trains are others.
COUNTRIES = frozenset(("FR", "MC"))


class Factor(NamedTuple):
    """Grams of CO2 equivalent for a kilometre: of the energy, and of building the vehicle.

    ``number`` is that of the Base Empreinte, None where the calculator gives none.
    """

    energy_g: float
    vehicle_g: float
    number: int | None

    @property
    def grams_per_km(self) -> float:
        """Both together."""
        return self.energy_g + self.vehicle_g


#: Trains are regional ones (TER), buses urban ones with a diesel engine.
RIDES = {
    Mode.TRAIN: Factor(22.9, 4.79, 42759),
    Mode.METRO: Factor(4.2, 0.24, 42757),
    Mode.TRAM: Factor(3.8, 0.48, 42761),
    Mode.BUS: Factor(104.3, 8.9, 28004),
}
#: Coaches, which GTFS tells from buses by the extended types 200 to 299.
COACH = Factor(25.0, 4.42, None)
#: A car with a combustion engine, one person aboard.
CAR = Factor(192.0, 25.6, None)


class Emissions(NamedTuple):
    """Grams of CO2 equivalent of one person's day: as ridden, and the same ways by car.

    ``unknown`` are the kinds of vehicle nobody gives a figure for; the ways with one of them are
    in neither sum.
    """

    co2_g: float
    car_co2_g: float
    unknown: tuple[str, ...]


def source() -> Said:
    """Return where the figures come from, for a plan's provenance."""
    return tr(
        "ADEME, Base Empreinte, figures for France as used by Impact CO2"
        " (deplacement.ts, revision 8d526e189d49)"
    )


def factor_of(route_type: int) -> Factor | None:
    """Return the factor of what runs on a line, from GTFS's ``route_type``; None if unknown."""
    if route_type // 100 == 2:
        return COACH
    return RIDES.get(mode_of(route_type))


def of_day(legs: Iterable[Leg]) -> Emissions | None:
    """Return what the rides of a day emit, and a car in their place; None where nothing is ridden.

    Walks stay walks in both: only the ways with a ride are driven. A bike of one's own emits
    nothing, as the calculator has it.
    """
    co2_g = car_co2_g = 0.0
    unknown: list[str] = []
    ridden = False
    for leg in legs:
        if leg.ride_m:
            ridden = True
            driven_g = leg.ride_m / 1000 * CAR.grams_per_km
            co2_g += driven_g if leg.mode == "car" else 0.0
            car_co2_g += driven_g
        if not leg.rides or leg.direct_m is None:
            continue
        ridden = True
        figures = [_of_ride(ride) for ride in leg.rides]
        unknown += [
            mode_of(ride.get("route_type", -1)).value
            for ride, grams in zip(leg.rides, figures, strict=True)
            if grams is None
        ]
        if None not in figures:
            co2_g += sum(grams for grams in figures if grams is not None)
            car_co2_g += leg.direct_m / 1000 * CAR.grams_per_km
    return Emissions(co2_g, car_co2_g, tuple(dict.fromkeys(unknown))) if ridden else None


def _of_ride(ride: Mapping[str, Any]) -> float | None:
    factor, length_m = factor_of(ride.get("route_type", -1)), ride.get("length_m")
    return None if factor is None or length_m is None else factor.grams_per_km * length_m / 1000
