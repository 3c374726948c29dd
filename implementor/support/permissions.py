"""Who asks, and who takes up what people of the CRM ask."""

from __future__ import annotations

from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

INBOX = (Role.PMO, Role.PROJECT_LEAD, Role.CHANGE_LEAD)
VIEW = permission("support.view", say("See what people of the CRM ask and report"), *INBOX)
EDIT = permission("support.edit", say("Take up, answer and settle what people of the CRM ask and report"), *INBOX)
ASK = permission("support.ask", say("Ask for help, report a fault or wish for something"), Role.SIGNED_IN)
