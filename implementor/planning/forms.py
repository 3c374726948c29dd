"""What people fill in for scenarios: their names, what they suppose, and why they were decided."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from implementor.planning.posing import Posed
from implementor.planning.scenario_models import CAPACITY, END, OUT, PEOPLE, PERSON, STORY
from implementor.planning.scenario_services import LONGEST_NAME, LONGEST_NOTE
from implementor.stories.links import number_named
from implementor.web.forms import EMPTY_CHOICE, Form, offered, say

KINDS = (
    (CAPACITY, say("Capacity of a wave, in per cent")),
    (PERSON, say("Time of a person, in per cent")),
    (PEOPLE, say("More people")),
    (END, say("End of a wave")),
    (STORY, say("A story comes into a wave")),
    (OUT, say("A story stays out")),
)


class ScenarioForm(Form):
    """A what-if by name."""

    name = StringField(say("Name"), render_kw={"maxlength": LONGEST_NAME, "required": True})
    note = TextAreaField(say("What it asks"), validators=[Optional()], render_kw={"maxlength": LONGEST_NOTE})
    fills = BooleanField(say("Fill free room with the best stories"))


class DecisionForm(Form):
    """Why a scenario was adopted or discarded."""

    reason = TextAreaField(say("Why"), render_kw={"maxlength": LONGEST_NOTE, "required": True, "rows": 2})


class ChangeForm(Form):
    """One thing that a scenario supposes; which fields count depends on what changes."""

    kind = SelectField(say("What changes"), choices=offered(KINDS), validate_choice=False)
    wave_id = SelectField(say("Wave"), validate_choice=False)
    amount = StringField(
        say("Per cent, or how many people"), validators=[Optional()], render_kw={"inputmode": "decimal"},
        description=say("80 leaves four fifths; for more people the number of them."),
    )  # fmt: skip
    person_key = SelectField(say("Person"), validate_choice=False, validators=[Optional()])
    profile = StringField(say("Profile of the new people"), validators=[Optional()],
                          render_kw={"maxlength": LONGEST_NAME})  # fmt: skip
    on_date = DateField(say("New last day"), validators=[Optional()])
    story = StringField(
        say("Story"), validators=[Optional()], description=say("Its number, such as 42."), render_kw={"maxlength": 30}
    )

    def offer(self, posed: Posed) -> ChangeForm:
        """The form with the waves and the people of the plan."""
        self.wave_id.choices = offered((wave.id, wave.name) for wave in posed.waves)
        people = {one.key: one.name for capacity in posed.capacities for one in capacity.people}
        self.person_key.choices = [EMPTY_CHOICE, *offered(people.items())]
        return self

    def values(self, posed: Posed) -> dict[str, Any]:
        """What was filled in, as the service takes it; what cannot be read is as if nothing was written."""
        number = number_named(self.story.data or "")
        story = next((row.id for row in posed.rows.values() if row.number == number), None)
        wave = str(self.wave_id.data or "")
        return {
            "kind": self.kind.data,
            "wave_id": int(wave) if wave.isascii() and wave.isdigit() else None,
            "amount": _number(self.amount.data),
            "person_key": self.person_key.data,
            "profile": self.profile.data,
            "on_date": self.on_date.data,
            "story_id": story,
        }


def _number(text: str | None) -> Decimal | None:
    """A number as the reader writes it, None for anything else."""
    try:
        number = Decimal(str(text or "").strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def kind_labels() -> dict[str, Any]:
    """What changes, in words."""
    pairs: Sequence[tuple[str, Any]] = KINDS
    return dict(pairs)
