"""Pages of comments and files."""

from implementor.comments.views import attachments, comments
from implementor.comments.views.routing import blueprint

__all__ = ["attachments", "blueprint", "comments"]
