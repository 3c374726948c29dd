"""Who sees committees and their minutes, who sets them up, who prepares meetings and who decides in them."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

VIEW = permission("committee.view", say("See committees, their agendas and minutes"), *EVERYONE_IN_PROJECT)
EDIT = permission(
    "committee.edit", say("Set up committees: members, quorum, rhythm and limits"), Role.PROJECT_LEAD, Role.PMO,
    Role.SPONSOR,
)  # fmt: skip
PREPARE = permission(
    "meeting.prepare", say("Plan meetings, prepare their agendas and write their minutes"), Role.PROJECT_LEAD,
    Role.PMO, Role.SPONSOR, Role.COMMITTEE,
)  # fmt: skip
DECIDE = permission(
    "meeting.decide", say("Decide in meetings of a committee one sits on"), Role.SPONSOR, Role.COMMITTEE,
    Role.PROJECT_LEAD,
)  # fmt: skip
BETWEEN = permission(
    "meeting.decide_between", say("Decide between meetings, within the limits of one's role"), Role.SPONSOR,
    Role.COMMITTEE, Role.PROJECT_LEAD,
)  # fmt: skip
HAND_ON = permission(
    "project.hand_on", say("Hand a project on after its end, say who keeps what, and take it back"),
    Role.PROJECT_LEAD, Role.PMO, Role.SPONSOR,
)  # fmt: skip
