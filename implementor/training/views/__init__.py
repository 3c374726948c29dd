"""The pages of training, one module for each subject."""

from implementor.training.views import certificates, figures, scores, trainers
from implementor.training.views.result_routing import blueprint as results
from implementor.training.views.result_routing import own

blueprints = (results, own)

__all__ = ["blueprints", "certificates", "figures", "scores", "trainers"]
