"""Who works with opportunities, and who may open a closed one again."""

from __future__ import annotations

from implementor.crm.records.permissions import crm_permissions
from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

VIEW, EDIT = crm_permissions("opportunity", say("See opportunities"), say("Add, change and move opportunities"))
REOPEN = permission("opportunity.reopen", say("Open closed opportunities again"), Role.CRM_MANAGER, Role.CRM_ADMIN)
