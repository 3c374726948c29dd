"""Who works with accounts."""

from __future__ import annotations

from implementor.crm.records.permissions import crm_permissions
from implementor.foundation.words import say

VIEW, EDIT = crm_permissions("account", say("See accounts"), say("Add and change accounts"))
