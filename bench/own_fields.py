"""A field of one's own on every contact of the measured customers, with its index, and the list that asks for it."""

from datetime import datetime

from flask import Flask
from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from bench.client import Call
from implementor.configuration.first_use import speeches
from implementor.configuration.services.checking import Identity
from implementor.configuration.services.custom_fields import add_field
from implementor.configuration.services.field_indexes import TASK
from implementor.configuration.services.field_wishes import FieldWish
from implementor.crm.contacts.models import Contact
from implementor.foundation.permissions import SYSTEM
from implementor.jobs.models import WAITING, Job
from implementor.jobs.running import run_inline
from implementor.web.database import writing_session

OWN = "f_bench"
DIFFERENT_VALUES = 50


def add_points(session: Session, at: datetime) -> None:
    """A whole number on every contact, each of so many values as often."""
    wish = FieldWish("whole", "Points of the bench", "Puntos de la medición")
    add_field(session, "contact", wish, speeches=speeches(), by=SYSTEM, at=at, identity=Identity(OWN, OWN))
    table: Table = Contact.__table__  # type: ignore[assignment]  # declared tables are tables
    for value in range(DIFFERENT_VALUES):
        some = update(table).where(table.c.id % DIFFERENT_VALUES == value)
        session.connection().execute(some.values(ext={OWN: value}))


def build_index(app: Flask) -> None:
    """Do the job that makes the field quick."""
    with writing_session(app) as session:
        waiting = list(session.scalars(select(Job.id).where(Job.kind == TASK, Job.state == WAITING)))
    for job_id in waiting:
        run_inline(app, job_id)


def own_fields(_stock: object, visitor: int, turn: int) -> Call:
    """Contacts of some points, the most first; every other time all of them from the fewest on."""
    at_least = (visitor * 7 + turn) % (DIFFERENT_VALUES - 10)
    asked = f"{OWN}={at_least}..{at_least + 8}&sort=-{OWN}" if turn % 2 else f"{OWN}={at_least}..&sort={OWN}"
    return Call(f"/crm/contacts?columns=name,{OWN}&{asked}")
