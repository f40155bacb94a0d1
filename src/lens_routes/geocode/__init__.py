"""Words to a point: a place of the catalogue, coordinates, or an address asked for online."""

from lens_routes.geocode.geocoder import Geocoder
from lens_routes.geocode.locate import locate

__all__ = ["Geocoder", "locate"]
