"""The pages of cases: list and record, moving, taking, answering and handing over."""

from implementor.crm.cases.views import handing, moving
from implementor.crm.cases.views.routing import blueprint

__all__ = ["blueprint", "handing", "moving"]
