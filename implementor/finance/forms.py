"""What people fill in to decide on a contract and to count its licences."""

from __future__ import annotations

from wtforms import DateField, IntegerField, RadioField, StringField, TextAreaField

from implementor.finance.services.contracts import OUTCOMES
from implementor.web.forms import Form, offered, say


class VerdictForm(Form):
    """Go or no-go, and why."""

    verdict = RadioField(say("Is it bought?"), choices=offered(tuple(OUTCOMES.items())), validate_choice=False)
    reason = TextAreaField(say("Why?"))


class CountForm(Form):
    """How many licences are used, on which day, by which evidence."""

    on = DateField(say("Day"))
    used = IntegerField(say("Licences used"))
    evidence = StringField(say("Evidence"), description=say("Where the figure is from: a report, a list, a count."))
