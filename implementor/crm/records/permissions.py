"""Who works with CRM records at all; each kind names its own permissions from these roles."""

from __future__ import annotations

from implementor.foundation.permissions import Permission, Role, permission
from implementor.foundation.words import Phrase, say

CRM_ROLES = (Role.CRM_USER, Role.CRM_MANAGER, Role.CRM_ADMIN)


def crm_permissions(kind: str, to_view: Phrase, to_edit: Phrase) -> tuple[Permission, Permission]:
    """The permissions to see and to change records of a kind; which records and fields is for the access rules."""
    return permission(f"{kind}.view", to_view, *CRM_ROLES), permission(f"{kind}.edit", to_edit, *CRM_ROLES)


NAME_ELSEWHERE = permission("record.name", say("Note what other systems call records"), *CRM_ROLES)
