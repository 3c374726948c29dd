"""Pages of projects: the list, the wizard, the overview, people and settings."""

from implementor.projects.views import overview, people, settings, wizard
from implementor.projects.views.routing import blueprint

__all__ = ["blueprint", "overview", "people", "settings", "wizard"]
