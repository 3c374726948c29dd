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
IMPORT_RECORDS = permission(
    "import.records", say("Import CRM records, and take imports back"), Role.CRM_MANAGER, Role.CRM_ADMIN, Role.SYSTEM
)
SEE_ALL = permission(
    "import.see_all",
    say("See every import of CRM records with the rows that it refused, and take it back"),
    Role.CRM_ADMIN,
    Role.SYSTEM,
)
"""Who does not hold it follows their own imports outside projects."""
USE = permission(
    "import.use",
    say("Follow the steps of an import, where files may be imported"),
    *(IMPORT.roles | IMPORT_RECORDS.roles),
    Role.CHANGE_LEAD,
)
"""What every page of imports asks for; the place and the kind of records ask for more: a change lead imports people,
their training and plans of going live, and nothing else."""
