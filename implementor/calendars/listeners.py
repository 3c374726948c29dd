"""What a command or a job takes for granted, such as the currency of amounts without one: the installation's own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.auth.events import CommandBegan
from implementor.calendars import queries
from implementor.calendars.services.rates import conventions_of
from implementor.foundation.conventions import assume
from implementor.foundation.events import listens_to
from implementor.jobs.events import JobBegan


@listens_to(CommandBegan)
def assume_in_command(session: Session, _event: CommandBegan) -> None:
    """A command takes for granted what follows from the base currency."""
    assume(conventions_of(session.scalar(queries.base_currency_code())))


@listens_to(JobBegan)
def assume_in_job(session: Session, _event: JobBegan) -> None:
    """So does a job, to its end."""
    assume(conventions_of(session.scalar(queries.base_currency_code())))
