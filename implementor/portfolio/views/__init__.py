"""Pages over all projects of a reader, and looking back at one of them."""

from implementor.portfolio.views import overview, replay
from implementor.portfolio.views.routing import blueprint

__all__ = ["blueprint", "overview", "replay"]
