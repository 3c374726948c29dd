"""Who opens kept reports, keeps some of their own, and shares them."""

from __future__ import annotations

from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

CRM_ROLES = (Role.CRM_USER, Role.CRM_MANAGER, Role.CRM_ADMIN)

VIEW = permission("saved_report.view", say("Open the reports that are shared with one's role or team"), *CRM_ROLES)
EDIT = permission("saved_report.edit", say("Keep reports of one's own"), *CRM_ROLES)
SHARE = permission("saved_report.share", say("Share reports with roles and teams"), Role.CRM_MANAGER, Role.CRM_ADMIN)
