"""What may be done with waves and on their boards, and by whom."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

VIEW = permission("wave.view", say("See waves and their boards"), *EVERYONE_IN_PROJECT, Role.SYSTEM)
PLAN = permission(
    "wave.plan",
    say("Create and order waves, put stories in and out, set limits and milestones"),
    Role.PMO,
    Role.PROJECT_LEAD,
    Role.FUNCTIONAL_LEAD,
    Role.SYSTEM,
)
START = permission("wave.start", say("Start a wave"), Role.PMO, Role.PROJECT_LEAD)
CLOSE = permission("wave.close", say("Close and finish a wave"), Role.PMO, Role.PROJECT_LEAD)
JUDGE = permission(
    "wave.judge",
    say("Judge whether stories that are live reached their value"),
    Role.PMO,
    Role.PROJECT_LEAD,
    Role.FUNCTIONAL_LEAD,
    Role.DATA_LEAD,
    Role.CHANGE_LEAD,
)
MOVE = permission(
    "board.move",
    say("Move cards on the board of a wave"),
    Role.PMO,
    Role.PROJECT_LEAD,
    Role.FUNCTIONAL_LEAD,
    Role.DATA_LEAD,
    Role.CHANGE_LEAD,
    Role.MEMBER,
)
