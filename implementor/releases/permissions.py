"""Who sees how a migration went, who counts, explains and vouches for it, and who writes settings on stories."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

LEADS = (Role.PROJECT_LEAD, Role.FUNCTIONAL_LEAD, Role.DATA_LEAD)

VIEW = permission(
    "migration.view",
    say("See migration runs and their figures"),
    Role.SPONSOR,
    Role.COMMITTEE,
    Role.CHANGE_LEAD,
    *LEADS,
    Role.PMO,
)
"""The sums are over all records, whoever may see those, so members and viewers of a project are left out."""
EDIT = permission("migration.edit", say("Count migration runs and explain their differences"), *LEADS, Role.PMO)
SIGN = permission("migration.sign", say("Sign migration runs, and open them again"), Role.DATA_LEAD)

VIEW_ITEMS = permission(
    "setting.view", say("See the settings of the CRM that stories carry"), *EVERYONE_IN_PROJECT, Role.SYSTEM
)
EDIT_ITEMS = permission(
    "setting.edit", say("Write the settings of the CRM that stories carry"), *LEADS, Role.CHANGE_LEAD, Role.PMO,
    Role.SYSTEM,
)  # fmt: skip
