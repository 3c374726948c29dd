"""Who may see, raise and resolve what stands in a project's way."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, PROJECT_ROLES, Role, permission
from implementor.foundation.words import say

ACTIVE_ROLES = tuple(role for role in PROJECT_ROLES if role is not Role.VIEWER)

OBSTACLE_VIEW = permission("obstacle.view", say("See the obstacles of a project"), *EVERYONE_IN_PROJECT)
OBSTACLE_RAISE = permission("obstacle.raise", say("Raise and describe obstacles"), *ACTIVE_ROLES, Role.PMO)
OBSTACLE_RESOLVE = permission(
    "obstacle.resolve",
    say("Say how an obstacle was resolved, and open it again"),
    *(role for role in ACTIVE_ROLES if role is not Role.COMMITTEE),
    Role.PMO,
)
