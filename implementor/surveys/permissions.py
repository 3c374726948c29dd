"""Who asks, who reads what groups answered, and who reads what people wrote."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

VIEW = permission(
    "survey.view", say("See surveys, and what groups of five people or more answered"), *EVERYONE_IN_PROJECT
)
EDIT = permission(
    "survey.edit", say("Write surveys, open and close them"), Role.PMO, Role.PROJECT_LEAD, Role.CHANGE_LEAD
)
SAYINGS = permission(
    "survey.sayings", say("Read what people wrote in surveys, without names"), Role.PMO, Role.PROJECT_LEAD,
    Role.CHANGE_LEAD, Role.SPONSOR,
)  # fmt: skip
OWN = permission("survey.own", say("Answer surveys that ask oneself"), Role.SIGNED_IN)
