"""Who may change how the CRM is set up."""

from __future__ import annotations

from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

CONFIGURE = permission(
    "configuration.edit", say("Change the CRM's lists of words, pipelines and access rules"), Role.CRM_ADMIN, Role.ADMIN
)
