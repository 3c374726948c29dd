"""Tables of audiences, one module for each noun."""

from implementor.audiences.models.audiences import Audience, AudienceMember
from implementor.audiences.models.people import AffectedPerson, Champion

__all__ = ["AffectedPerson", "Audience", "AudienceMember", "Champion"]
