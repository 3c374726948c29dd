"""What people fill in about currencies, opening hours and service levels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from implementor.calendars.exchange_rates import BadRate, Quotation, read_rate, read_table
from implementor.calendars.models import BusinessCalendar
from implementor.calendars.opening_hours import (
    BadHours,
    read_closed_days,
    read_spans,
    write_closed_days,
    write_spans,
)
from implementor.calendars.services.opening import LONGEST_NAME, CalendarWanted
from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import clean
from implementor.foundation.timezones import time_zones
from implementor.foundation.words import Phrase
from implementor.web.forms import EMPTY_CHOICE, Form, offered, say

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NOT_ON_OFFER = say("Choose from the list.")
RATE = {"required": True, "inputmode": "decimal", "maxlength": 40}
DIRECT, INVERSE = "direct", "inverse"
Pairs = Sequence[tuple[Any, Any]]


def chosen_from(label: Any, pairs: Pairs = (), hint: Any = "") -> SelectField:
    """A list to choose one of; what is not in it is refused with a sentence."""
    options: dict[str, Any] = {"choices": offered(pairs), "invalid_choice_message": NOT_ON_OFFER}
    return SelectField(label, description=hint, **options)


def clean_text(text: Any) -> Any:
    """What was typed, without characters that no page can show."""
    return clean(text) if isinstance(text, str) else text


def _day_field(label: Any, hint: Any = "") -> StringField:
    return StringField(label, description=hint, filters=[clean_text], render_kw={"maxlength": 200})


def _directions(base: str) -> list[tuple[str, Any]]:
    return [
        (DIRECT, say("how much %(base)s one unit of the currency is", base=base)),
        (INVERSE, say("how many units of the currency one %(base)s is", base=base)),
    ]


class BaseCurrencyForm(Form):
    """The currency of totals."""

    base = chosen_from(say("Base currency"), hint=say("Totals, forecasts and comparisons are in this currency."))

    def offer(self, currencies: Pairs) -> BaseCurrencyForm:
        """Fill in the currencies."""
        self.base.choices = offered(currencies)
        return self


class RateForm(Form):
    """One exchange rate from a day on."""

    currency = chosen_from(say("Currency"))
    rated_on = DateField(
        say("Valid from"), validators=[InputRequired(say("Choose a day."))], render_kw={"required": True}
    )
    rate = StringField(say("Rate"), filters=[clean_text], render_kw=RATE)
    direction = chosen_from(say("The rate says"))

    def offer(self, currencies: Pairs, base: str) -> RateForm:
        """Fill in the currencies beside the base, and which way round a rate may be."""
        self.currency.choices = offered((code, name) for code, name in currencies if code != base)
        self.direction.choices = offered(_directions(base))
        return self

    def quotation(self, language: str) -> Quotation:
        """The rate as it is kept. Raises InvalidInput."""
        try:
            rate = read_rate(self.rate.data or "", language, is_inverse=self.direction.data == INVERSE)
        except BadRate as bad:
            raise InvalidInput({"rate": bad.reason}) from bad
        assert self.rated_on.data is not None  # the form is valid
        return Quotation(self.currency.data, self.rated_on.data, rate)


class RateTableForm(Form):
    """Many rates at once, pasted from a sheet."""

    table = TextAreaField(
        say("Currency, day and rate"),
        description=say("One line each, such as USD;2026-03-31;0.9215. Columns may be parted by tabs as sheets do."),
        filters=[clean_text],
        render_kw={"required": True, "rows": 8},
    )
    table_direction = chosen_from(say("The rates say"))

    def offer(self, base: str) -> RateTableForm:
        """Fill in which way round the rates may be."""
        self.table_direction.choices = offered(_directions(base))
        return self

    def quotations(self, base: str, language: str) -> list[Quotation]:
        """The rates as they are kept. Raises InvalidInput."""
        return read_table(self.table.data or "", base, language, is_inverse=self.table_direction.data == INVERSE)


class CalendarForm(Form):
    """A business calendar: hours as text, one line for each weekday."""

    name = StringField(say("Name"), render_kw={"required": True, "maxlength": LONGEST_NAME})
    time_zone = chosen_from(say("Time zone"), [(zone, zone) for zone in sorted(time_zones())])
    country = chosen_from(say("Public holidays of"), hint=say("They are closed days."))
    region = SelectField(say("Region"), validate_choice=False)  # offered once the country is kept; the service checks
    monday = _day_field(say("Monday"), say("Such as 9:00-14:00, 16:00-19:00; nothing for a closed day."))
    tuesday = _day_field(say("Tuesday"))
    wednesday = _day_field(say("Wednesday"))
    thursday = _day_field(say("Thursday"))
    friday = _day_field(say("Friday"))
    saturday = _day_field(say("Saturday"))
    sunday = _day_field(say("Sunday"))
    closed_days = TextAreaField(
        say("Closed days of your own"),
        description=say("One a line, the day first: 2026-12-24 Christmas Eve"),
        filters=[clean_text],
        render_kw={"rows": 5},
    )
    version = HiddenField()

    def offer(self, countries: Pairs, regions: Pairs) -> CalendarForm:
        """Fill in the countries, and the regions of the one that is kept."""
        self.country.choices = offered([EMPTY_CHOICE, *countries])
        self.region.choices = offered([EMPTY_CHOICE, *regions])
        return self

    def days(self) -> list[StringField]:
        """The fields of the week, Monday first."""
        return [self[name] for name in WEEKDAYS]

    def show(self, calendar: BusinessCalendar) -> CalendarForm:
        """Fill in what is kept."""
        for name, spans in zip(WEEKDAYS, calendar.hours.week, strict=True):
            self[name].data = write_spans(spans)
        self.name.data, self.time_zone.data = calendar.name, calendar.time_zone
        self.country.data, self.region.data = calendar.country or "", calendar.region or ""
        self.closed_days.data = write_closed_days(calendar.closed_days)
        self.version.data = str(calendar.version)
        return self

    def wanted(self) -> CalendarWanted:
        """What the services take. Raises InvalidInput."""
        errors: dict[str, Phrase] = {}
        week, closed = [], []
        for name in WEEKDAYS:
            try:
                week.append(read_spans(self[name].data or ""))
            except BadHours as bad:
                errors[name] = bad.reason
        try:
            closed = read_closed_days(self.closed_days.data or "")
        except BadHours as bad:
            errors["closed_days"] = bad.reason
        if errors:
            raise InvalidInput(errors)
        return CalendarWanted(
            self.name.data or "", self.time_zone.data, tuple(week), self.country.data, self.region.data, closed
        )
