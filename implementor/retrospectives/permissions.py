"""Who takes part in retrospectives, who leads through them, and who writes, signs and shares lessons."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, PROJECT_ROLES, SIGNED_IN, Role, permission
from implementor.foundation.words import say

ACTIVE_ROLES = tuple(role for role in PROJECT_ROLES if role is not Role.VIEWER)

VIEW = permission("retrospective.view", say("Read retrospectives once their notes are revealed"), *EVERYONE_IN_PROJECT)
TAKE_PART = permission(
    "retrospective.take_part", say("Write notes, vote and agree on actions in retrospectives"), *ACTIVE_ROLES, Role.PMO
)
RUN = permission(
    "retrospective.run", say("Set up retrospectives and lead through them"), Role.PROJECT_LEAD, Role.PMO
)  # fmt: skip
LESSON_VIEW = permission("lesson.view", say("See the lessons of a project"), *EVERYONE_IN_PROJECT)
LESSON_EDIT = permission("lesson.edit", say("Write, keep and sign lessons"), *ACTIVE_ROLES, Role.PMO)
LESSON_SHARE = permission("lesson.share", say("Share a lesson with every project"), Role.PMO)
LIBRARY = SIGNED_IN
