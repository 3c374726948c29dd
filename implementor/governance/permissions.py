"""Who may see what a project is governed by, who writes it down, and who decides."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, PROJECT_ROLES, Role, permission
from implementor.foundation.words import say

ACTIVE_ROLES = tuple(role for role in PROJECT_ROLES if role is not Role.VIEWER)
LEADS = (Role.PROJECT_LEAD, Role.FUNCTIONAL_LEAD, Role.DATA_LEAD, Role.CHANGE_LEAD)

OBSTACLE_VIEW = permission("obstacle.view", say("See the obstacles of a project"), *EVERYONE_IN_PROJECT)
OBSTACLE_RAISE = permission("obstacle.raise", say("Raise and describe obstacles"), *ACTIVE_ROLES, Role.PMO)
OBSTACLE_RESOLVE = permission(
    "obstacle.resolve",
    say("Say how an obstacle was resolved, and open it again"),
    *(role for role in ACTIVE_ROLES if role is not Role.COMMITTEE),
    Role.PMO,
)
OBSTACLE_CLOCKS = permission(
    "obstacle.clocks", say("Say when obstacles are passed on"), Role.PROJECT_LEAD, Role.PMO
)  # fmt: skip
RISK_VIEW = permission("risk.view", say("See the risks of a project"), *EVERYONE_IN_PROJECT)
RISK_EDIT = permission("risk.edit", say("Write down and rate risks, and close them"), *ACTIVE_ROLES, Role.PMO)
DECISION_VIEW = permission("decision.view", say("See the decisions of a project"), *EVERYONE_IN_PROJECT)
DECISION_ASK = permission("decision.ask", say("Put questions that need a decision"), *ACTIVE_ROLES, Role.PMO)
DECISION_TAKE = permission(
    "decision.take",
    say("Decide, ask for votes, and reverse decisions"),
    Role.SPONSOR,
    Role.COMMITTEE,
    Role.PROJECT_LEAD,
)
DECISION_VOTE = permission("decision.vote", say("Vote where votes are asked"), Role.SPONSOR, Role.COMMITTEE, *LEADS)
ACTION_VIEW = permission("action_item.view", say("See the action items of a project"), *EVERYONE_IN_PROJECT)
ACTION_EDIT = permission(
    "action_item.edit", say("Write down action items and say what came of them"), *ACTIVE_ROLES, Role.PMO
)
CHANGE_VIEW = permission("change.view", say("See the requests for change of a project"), *EVERYONE_IN_PROJECT)
CHANGE_ASK = permission("change.ask", say("Ask for changes of scope, money or dates"), *ACTIVE_ROLES, Role.PMO)
CHANGE_DECIDE = permission(
    "change.decide", say("Approve, refuse or put off requests for change"), Role.SPONSOR, Role.COMMITTEE
)
CHASE_VIEW = permission("chase.view", say("See what waits for whom in a project"), *EVERYONE_IN_PROJECT)
CHASE_REMIND = permission("chase.remind", say("Remind people of what waits for them"), *LEADS, Role.PMO)
CONVERT = permission(
    "governance.convert", say("Turn a risk, an obstacle or the like into another kind"), *ACTIVE_ROLES, Role.PMO
)
SILENCE_VIEW = permission("silence.view", say("See the silent signals of a project"), *EVERYONE_IN_PROJECT)
SILENCE_SET = permission("silence.set", say("Say how long records may rest"), Role.PROJECT_LEAD, Role.PMO)
ROLES_VIEW = permission("role.view", say("See who holds which role"), *EVERYONE_IN_PROJECT)
ROLES_HAND_OVER = permission("role.hand_over", say("Hand over one's own role for some days"), *ACTIVE_ROLES)
MATRIX_VIEW = permission("matrix.view", say("See the assignment matrix"), *EVERYONE_IN_PROJECT)
MATRIX_EDIT = permission("matrix.edit", say("Say who does what in the assignment matrix"), Role.PROJECT_LEAD, Role.PMO)
