"""Tables of governance, one module for each noun."""

from implementor.governance.models.actions import ActionItem
from implementor.governance.models.changes import ChangeRequest
from implementor.governance.models.decisions import Decision, DecisionVote
from implementor.governance.models.escalations import ObstacleClock, ObstacleEscalation
from implementor.governance.models.links import RecordLink
from implementor.governance.models.matrix import MatrixItem, MatrixMark
from implementor.governance.models.obstacles import Obstacle
from implementor.governance.models.reminders import Reminder
from implementor.governance.models.risks import Risk, RiskScore
from implementor.governance.models.roles import RoleDelegation, RoleTerm
from implementor.governance.models.silence import SilenceLimit, SilenceNotice

__all__ = [
    "ActionItem",
    "ChangeRequest",
    "Decision",
    "DecisionVote",
    "MatrixItem",
    "MatrixMark",
    "Obstacle",
    "ObstacleClock",
    "ObstacleEscalation",
    "RecordLink",
    "Reminder",
    "Risk",
    "RiskScore",
    "RoleDelegation",
    "RoleTerm",
    "SilenceLimit",
    "SilenceNotice",
]
