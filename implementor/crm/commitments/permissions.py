"""Who works with commitments."""

from __future__ import annotations

from implementor.crm.records.permissions import crm_permissions
from implementor.foundation.words import say

VIEW, EDIT = crm_permissions("commitment", say("See commitments"), say("Make and settle commitments"))
