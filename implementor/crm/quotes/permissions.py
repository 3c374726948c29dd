"""Who works with quotes."""

from __future__ import annotations

from implementor.crm.records.permissions import crm_permissions
from implementor.foundation.words import say

VIEW, EDIT = crm_permissions("quote", say("See quotes"), say("Write, send and settle quotes"))
