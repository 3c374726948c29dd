"""Who may bring in files."""

from __future__ import annotations

from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

IMPORT = permission(
    "import.run",
    say("Import files, and take imports back"),
    Role.PMO,
    Role.PROJECT_LEAD,
    Role.FUNCTIONAL_LEAD,
    Role.DATA_LEAD,
    Role.SYSTEM,
)
