"""Who sees incentives, who writes their rules, and who sees by name what people earned."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

VIEW = permission("incentive.view", say("See incentives with their rules and periods"), *EVERYONE_IN_PROJECT)
EDIT = permission(
    "incentive.edit", say("Write incentives, their rules and periods"), Role.PMO, Role.PROJECT_LEAD, Role.CHANGE_LEAD
)
AWARD = permission(
    "incentive.award", say("See by name who earned points; close periods, correct them and announce awards"),
    Role.CHANGE_LEAD,
)  # fmt: skip
OWN = permission("incentive.own", say("See one's own points and those of one's own people"), Role.SIGNED_IN)
