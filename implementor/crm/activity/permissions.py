"""Who sees their day, the calendar and the activity of people."""

from __future__ import annotations

from implementor.crm.records.permissions import CRM_ROLES
from implementor.foundation.permissions import permission
from implementor.foundation.words import say

MY_DAY = permission("agenda.view", say("See what waits for them and their team"), *CRM_ROLES)
REPORT = permission("activity.view", say("See who talked with customers, and how often"), *CRM_ROLES)
