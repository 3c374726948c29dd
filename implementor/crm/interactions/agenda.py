"""Follow-ups and appointments as they wait for people: on their day and in the calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from implementor.crm.interactions import queries
from implementor.crm.interactions.models import Appointment, Interaction
from implementor.crm.records.agenda import AgendaEntry, Asked
from implementor.foundation.words import say

LONGEST, SHORTEST = timedelta(days=31), timedelta(microseconds=1)
"""No appointment lasts longer than a month, so the index by its beginning finds those that have begun before."""


def follow_ups(session: Session, asked: Asked) -> list[AgendaEntry]:
    """What is to follow after interactions and not done yet."""
    statement = queries.follow_ups(asked.actor).where(
        asked.of(Interaction.follow_up_owner_id), Interaction.follow_up_on <= asked.last
    )
    if asked.first is not None:
        statement = statement.where(Interaction.follow_up_on >= asked.first)
    return [_follow_up(row, asked) for row in session.execute(statement.limit(asked.limit))]


def appointments(session: Session, asked: Asked) -> list[AgendaEntry]:
    """Appointments that take place, or took place, on the days asked for; without a first day, on the last."""
    statement = queries.appointments(asked.actor).where(
        queries.taking_part(asked),
        Appointment.cancelled_at.is_(None),
        Appointment.starts_at.between(asked.starts_at - LONGEST, asked.ends_at - SHORTEST),
        Appointment.ends_at > asked.starts_at,
    )
    return [_appointment(row, asked) for row in session.execute(statement.limit(asked.limit))]


def _follow_up(row: Any, asked: Asked) -> AgendaEntry:
    return AgendaEntry(
        key=f"follow-up-{row.id}",
        title=row.follow_up or row.subject,
        url=url_for("interactions.show", record_id=row.id),
        on=row.follow_up_on,
        who=row.who,
        beside=row.contact or row.account,
        icon="phone",
        is_late=row.follow_up_on < asked.today,
        done_url=url_for("interactions.finish", record_id=row.id),
        done_label=say("Done"),
    )


def _appointment(row: Any, asked: Asked) -> AgendaEntry:
    return AgendaEntry(
        key=f"appointment-{row.id}",
        title=row.title,
        url=url_for("appointments.show", record_id=row.id),
        on=max(row.starts_at.astimezone(asked.zone).date(), asked.first or asked.last),
        at=row.starts_at,
        until=row.ends_at,
        who=row.who,
        beside=", ".join(part for part in (row.contact or row.account, row.place) if part) or None,
        icon="calendar",
        tag=row.kind,
    )
