"""The pages of duplicates, by noun."""

from implementor.duplicates.views import candidates, merges, pairs, weighing
from implementor.duplicates.views.routing import blueprint

__all__ = ["blueprint", "candidates", "merges", "pairs", "weighing"]
