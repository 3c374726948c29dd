"""Pages on which the CRM is set up, by noun."""

from implementor.configuration.views import (
    access,
    assignments,
    kinds,
    layout,
    needs,
    own_fields,
    pipelines,
    stages,
    words,
)
from implementor.configuration.views.blueprint import blueprint

__all__ = [
    "access", "assignments", "blueprint", "kinds", "layout", "needs", "own_fields", "pipelines", "stages", "words",
]  # fmt: skip
