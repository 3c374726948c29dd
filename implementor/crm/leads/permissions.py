"""Who works with leads, and who converts them."""

from __future__ import annotations

from implementor.crm.records.permissions import CRM_ROLES, crm_permissions
from implementor.foundation.permissions import permission
from implementor.foundation.words import say

VIEW, EDIT = crm_permissions("lead", say("See leads"), say("Add and change leads, and bring them on their way"))
CONVERT = permission("lead.convert", say("Convert leads into accounts, contacts and opportunities"), *CRM_ROLES)
