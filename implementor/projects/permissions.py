"""What may be done with projects and who may."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

CREATE = permission("project.create", say("Create projects and programmes"), Role.PMO)
VIEW = permission("project.view", say("See a project"), *EVERYONE_IN_PROJECT)
EDIT = permission(
    "project.edit", say("Change what a project is for, its dates and its areas"), Role.PMO, Role.PROJECT_LEAD
)
PEOPLE = permission("project.people", say("Give and take roles in a project"), Role.PMO, Role.PROJECT_LEAD)
LINK = permission("project.link", say("See and write down what projects wait for from each other"), Role.PMO)
ARCHIVE = permission("project.archive", say("Put a project away and bring it back"), Role.PMO)
