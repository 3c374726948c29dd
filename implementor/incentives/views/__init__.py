"""The pages of incentives: within a project, and one's own points."""

from implementor.incentives.views import own, periods, records
from implementor.incentives.views.own import blueprint as own_points
from implementor.incentives.views.routing import blueprint

blueprints = (blueprint, own_points)

__all__ = ["blueprints", "own", "periods", "records"]
