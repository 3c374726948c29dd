"""The pages of training, one module for each subject."""

from implementor.training.views import certificates, courses, figures, own, records, scores, sessions, trainers
from implementor.training.views.result_routing import blueprint as results
from implementor.training.views.result_routing import own as own_certificates
from implementor.training.views.routing import blueprint
from implementor.training.views.routing import own as own_training

blueprints = (blueprint, own_training, results, own_certificates)

__all__ = [
    "blueprints", "certificates", "courses", "figures", "own", "records", "scores", "sessions", "trainers"
]  # fmt: skip
