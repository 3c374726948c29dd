"""Who sees consents, takes them down and writes the words that people agree to."""

from __future__ import annotations

from implementor.crm.records.permissions import crm_permissions
from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

VIEW, EDIT = crm_permissions("consent", say("See what contacts agreed to"), say("Take down what contacts agree to"))
WRITE_WORDING = permission(
    "consent.write_wording", say("Write the words that contacts agree to"), Role.CRM_MANAGER, Role.CRM_ADMIN
)
