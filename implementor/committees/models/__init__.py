"""Tables of committees, one module for each noun."""

from implementor.committees.models.committees import Committee, CommitteeLimit, CommitteeMember
from implementor.committees.models.feeds import MeetingFeed
from implementor.committees.models.handovers import Handover
from implementor.committees.models.meetings import AgendaItem, Attendance, Meeting

__all__ = [
    "AgendaItem",
    "Attendance",
    "Committee",
    "CommitteeLimit",
    "CommitteeMember",
    "Handover",
    "Meeting",
    "MeetingFeed",
]
