"""Who sees the figures of training, who enters results, and who sees people by name with theirs."""

from __future__ import annotations

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, Role, permission
from implementor.foundation.words import say

VIEW = permission("training_result.view", say("See the figures of training"), *EVERYONE_IN_PROJECT)
NAMES = permission(
    "training_result.names", say("See by name who was trained, with which result"), Role.CHANGE_LEAD, Role.SYSTEM
)
EDIT = permission(
    "training_result.edit", say("Enter and import results of training"), Role.CHANGE_LEAD, Role.SYSTEM
)  # fmt: skip
OWN = permission("training_result.own", say("See one's own certificates and say what one thought"), Role.SIGNED_IN)
"""A trainer enters and sees the results of the sessions that he or she holds; the page asks for that."""
