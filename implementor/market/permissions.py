"""Who reads how marketing and sales work together."""

from __future__ import annotations

from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

VIEW = permission(
    "market.view", say("See figures of marketing and sales together"), Role.PMO, Role.SPONSOR, Role.COMMITTEE,
    Role.PROJECT_LEAD, Role.FUNCTIONAL_LEAD, Role.CHANGE_LEAD,
)  # fmt: skip
