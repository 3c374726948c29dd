"""Finding cases, their facts and what waits of them; always within what the reader sees."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from implementor.auth.models import Team, TeamMember, User
from implementor.crm.accounts.models import Account
from implementor.crm.cases.models import AREA, DONE, RESOLVED, STATUS, Case, CaseEvent
from implementor.crm.contacts.models import Contact
from implementor.crm.interactions.models import Interaction
from implementor.crm.records.agenda import Asked
from implementor.crm.records.queries import records_in_use, within
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor

Owner = aliased(User, name="case_keeper")


def case_in_use(case_id: int, scope: Scope) -> Select[Case]:
    """A case in use that the actor sees."""
    found: Select[Case] = records_in_use(Case, scope)
    return found.where(Case.id == case_id)


def cases_by_id(case_ids: list[int]) -> Select[Case]:
    """Cases by id, whoever looks: for what follows from clocks and dealings."""
    return select(Case).where(Case.id.in_(case_ids))


def who_answers_for(*, owner_id: int | None, team_id: int | None) -> Rows:
    """Ids of the managers of the team that has a case; where no team has it, of those of its owner's teams."""
    found = select(Team.manager_id).where(Team.manager_id.is_not(None), Team.archived_at.is_(None))
    if team_id is not None:
        return found.where(Team.id == team_id)
    theirs = select(TeamMember.team_id).where(TeamMember.user_id == owner_id, TeamMember.left_at.is_(None))
    return found.where(Team.id.in_(theirs))


def seen_by(case_id: int, actor: Actor) -> Select[int]:
    """The case's id, if the actor sees it among those in use."""
    found: Select[int] = records_in_use(Case, Scope(None, actor)).with_only_columns(Case.id)
    return found.where(Case.id == case_id)


def events_of(case_id: int) -> Rows:
    """The facts of a case with the names of who made them, oldest first."""
    return (
        select(CaseEvent, User.name.label("who"))
        .outerjoin(User, User.id == CaseEvent.by_id)
        .where(CaseEvent.case_id == case_id)
        .order_by(CaseEvent.at, CaseEvent.id)
    )


def last_events(case_id: int, aspect: str) -> Rows:
    """The moment of the newest fact of an aspect."""
    return select(func.max(CaseEvent.at)).where(CaseEvent.case_id == case_id, CaseEvent.aspect == aspect)


def noted_events(case_id: int, *, before: datetime | None, limit: int) -> Rows:
    """The latest facts of a case that carry a note."""
    found = events_of(case_id).where(CaseEvent.note.is_not(None))
    found = found if before is None else found.where(CaseEvent.at < before)
    return found.order_by(None).order_by(CaseEvent.at.desc(), CaseEvent.id.desc()).limit(limit)


def ends_with(column: str, record_id: int, actor: Actor, *, before: datetime | None, limit: int) -> Rows:
    """The latest openings and solutions of the cases of an account or contact: (event, code, subject, who)."""
    found = (
        select(CaseEvent, Case.code, Case.subject, User.name.label("who"))
        .join(Case, Case.id == CaseEvent.case_id)
        .outerjoin(User, User.id == CaseEvent.by_id)
        .where(
            getattr(Case, column) == record_id,
            Case.archived_at.is_(None),
            within(Case, actor),
            CaseEvent.aspect == STATUS,
            or_(CaseEvent.from_key.is_(None), CaseEvent.to_key == RESOLVED),
        )
        .order_by(CaseEvent.at.desc(), CaseEvent.id.desc())
        .limit(limit)
    )
    return found if before is None else found.where(CaseEvent.at < before)


def follow_ups_about(case_id: int) -> Select[Interaction]:
    """Dealings about a case after which something is still to follow."""
    return select(Interaction).where(
        Interaction.about_kind == Case.__record_kind__,
        Interaction.about_id == case_id,
        Interaction.archived_at.is_(None),
        Interaction.follow_up_on.is_not(None),
        Interaction.follow_up_done_at.is_(None),
    )


def up_first(asked: Asked) -> Rows:
    """Cases whose limit is up, or is to be warned of, until the end of the days asked for; those up first come first.

    With a first day only those that are up from it on.
    """
    found = (
        select(
            Case.id, Case.code, Case.subject, Case.due_at, Owner.name.label("who"),
            Account.name.label("account"), Contact.name.label("contact"),
        )
        .outerjoin(Owner, Owner.id == Case.owner_id)
        .outerjoin(Account, and_(Account.id == Case.account_id, within(Account, asked.actor)))
        .outerjoin(Contact, and_(Contact.id == Case.contact_id, within(Contact, asked.actor)))
        .where(Case.archived_at.is_(None), within(Case, asked.actor), asked.of(Case.owner_id))
        .order_by(Case.due_at, Case.id)
        .limit(asked.limit)
    )  # fmt: skip
    if asked.first is not None:
        return found.where(Case.due_at >= asked.starts_at, Case.due_at < asked.ends_at)
    return found.where(Case.due_at.is_not(None), Case.warn_at < asked.ends_at)


def open_count_of(owner_ids: list[int]) -> Rows:
    """Rows (person, how many cases they have open); nobody who has none is among them."""
    return (
        select(Case.owner_id, func.count())
        .where(Case.owner_id.in_(owner_ids), Case.status.not_in(DONE), Case.archived_at.is_(None))
        .group_by(Case.owner_id)
    )


def hand_over_facts(*, first: datetime, end: datetime) -> Rows:
    """Facts (case, aspect, from, to, at) of the cases that came from one area to another in a time, case by case."""
    handed = (
        select(CaseEvent.case_id)
        .where(CaseEvent.aspect == AREA, CaseEvent.from_label.is_not(None), CaseEvent.at >= first, CaseEvent.at < end)
        .distinct()
    )
    columns = (CaseEvent.case_id, CaseEvent.aspect, CaseEvent.from_label, CaseEvent.to_label)
    return (
        select(*columns, CaseEvent.at)
        .where(CaseEvent.case_id.in_(handed))
        .order_by(CaseEvent.case_id, CaseEvent.at, CaseEvent.id)
    )
