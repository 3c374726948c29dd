"""Who may see where a project stands, and who moves it."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

VIEW = permission("stage.view", say("See the stages of a project"), *EVERYONE_IN_PROJECT)
MOVE = permission("stage.move", say("Enter and leave stages of a project"), Role.PMO, Role.PROJECT_LEAD)
