"""The calendars that deadlines count by: opening hours, public holidays, closed days."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.calendars import queries
from implementor.calendars.countries import country_choices, country_name, region_choices, region_name
from implementor.calendars.forms import CalendarForm
from implementor.calendars.models import BusinessCalendar
from implementor.calendars.permissions import MANAGE_HOURS
from implementor.calendars.services import opening
from implementor.calendars.views.blueprint import blueprint
from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say, speech
from implementor.web.found import is_newer, one_or_404
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

OFFICE_HOURS = "9:00-18:00"
WORKDAYS = 5


@blueprint.get("/settings/business-hours")
@allow(MANAGE_HOURS)
def list_calendars() -> ResponseReturnValue:
    """The calendars in use, and those put away."""
    found = session().scalars(queries.calendars(with_archived=True)).all()
    return draw(
        "calendars/opening/index.html",
        calendars=[one for one in found if not one.is_archived],
        archived=[one for one in found if one.is_archived],
        holidays_in_words=_holidays,
    )  # fmt: skip


@blueprint.get("/settings/business-hours/new")
@allow(MANAGE_HOURS)
def new_calendar() -> ResponseReturnValue:
    """The form of a new calendar, filled in with office hours."""
    form = CalendarForm(formdata=None)
    for field in form.days()[:WORKDAYS]:
        field.data = OFFICE_HOURS
    form.time_zone.data = str(speech().zone)
    return _new(form)


@blueprint.post("/settings/business-hours")
@allow(MANAGE_HOURS)
def add_calendar() -> ResponseReturnValue:
    """Add a calendar."""
    form = _offered(CalendarForm())
    if not form.validate():
        return _new(form, 422)
    try:
        calendar = opening.add_calendar(session(), form.wanted(), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _new(form, 422)
    tell_done(say("The calendar %(name)s is added.", name=calendar.name))
    return redirect(url_for("calendars.edit_calendar", calendar_id=calendar.id), 303)


@blueprint.get("/settings/business-hours/<int:calendar_id>")
@allow(MANAGE_HOURS)
def edit_calendar(calendar_id: int) -> ResponseReturnValue:
    """The form of one calendar."""
    calendar = one_or_404(queries.calendar_by_id(calendar_id))
    return _edit(calendar, CalendarForm(formdata=None).show(calendar))


@blueprint.post("/settings/business-hours/<int:calendar_id>")
@allow(MANAGE_HOURS)
def change_calendar(calendar_id: int) -> ResponseReturnValue:
    """Change a calendar."""
    calendar = one_or_404(queries.calendar_by_id(calendar_id))
    form = _offered(CalendarForm())
    if not form.validate() or is_newer(calendar, form):
        return _edit(calendar, form, 422)
    try:
        opening.edit_calendar(session(), calendar, form.wanted(), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _edit(calendar, form, 422)
    tell_done(say("The calendar %(name)s is changed.", name=calendar.name))
    return redirect(url_for("calendars.list_calendars"), 303)


@blueprint.post("/settings/business-hours/<int:calendar_id>/archive")
@allow(MANAGE_HOURS)
def archive_calendar(calendar_id: int) -> ResponseReturnValue:
    """Put a calendar away."""
    calendar = one_or_404(queries.calendar_by_id(calendar_id))
    opening.archive_calendar(session(), calendar, by=actor(), at=now())
    tell_done(say("The calendar %(name)s is archived.", name=calendar.name))
    return redirect(url_for("calendars.list_calendars"), 303)


@blueprint.post("/settings/business-hours/<int:calendar_id>/restore")
@allow(MANAGE_HOURS)
def restore_calendar(calendar_id: int) -> ResponseReturnValue:
    """Take a calendar back into use."""
    calendar = one_or_404(queries.calendar_by_id(calendar_id))
    opening.restore_calendar(session(), calendar, by=actor(), at=now())
    tell_done(say("The calendar %(name)s is in use again.", name=calendar.name))
    return redirect(url_for("calendars.list_calendars"), 303)


def _offered(form: CalendarForm) -> CalendarForm:
    """With the countries, and the regions of the chosen one."""
    return form.offer(country_choices(speech().language), region_choices(form.country.data or ""))


def _holidays(calendar: BusinessCalendar) -> str:
    """Whose public holidays a calendar has."""
    if not calendar.country:
        return ""
    country = country_name(calendar.country, speech().language)
    return f"{country}, {region_name(calendar.country, calendar.region)}" if calendar.region else country


def _new(form: CalendarForm, status: int = 200) -> Response:
    return draw("calendars/opening/new.html", status, form=_offered(form))


def _edit(calendar: BusinessCalendar, form: CalendarForm, status: int = 200) -> Response:
    return draw("calendars/opening/edit.html", status, calendar=calendar, form=_offered(form))
