"""Who may watch jobs."""

from implementor.foundation.permissions import Role, permission
from implementor.foundation.words import say

WATCH_JOBS = permission("job.watch", say("Follow one's own jobs"), Role.SIGNED_IN)
WATCH_ALL_JOBS = permission("job.watch_all", say("Follow the jobs of everybody"), Role.PMO, Role.ADMIN)
