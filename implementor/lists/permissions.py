"""What may be done with saved views."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

SHARE = permission(
    "view.share",
    say("Share a saved view with everybody who sees the list"),
    Role.PMO,
    Role.PROJECT_LEAD,
    Role.FUNCTIONAL_LEAD,
    Role.DATA_LEAD,
    Role.CHANGE_LEAD,
)
SAVE = permission("view.save", say("Save views of lists"), *EVERYONE_IN_PROJECT, Role.SIGNED_IN)
