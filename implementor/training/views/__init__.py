"""The pages of training, one module for each subject."""

from implementor.training.views import figures
from implementor.training.views.result_routing import blueprint as results

blueprints = (results,)

__all__ = ["blueprints", "figures"]
