"""What may be done with comments and files, and who may."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

_CRM = (Role.CRM_USER, Role.CRM_MANAGER, Role.CRM_ADMIN)
_WRITERS = tuple(role for role in EVERYONE_IN_PROJECT if role is not Role.VIEWER)

READ = permission("comment.read", say("Read comments and open files beside records"), *EVERYONE_IN_PROJECT, *_CRM)
ADD = permission("comment.add", say("Comment on records and attach files"), *_WRITERS, *_CRM)
MODERATE = permission(
    "comment.moderate", say("Remove comments and files of others"), Role.PMO, Role.PROJECT_LEAD, Role.CRM_ADMIN
)
