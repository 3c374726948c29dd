"""A field of one's own on every contact of the measured customers, with its index, and the list that asks for it."""

from datetime import datetime

from flask import Flask
from sqlalchemy import TextClause, select, text
from sqlalchemy.orm import Session

from bench.client import Call
from implementor.configuration.first_use import speeches
from implementor.configuration.models import CustomField
from implementor.configuration.services.checking import Identity
from implementor.configuration.services.custom_fields import add_field
from implementor.configuration.services.field_indexes import TASK
from implementor.configuration.services.field_wishes import FieldWish
from implementor.foundation.permissions import SYSTEM
from implementor.jobs.models import WAITING, Job
from implementor.jobs.running import run_inline
from implementor.web.database import writing_session

OWN = "f_bench"
DIFFERENT_VALUES = 50
WRITTEN: dict[str, TextClause] = {
    "sqlite": text("UPDATE contact SET ext = json_set(coalesce(ext, '{}'), '$.' || :key, id % :different)"),
    "postgresql": text(
        "UPDATE contact SET ext = coalesce(ext, CAST('{}' AS jsonb))"
        " || jsonb_build_object(CAST(:key AS text), id % CAST(:different AS bigint))"
    ),
}
"""A value for each of a million contacts, in one statement; what they hold besides stays."""


def add_points(session: Session, at: datetime) -> None:
    """A whole number on every contact, each of so many values as often; nothing where contacts have it already."""
    if session.scalar(select(CustomField.id).where(CustomField.key == OWN)) is not None:
        return
    wish = FieldWish("whole", "Points of the bench", "Puntos de la medición")
    add_field(session, "contact", wish, speeches=speeches(), by=SYSTEM, at=at, identity=Identity(OWN, OWN))
    statement = WRITTEN[session.get_bind().dialect.name]
    session.execute(statement, {"key": OWN, "different": DIFFERENT_VALUES})


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
