"""Who works with contacts."""

from __future__ import annotations

from implementor.crm.records.permissions import crm_permissions
from implementor.foundation.words import say

VIEW, EDIT = crm_permissions("contact", say("See contacts"), say("Add and change contacts"))
