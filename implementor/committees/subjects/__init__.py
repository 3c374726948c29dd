"""The registry of what committees decide on, in the order of an agenda; each subject is one entry here."""

from __future__ import annotations

from implementor.committees.proposals import Subject
from implementor.committees.subjects.gates import GATES, WAIVERS
from implementor.committees.subjects.money import MONEY
from implementor.committees.subjects.requests import CHANGES, QUESTIONS
from implementor.committees.subjects.trouble import ACTIONS, METRICS, OBSTACLES, OWN, WAVES

SUBJECTS: dict[str, Subject] = {
    one.key: one for one in (ACTIONS, GATES, QUESTIONS, CHANGES, MONEY, OBSTACLES, METRICS, WAVES, WAIVERS, OWN)
}

__all__ = ["SUBJECTS"]
