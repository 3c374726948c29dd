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
READ_RELEASES = permission(
    "release.read", say("Read what releases of the CRM changed"), Role.CRM_USER, Role.CRM_MANAGER, Role.CRM_ADMIN,
    Role.ADMIN, Role.PMO,
)  # fmt: skip
VIEW_RELEASES = permission("release.view", say("See what the release of a wave brings"), *EVERYONE_IN_PROJECT)
PREPARE_RELEASE = permission(
    "release.prepare", say("Try the release of a wave, answer and let be what it finds"), *LEADS, Role.PMO
)
APPLY_RELEASE = permission(
    "release.apply", say("Bring settings live for a wave that is live, and roll releases back"), Role.PROJECT_LEAD,
    Role.PMO,
)  # fmt: skip
