"""Pages of stories: the backlog, one story, and the parts of its page."""

from implementor.stories.views import backlog, links, order, parts, sizing, splitting, story, value
from implementor.stories.views.routing import blueprint

__all__ = ["backlog", "blueprint", "links", "order", "parts", "sizing", "splitting", "story", "value"]
