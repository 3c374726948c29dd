"""The pages of waves: the list and one wave, its scope, its board and its obstacles."""

from implementor.waves.views import board, lifecycle, obstacles, scope, waves
from implementor.waves.views.routing import blueprint

__all__ = ["blueprint", "board", "lifecycle", "obstacles", "scope", "waves"]
