"""The pages of audiences, one module for each subject."""

from implementor.audiences.views import audiences, impacts, people, records, transition
from implementor.audiences.views.routing import blueprint

__all__ = ["audiences", "blueprint", "impacts", "people", "records", "transition"]
