"""Who reads status reports, who writes and issues them, who sets a colour by hand, and who shares a pack."""

from __future__ import annotations

from implementor.finance.permissions import VIEW as SEE_MONEY
from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

VIEW = permission("report.view", say("Read the status reports of a project"), *EVERYONE_IN_PROJECT)
EDIT = permission("report.edit", say("Write and issue status reports"), Role.PROJECT_LEAD, Role.PMO)
OVERRIDE = permission(
    "report.override", say("Set a colour by hand, with a reason"), Role.PROJECT_LEAD, Role.SPONSOR, Role.PMO
)
LIMITS = permission("report.limits", say("Set the limits between the colours"), Role.SPONSOR, Role.PMO)
BUILD = permission("report.build", say("Have the files of a report made, and take them"), *SEE_MONEY.roles)
SHARE = permission("report.share", say("Share an issued report by a link"), Role.PROJECT_LEAD, Role.SPONSOR, Role.PMO)
