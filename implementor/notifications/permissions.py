"""Who may see mails that were not delivered; they hold links that open accounts."""

from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

SEE_OUTBOX = permission("outbox.see", say("Read mails that wait to be sent"), Role.ADMIN)
