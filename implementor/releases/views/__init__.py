"""The pages of migration runs: the list, one run with its figures, and what people say about a figure."""

from implementor.releases.views import figures, files, runs
from implementor.releases.views.routing import blueprint

__all__ = ["blueprint", "figures", "files", "runs"]
