"""What may be done about duplicates; records beyond a person's reach stay out of it in any case."""

from __future__ import annotations

from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

CRM_ROLES = (Role.CRM_USER, Role.CRM_MANAGER, Role.CRM_ADMIN)

VIEW = permission("duplicate.view", say("See which records may be duplicates"), *CRM_ROLES)
MERGE = permission("duplicate.merge", say("Merge duplicates, tell them apart and take merges apart"), *CRM_ROLES)
ADD_ANYWAY = permission(
    "duplicate.add_anyway", say("Add a record although another one bears its number"), Role.CRM_MANAGER, Role.CRM_ADMIN
)
WEIGH = permission("duplicate.weigh", say("Set what makes two records candidates"), Role.CRM_ADMIN)
SCAN = permission("duplicate.scan", say("Search all records for duplicates"), Role.CRM_MANAGER, Role.CRM_ADMIN)
