"""The pages of kept reports: their list, one of them, how one is put together, and the records behind its figures."""

from implementor.reports.views import building, files, records, reports
from implementor.reports.views.routing import blueprint

__all__ = ["blueprint", "building", "files", "records", "reports"]
