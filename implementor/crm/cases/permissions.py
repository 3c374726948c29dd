"""Who works with cases."""

from __future__ import annotations

from implementor.crm.records.permissions import crm_permissions
from implementor.foundation.words import say

VIEW, EDIT = crm_permissions("case", say("See cases"), say("Add, change, hand over and solve cases"))
