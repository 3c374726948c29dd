"""Who may look back at a project; the pages over all projects are open to everybody and show each person their own."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, permission
from implementor.foundation.words import say

REPLAY = permission("portfolio.replay", say("See a project as it was on a day"), *EVERYONE_IN_PROJECT)
