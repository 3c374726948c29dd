"""Who may look back, and who may take back."""

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

SEE_HISTORY = permission("history.see", say("See what was changed in a project"), *EVERYONE_IN_PROJECT)
UNDO = permission("history.undo", say("Take back one's own changes"), Role.SIGNED_IN)
UNDO_OF_OTHERS = permission(
    "history.undo_of_others", say("Take back changes of others in a project"), Role.PMO, Role.PROJECT_LEAD
)
