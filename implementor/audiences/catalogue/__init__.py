"""What the fields of audiences, people, impacts, stakeholders, steps and messages are."""

from implementor.audiences.catalogue.impacts import BLACKOUT_PERIOD, CHANGE_IMPACT
from implementor.audiences.catalogue.people import AFFECTED_PERSON, AUDIENCE, STAKEHOLDER
from implementor.audiences.catalogue.transition import PLANNED_MESSAGE, TRANSITION_STEP

__all__ = [
    "AFFECTED_PERSON",
    "AUDIENCE",
    "BLACKOUT_PERIOD",
    "CHANGE_IMPACT",
    "PLANNED_MESSAGE",
    "STAKEHOLDER",
    "TRANSITION_STEP",
]
