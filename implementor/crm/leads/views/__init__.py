"""The pages of leads: list and record, steps on the way, conversion and taking it back, the funnel."""

from implementor.crm.leads.views import converting, funnel, moving
from implementor.crm.leads.views.routing import blueprint

__all__ = ["blueprint", "converting", "funnel", "moving"]
