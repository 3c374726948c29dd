"""Who sees how the CRM is used, and who says by which formula it is judged."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

VIEW = permission("adoption.view", say("See how groups of people use the CRM"), *EVERYONE_IN_PROJECT)
NAMES = permission("adoption.names", say("See by name who uses the CRM and how well"), Role.CHANGE_LEAD)
SETTLE = permission("adoption.settle", say("Say how adoption is judged"), Role.PMO, Role.CHANGE_LEAD)
HELP_VIEW = permission(
    "intervention.view", say("See who gets help with the CRM, and whether it worked"), Role.CHANGE_LEAD
)
HELP = permission(
    "intervention.write", say("Write down who gets help with the CRM, and what came of it"), Role.CHANGE_LEAD
)
OWN = permission("adoption.own", say("See what is held about themselves and their own people"), Role.SIGNED_IN)
