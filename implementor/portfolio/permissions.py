"""Who looks back at a project and who issues packs of many; pages over all projects show each person their own."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

REPLAY = permission("portfolio.replay", say("See a project as it was on a day"), *EVERYONE_IN_PROJECT)
ROADMAP = permission("portfolio.roadmap", say("See the roadmap of a project"), *EVERYONE_IN_PROJECT)
PEOPLE = permission("portfolio.people", say("See who is promised to several waves at once"), Role.PMO)
PACK = permission("pack.issue", say("Issue consolidated packs of programmes and share them by a link"), Role.PMO)
