"""What people fill in about retrospectives beside the fields of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, DecimalField, SelectField, StringField
from wtforms.validators import Optional

from implementor.foundation.text import whole_number
from implementor.web.forms import EMPTY_CHOICE, Form, offered, say


class ActionForm(Form):
    """What is to be done, by whom, and what it should change."""

    title = StringField(say("What is to be done"), render_kw={"maxlength": 200, "required": True})
    owner_id = SelectField(say("Who does it"), validate_choice=False)
    due_on = DateField(say("Due on"), validators=[Optional()])
    metric_id = SelectField(say("Expected effect on"), validate_choice=False)
    direction = SelectField(say("Which way"), validate_choice=False)
    target = DecimalField(say("Target"), places=None, validators=[Optional()])
    judged_on = DateField(say("Judged on"), validators=[Optional()])

    def offer(self, people: Iterable[Any], metrics: Iterable[Any]) -> ActionForm:
        """The form with the people who may do it and the metrics it may change."""
        self.owner_id.choices = offered([EMPTY_CHOICE, *((one.id, one.name) for one in people)])
        self.metric_id.choices = offered([EMPTY_CHOICE, *((one.id, one.name) for one in metrics)])
        self.direction.choices = offered([("up", say("At least")), ("down", say("At most"))])
        return self

    def wanted(self) -> dict[str, Any]:
        """What the service is told."""
        return {
            "title": self.title.data or "",
            "owner_id": whole_number(str(self.owner_id.data or "")),
            "due_on": self.due_on.data,
            "metric_id": whole_number(str(self.metric_id.data or "")),
            "direction": self.direction.data or "up",
            "target": self.target.data,
            "judged_on": self.judged_on.data,
        }
