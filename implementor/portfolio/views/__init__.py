"""Pages over all projects of a reader."""

from implementor.portfolio.views import overview
from implementor.portfolio.views.routing import blueprint

__all__ = ["blueprint", "overview"]
