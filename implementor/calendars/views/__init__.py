"""Pages under Settings: currencies, opening hours and service levels, one module each."""

from implementor.calendars.views import currencies, opening, service_levels
from implementor.calendars.views.blueprint import blueprint

__all__ = ["blueprint", "currencies", "opening", "service_levels"]
