"""Who reads the plan of going live, who writes it, and who says in the night how far a step is."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

VIEW = permission("cutover.view", say("See the plan of going live and its rehearsals"), *EVERYONE_IN_PROJECT)
EDIT = permission(
    "cutover.edit", say("Write the plan of going live and its rehearsals"), Role.PMO, Role.PROJECT_LEAD,
    Role.DATA_LEAD, Role.CHANGE_LEAD,
)  # fmt: skip
RUN = permission(
    "cutover.run", say("Say how far one's own steps of going live are"), Role.PMO, Role.PROJECT_LEAD,
    Role.FUNCTIONAL_LEAD, Role.DATA_LEAD, Role.CHANGE_LEAD, Role.MEMBER,
)  # fmt: skip
"""Whoever may write the plan says it of each step, others of those that are theirs; the service asks for that."""
