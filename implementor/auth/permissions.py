"""What may be done to people, areas and teams."""

from __future__ import annotations

from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

MANAGE_USERS = permission("user.manage", say("Invite people, give them roles and disable accounts"), Role.ADMIN)
MANAGE_AREAS = permission("area.manage", say("Add, rename and archive areas"), Role.ADMIN, Role.PMO)
MANAGE_TEAMS = permission("team.manage", say("Add teams and choose who is in them"), Role.ADMIN, Role.PMO)
