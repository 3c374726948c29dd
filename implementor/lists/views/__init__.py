"""The shared pages of lists and records, at addresses inside a project and outside of any."""

from implementor.lists.views import bulk, export, lookup, records, saved
from implementor.lists.views.routing import blueprint

__all__ = ["blueprint", "bulk", "export", "lookup", "records", "saved"]
