"""Who sees whom a rollout affects and how, and who writes it down; people by name are for their change lead alone."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

VIEW = permission("audience.view", say("See audiences and what changes for them"), *EVERYONE_IN_PROJECT)
EDIT = permission(
    "audience.edit",
    say("Write down audiences, impacts, stakeholders, transition and messages"),
    Role.PMO,
    Role.PROJECT_LEAD,
    Role.CHANGE_LEAD,
)
PEOPLE_VIEW = permission(
    "affected_person.view", say("See oneself and one's own people among those affected"), *EVERYONE_IN_PROJECT
)
PEOPLE_EDIT = permission("affected_person.edit", say("See and write down every person affected"), Role.CHANGE_LEAD)
SEND = permission("planned_message.send", say("Send messages of the communication plan"), Role.PMO,
                  Role.PROJECT_LEAD, Role.CHANGE_LEAD, Role.SPONSOR)  # fmt: skip
STAKEHOLDERS = permission(
    "stakeholder.view", say("See the map of stakeholders"), Role.PMO, Role.PROJECT_LEAD, Role.CHANGE_LEAD, Role.SPONSOR
)  # fmt: skip
