"""Who works with orders, and who releases them for finance."""

from __future__ import annotations

from implementor.crm.records.permissions import crm_permissions
from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

VIEW, EDIT = crm_permissions("order", say("See orders"), say("Add, change and follow orders"))
APPROVE = permission("order.approve", say("Approve orders for finance"), Role.CRM_MANAGER, Role.CRM_ADMIN)
