"""The pages of opportunities: list and record, the board, moving and opening again, forecast and funnel."""

from implementor.crm.opportunities.views import board, forecast, funnel, moving
from implementor.crm.opportunities.views.routing import blueprint

__all__ = ["blueprint", "board", "forecast", "funnel", "moving"]
