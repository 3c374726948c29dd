"""The pages of notices and of the outbox."""

from implementor.notifications.views import notices, outbox

blueprints = (outbox.blueprint, notices.blueprint)
__all__ = ["blueprints"]
