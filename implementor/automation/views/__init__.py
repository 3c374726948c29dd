"""The pages of templates and of rules of when and then, by noun."""

from implementor.automation.views import rules, runs, templates
from implementor.automation.views.blueprint import blueprint

__all__ = ["blueprint", "rules", "runs", "templates"]
