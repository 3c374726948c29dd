"""Who sees what is measured, who says what should be, and who writes measurements down."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

LEADS = (Role.PMO, Role.PROJECT_LEAD, Role.FUNCTIONAL_LEAD, Role.DATA_LEAD, Role.CHANGE_LEAD)

VIEW = permission("metric.view", say("See metrics and their measurements"), *EVERYONE_IN_PROJECT)
EDIT = permission("metric.edit", say("Say what is measured, from where to where by when"), *LEADS)
MEASURE = permission("metric.measure", say("Write measurements down, and correct them"), *LEADS, Role.MEMBER)
