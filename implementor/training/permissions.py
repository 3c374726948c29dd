"""Who sees courses and sessions, and who plans them; people by name stand in result_permissions."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

VIEW = permission("course.view", say("See courses of training and their sessions"), *EVERYONE_IN_PROJECT)
EDIT = permission(
    "course.edit", say("Plan courses of training, their sessions and learning paths"), Role.PMO, Role.PROJECT_LEAD,
    Role.CHANGE_LEAD,
)  # fmt: skip
ENROL = permission("enrolment.edit", say("Invite people to courses and book them on sessions"), Role.CHANGE_LEAD)
OWN = permission("training.own", say("See one's own training and book oneself on sessions"), Role.SIGNED_IN)
"""A trainer marks who is there in the sessions that he or she holds; the page asks for that."""
