"""Tables of audiences, one module for each noun."""

from implementor.audiences.models.audiences import Audience, AudienceMember
from implementor.audiences.models.impacts import BlackoutPeriod, ChangeImpact, LoadRule
from implementor.audiences.models.people import AffectedPerson, Champion
from implementor.audiences.models.stakeholders import Stakeholder
from implementor.audiences.models.transition import PlannedMessage, TransitionStep

__all__ = [
    "AffectedPerson",
    "Audience",
    "AudienceMember",
    "BlackoutPeriod",
    "Champion",
    "ChangeImpact",
    "LoadRule",
    "PlannedMessage",
    "Stakeholder",
    "TransitionStep",
]
