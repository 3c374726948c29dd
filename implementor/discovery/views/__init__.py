"""Pages of where a rollout is going: direction and map, objectives, wanted reports, agreements."""

from implementor.discovery.views import agreements, direction, objectives, reports, story_links
from implementor.discovery.views.routing import blueprint

__all__ = ["agreements", "blueprint", "direction", "objectives", "reports", "story_links"]
