"""What may be done with plans beyond seeing and filling waves, and by whom."""

from __future__ import annotations

from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

WRITE = permission("scenario.write", say("Write, decide and adopt scenarios of the plan"), Role.PMO, Role.PROJECT_LEAD)
SNAPSHOT = permission(
    "snapshot.name", say("Name the present plan as a snapshot to compare with"), Role.PMO, Role.PROJECT_LEAD
)
