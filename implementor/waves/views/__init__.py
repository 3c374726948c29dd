"""The pages of waves: the list and one wave, its scope, its board, its obstacles and forecasts."""

from implementor.waves.views import board, capacity, flow, forecast, lifecycle, obstacles, scope, waves
from implementor.waves.views.routing import blueprint

__all__ = ["blueprint", "board", "capacity", "flow", "forecast", "lifecycle", "obstacles", "scope", "waves"]
