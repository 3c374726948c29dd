"""Pages of imports: the steps of one, the list of all, and how one ended."""

from implementor.exchange.views import checking, runs, steps
from implementor.exchange.views.routing import blueprint

__all__ = ["blueprint", "checking", "runs", "steps"]
