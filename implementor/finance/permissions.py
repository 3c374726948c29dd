"""Who sees the money of a project, who writes it down, who approves it: its leads, its sponsor and its committee."""

from __future__ import annotations

from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

LEADS = (Role.PMO, Role.PROJECT_LEAD, Role.FUNCTIONAL_LEAD, Role.DATA_LEAD, Role.CHANGE_LEAD)
WHO_DECIDES = (Role.SPONSOR, Role.COMMITTEE)

VIEW = permission("budget.view", say("See budget, costs and contracts"), *LEADS, *WHO_DECIDES)
EDIT = permission("budget.edit", say("Write down budget, costs and contracts"), Role.PMO, Role.PROJECT_LEAD)
APPROVE = permission("budget.approve", say("Approve the budget, and what is bought"), *WHO_DECIDES)
