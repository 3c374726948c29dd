"""What people fill in to write a measurement down, and to correct one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from wtforms import DateField, StringField, TextAreaField

from implementor.foundation.errors import InvalidInput
from implementor.foundation.numbers import read_number
from implementor.foundation.text import clean_line
from implementor.foundation.words import speech
from implementor.web.forms import Form, say

LARGEST, SMALLEST = Decimal(10) ** 11, Decimal("0.0001")


class MeasurementForm(Form):
    """A value on a day, and how one can see that it is so."""

    on = DateField(say("Day"))
    value = StringField(say("Value"), render_kw={"inputmode": "decimal"})
    evidence = StringField(say("Evidence"), description=say("Where the figure is from: a report, a count, a survey."))
    evidence_url = StringField(say("Link to the evidence"))


class CorrectionForm(Form):
    """The value that is right instead, and what was wrong."""

    on = DateField(say("Day"))
    value = StringField(
        say("Right value"),
        render_kw={"inputmode": "decimal"},
        description=say("Left empty, the measurement is withdrawn and nothing takes its place."),
    )
    reason = TextAreaField(say("What was wrong?"))


def needed_value(text: str | None) -> Decimal:
    """As `typed_value`, of a form that cannot do without. Raises InvalidInput."""
    value = typed_value(text)
    if value is None:
        raise InvalidInput({"value": say("Give the value.")})
    return value


def typed_value(text: str | None) -> Decimal | None:
    """The number somebody typed, a trailing per cent sign aside; None for no text. Raises InvalidInput."""
    line = clean_line(text or "").removesuffix("%").strip()
    if not line:
        return None
    try:
        number = read_number(line, speech().language)
    except ValueError as fault:
        raise InvalidInput({"value": say("“%(text)s” is not a number.", text=line[:60])}) from fault
    if abs(number) > LARGEST:
        raise InvalidInput({"value": say("This figure is too large to be kept.")})
    if number != number.quantize(SMALLEST):
        raise InvalidInput({"value": say("Up to four decimals are kept.")})
    return number


def typed_day(value: date | None) -> date:
    """The day somebody chose. Raises InvalidInput."""
    if value is None:
        raise InvalidInput({"on": say("Choose a day.")})
    return value
