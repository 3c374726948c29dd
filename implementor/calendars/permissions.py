"""Who sets currencies, opening hours and service levels."""

from __future__ import annotations

from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

MANAGE_CURRENCIES = permission(
    "currency.manage", say("Choose the base currency and enter exchange rates"), Role.ADMIN, Role.CRM_ADMIN
)
MANAGE_HOURS = permission("opening_hours.manage", say("Set opening hours and closed days"), Role.ADMIN, Role.CRM_ADMIN)
MANAGE_SERVICE_LEVELS = permission(
    "service_level.manage", say("Set how soon customers are answered and helped"), Role.ADMIN, Role.CRM_ADMIN
)
