"""The pages of status reports, by noun."""

from implementor.status.views import colours, files, limits, links, programme, reports, shared
from implementor.status.views.routing import blueprint

__all__ = ["blueprint", "colours", "files", "limits", "links", "programme", "reports", "shared"]
