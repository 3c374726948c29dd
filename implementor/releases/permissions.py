"""Who sees how a migration went, who counts and explains it, and who vouches for it."""

from __future__ import annotations

from implementor.foundation.permissions import Role, permission
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
