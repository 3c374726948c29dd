"""Who sees where a rollout is going, who says so, and who may sign agreement and charter."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, PROJECT_ROLES, Role, permission
from implementor.foundation.words import say

LEADS = (Role.PMO, Role.PROJECT_LEAD, Role.FUNCTIONAL_LEAD, Role.DATA_LEAD, Role.CHANGE_LEAD)

VIEW = permission("direction.view", say("See objectives, wanted reports and agreements"), *EVERYONE_IN_PROJECT)
EDIT = permission("direction.edit", say("State objectives, wanted reports and agreements"), *LEADS, Role.SPONSOR)
SIGN_CHARTER = permission(
    "charter.sign", say("Sign the charter as sponsor or project lead"), Role.SPONSOR, Role.PROJECT_LEAD
)
SIGN = permission(
    "agreement.sign",
    say("Sign an agreement of marketing and sales for the side one is named for"),
    *(role for role in PROJECT_ROLES if role is not Role.VIEWER),
    Role.PMO,
)
