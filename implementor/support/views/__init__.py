"""The pages of requests: the inbox of a rollout and one's own."""

from implementor.support.views import hypercare, inbox, own, passing_on, roster
from implementor.support.views.inbox import blueprint
from implementor.support.views.own import blueprint as own_requests

blueprints = (blueprint, own_requests)

__all__ = ["blueprints", "hypercare", "inbox", "own", "passing_on", "roster"]
