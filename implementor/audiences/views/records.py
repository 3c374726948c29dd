"""The list and the page of each kind of record, drawn alike; kinds add their own parts to the page."""

from __future__ import annotations

from implementor.audiences.kinds import AUDIENCES, PEOPLE, SHOWN
from implementor.audiences.pages import Part, pages_of
from implementor.audiences.views.audiences import parts_of_audience
from implementor.audiences.views.people import parts_of_person
from implementor.audiences.views.routing import blueprint, tabs_at
from implementor.audiences.views.transition import parts_of_message
from implementor.foundation.words import say

PATHS = {
    "audience": "audiences", "affected_person": "affected", "stakeholder": "stakeholders", "change_impact": "impacts",
    "blackout_period": "blackouts", "transition_step": "transition/steps", "planned_message": "messages",
}  # fmt: skip
PARTS: dict[str, Part] = {
    AUDIENCES.one: ("audiences/_audience.html", parts_of_audience),
    PEOPLE.one: ("audiences/_person.html", parts_of_person),
    "planned_message": ("audiences/_message.html", parts_of_message),
}
"""What the page of a kind shows besides its fields: a template, and what it needs."""

for _shown in SHOWN:
    pages_of(
        blueprint, _shown, PATHS[_shown.entity.kind], tabs_at, say("People and change"), part=PARTS.get(_shown.one)
    )
