"""Who works with campaigns, and with those whom they are for."""

from __future__ import annotations

from implementor.crm.records.permissions import crm_permissions
from implementor.foundation.words import say

VIEW, EDIT = crm_permissions("campaign", say("See campaigns and what they bring in"), say("Add and change campaigns"))
VIEW_MEMBERS, EDIT_MEMBERS = crm_permissions(
    "campaign_member", say("See members of campaigns"), say("Add members of campaigns and note what they answer")
)
