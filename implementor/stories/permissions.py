"""What may be done with stories, and by whom."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

LEADS = (Role.PMO, Role.PROJECT_LEAD, Role.FUNCTIONAL_LEAD, Role.DATA_LEAD, Role.CHANGE_LEAD)

VIEW = permission("story.view", say("See stories and their history"), *EVERYONE_IN_PROJECT, Role.SYSTEM)
EDIT = permission("story.edit", say("Write, estimate and move stories"), *LEADS, Role.MEMBER, Role.SYSTEM)
REVIEW = permission("story.review", say("Approve a story for an area"), *LEADS, Role.MEMBER, Role.SPONSOR)
SET_RULES = permission("story.set_rules", say("Set the definitions of ready and done"), Role.PMO, Role.PROJECT_LEAD)
