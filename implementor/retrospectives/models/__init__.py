"""Tables of retrospectives and lessons, one module for each noun."""

from implementor.retrospectives.models.actions import RetroAction
from implementor.retrospectives.models.lessons import Lesson, LessonOffer, LessonSignature
from implementor.retrospectives.models.notes import RetroNote, RetroSeat, RetroTable, RetroVote
from implementor.retrospectives.models.retrospectives import ACT, CLOSED, COLLECT, GROUP, REVEAL, VOTE, Retrospective

__all__ = [
    "ACT", "CLOSED", "COLLECT", "GROUP", "REVEAL", "VOTE", "Lesson", "LessonOffer", "LessonSignature", "RetroAction",
    "RetroNote", "RetroSeat", "RetroTable", "RetroVote", "Retrospective",
]  # fmt: skip
