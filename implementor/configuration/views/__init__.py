"""Pages on which the CRM is set up, by noun."""

from implementor.configuration.views import access, pipelines, stages, words
from implementor.configuration.views.blueprint import blueprint

__all__ = ["access", "blueprint", "pipelines", "stages", "words"]
