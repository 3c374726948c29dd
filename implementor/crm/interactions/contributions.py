"""What interactions and appointments add to the shared pages."""

from __future__ import annotations

from flask import Flask

from implementor.crm.interactions import agenda, permissions, queries, timeline
from implementor.crm.interactions.appointment_catalogue import APPOINTMENT, ATTENDEE
from implementor.crm.interactions.appointment_importing import import_appointments
from implementor.crm.interactions.catalogue import INTERACTION
from implementor.crm.interactions.importing import import_interactions
from implementor.crm.interactions.panel import dealings_of
from implementor.crm.interactions.services import appointments, interactions
from implementor.crm.records.agenda import AgendaSource, calendar, my_day
from implementor.crm.records.concerning import owned_by, sight_by_subject
from implementor.crm.records.kinds import CrmKind, CrmPart, crm_kind, crm_part
from implementor.crm.records.sight import sights
from implementor.foundation.access import SHARED
from implementor.foundation.panels import panel
from implementor.foundation.words import say
from implementor.history.timeline import sources


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    sights["interaction"] = sight_by_subject(owned_by("owner_id", "follow_up_owner_id"))
    sights["appointment"] = sight_by_subject(queries.comes_to)
    _interactions(app)
    _appointments(app)
    import_interactions()
    import_appointments()
    panel("crm.subject", 10, "crm/interactions/_panel.html", dealings_of)
    sources["interactions"] = timeline.interactions_as_entries
    sources["appointments"] = timeline.appointments_as_entries
    follow_ups = AgendaSource("follow_ups", say("Follow-ups"), permissions.VIEW, agenda.follow_ups, 10)
    meetings = AgendaSource("appointments", say("Appointments"), permissions.APPOINTMENT_VIEW, agenda.appointments, 20)
    for source in (follow_ups, meetings):
        my_day(source)
        calendar(source)


def _interactions(app: Flask) -> None:
    crm_kind(
        app,
        CrmKind(
            entity=INTERACTION,
            plural="interactions",
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            new_label=say("Log interaction"),
            empty_text=say(
                "Calls, mails, visits and messages with customers stand here. Log one on the page of an account."
            ),
            order=60,
            reach=SHARED,
            create=interactions.add_interaction,
            change=interactions.change_interaction,
            restore=interactions.restore_interaction,
            keys="g i",
        ),
    )


def _appointments(app: Flask) -> None:
    crm_kind(
        app,
        CrmKind(
            entity=APPOINTMENT,
            plural="appointments",
            may_view=permissions.APPOINTMENT_VIEW,
            may_edit=permissions.APPOINTMENT_EDIT,
            new_label=say("New appointment"),
            empty_text=say("Meetings, visits and calls agreed with customers stand here."),
            order=65,
            reach=SHARED,
            create=appointments.add_appointment,
            change=appointments.change_appointment,
            restore=appointments.restore_appointment,
            searched=("place",),
        ),
    )
    crm_part(
        CrmPart(
            entity=ATTENDEE,
            parent_kind="appointment",
            parent="appointment",
            new_label=say("Add person"),
            show=("person",),
            create=appointments.add_attendee,
        )
    )
