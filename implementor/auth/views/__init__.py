"""The pages for signing in, for one's own account, and for people, areas and teams."""

from __future__ import annotations

from implementor.auth.views import account, areas, links, look, people, signing, teams
from implementor.auth.views.blueprint import blueprint

__all__ = ["account", "areas", "blueprint", "links", "look", "people", "signing", "teams"]
