"""The pages of campaigns, their members, where records came from, and the comparison."""

from implementor.crm.campaigns.views import comparison, joining, members, origins
from implementor.crm.campaigns.views.routing import blueprint, member_pages

__all__ = ["blueprints", "comparison", "joining", "members", "origins"]
blueprints = (blueprint, member_pages)
