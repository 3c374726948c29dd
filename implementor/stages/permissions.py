"""Who may see where a project stands, who moves it, and who prepares, signs, waives and opens its gates."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

VIEW = permission("stage.view", say("See the stages of a project"), *EVERYONE_IN_PROJECT)
MOVE = permission("stage.move", say("Enter and leave stages of a project"), Role.PMO, Role.PROJECT_LEAD)
PREPARE = permission("gate.prepare", say("Prepare gates and put them into review"), Role.PMO, Role.PROJECT_LEAD)
LEADS = (Role.PROJECT_LEAD, Role.FUNCTIONAL_LEAD, Role.DATA_LEAD, Role.CHANGE_LEAD)
TICK = permission("gate.tick", say("Tick lines of a gate with evidence"), Role.PMO, Role.SPONSOR, *LEADS)
SIGN = permission("gate.sign", say("Sign gates or send them back"), Role.SPONSOR, Role.COMMITTEE, *LEADS)
WAIVE = permission("gate.waive", say("Let a failing line of a gate be, for a reason and a time"), Role.SPONSOR)
OPEN = permission(
    "gate.open", say("Open a gate that is signed"), Role.PMO, Role.PROJECT_LEAD, Role.SPONSOR, Role.COMMITTEE
)
REVERSE = permission("gate.reverse", say("Go back behind a gate that was opened"), Role.SPONSOR, Role.COMMITTEE)
CHANGE_METHOD = permission("method.move", say("Move a project to a newer version of its method"), Role.PMO)
SEE_METHODS = permission("method.view", say("See the methods of this installation"), Role.ADMIN, Role.PMO)
EDIT_METHODS = permission("method.edit", say("Change the methods of this installation"), Role.ADMIN)
