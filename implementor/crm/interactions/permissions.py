"""Who works with interactions and appointments."""

from __future__ import annotations

from implementor.crm.records.permissions import crm_permissions
from implementor.foundation.words import say

VIEW, EDIT = crm_permissions("interaction", say("See interactions"), say("Log and change interactions"))
APPOINTMENT_VIEW, APPOINTMENT_EDIT = crm_permissions(
    "appointment", say("See appointments"), say("Make and change appointments")
)
