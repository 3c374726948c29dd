"""How retrospectives are found, what lies on their tables, and what they led to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import joinedload

from implementor.auth.models import User
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.governance.models import ActionItem
from implementor.metrics.models import Metric
from implementor.projects.models import Project
from implementor.projects.queries import is_visible_to
from implementor.retrospectives.models import (
    RetroAction,
    RetroNote,
    RetroSeat,
    Retrospective,
    RetroTable,
    RetroVote,
)
from implementor.stories.models import Story

MOST_NOTES = 400


def in_use(scope: Scope) -> Select[Retrospective]:
    """The retrospectives of the scope's project that are not put away."""
    return select(Retrospective).where(
        Retrospective.project_id == scope.project_id, Retrospective.archived_at.is_(None)
    )


def in_scope(scope: Scope, record_id: int) -> Select[Retrospective]:
    """One retrospective of the scope's project by id, archived or not."""
    return select(Retrospective).where(Retrospective.project_id == scope.project_id, Retrospective.id == record_id)


def titles(actor: Actor, ids: Iterable[int]) -> Rows:
    """Visible retrospectives of these ids as rows (id, title, project_key, number), to name them in other places."""
    return (
        select(
            Retrospective.id, Retrospective.title.label("title"), Project.key.label("project_key"),
            literal(None).label("number"),
        )
        .join(Project, Project.id == Retrospective.project_id)
        .where(Retrospective.id.in_(list(ids)), is_visible_to(actor))
    )  # fmt: skip


def retrospective_of(*, project_id: int, retrospective_id: int) -> Select[Retrospective]:
    """One retrospective by id with its facilitator, archived or not."""
    found = select(Retrospective).where(Retrospective.project_id == project_id, Retrospective.id == retrospective_id)
    return found.options(joinedload(Retrospective.facilitator))


def table_of(*, project_id: int, retrospective_id: int) -> Select[RetroTable]:
    """The table of one retrospective."""
    return select(RetroTable).where(
        RetroTable.retrospective_id == retrospective_id, RetroTable.project_id == project_id
    )


def revision_of(*, project_id: int, retrospective_id: int) -> Rows:
    """One row (revision, salt): all that a poll asks."""
    return select(RetroTable.revision, RetroTable.salt).where(
        RetroTable.retrospective_id == retrospective_id, RetroTable.project_id == project_id
    )


def notes_on(*, retrospective_id: int) -> Rows:
    """Rows (id, place, text, head_id, hand, votes, author, given) of every note; `given` are the votes not counted yet.

    Notes stand in the order of their ids, which is no order of writing.
    """
    given = (
        select(func.count())
        .where(RetroVote.note_id == RetroNote.id, RetroVote.retrospective_id == retrospective_id)
        .correlate(RetroNote)
        .scalar_subquery()
    )
    return (
        select(
            RetroNote.id, RetroNote.place, RetroNote.text, RetroNote.head_id, RetroNote.hand, RetroNote.votes,
            User.name.label("author"), given.label("given"),
        )
        .outerjoin(User, User.id == RetroNote.author_id)
        .where(RetroNote.retrospective_id == retrospective_id)
        .order_by(RetroNote.place, RetroNote.id)
        .limit(MOST_NOTES)
    )  # fmt: skip


def notes_of(*, retrospective_id: int) -> Select[RetroNote]:
    """The notes themselves."""
    return select(RetroNote).where(RetroNote.retrospective_id == retrospective_id).order_by(RetroNote.id)


def note_of(*, retrospective_id: int, note_id: int) -> Select[RetroNote]:
    """One note on a table."""
    return select(RetroNote).where(RetroNote.retrospective_id == retrospective_id, RetroNote.id == note_id)


def notes_under(*, note_id: int) -> Select[RetroNote]:
    """The notes that lie under another."""
    return select(RetroNote).where(RetroNote.head_id == note_id)


def votes_of_hand(*, retrospective_id: int, hand: str) -> Select[RetroVote]:
    """The votes that a hand gave."""
    return (
        select(RetroVote)
        .where(RetroVote.retrospective_id == retrospective_id, RetroVote.hand == hand)
        .order_by(RetroVote.note_id, RetroVote.id)
    )


def counted_votes(*, retrospective_id: int) -> Select[int]:
    """How many votes were counted into notes; nothing before the first closing."""
    return select(func.sum(RetroNote.votes)).where(RetroNote.retrospective_id == retrospective_id)


def votes_for(*, note_id: int) -> Select[RetroVote]:
    """The votes for one note."""
    return select(RetroVote).where(RetroVote.note_id == note_id)


def seats_at(*, retrospective_id: int, since: datetime) -> Rows:
    """Rows (name,) of who is here, None for people without a name."""
    return (
        select(User.name)
        .select_from(RetroSeat)
        .outerjoin(User, User.id == RetroSeat.user_id)
        .where(RetroSeat.retrospective_id == retrospective_id, RetroSeat.seen_at >= since)
        .order_by(User.name_key, RetroSeat.seat)
    )


def seat_at(*, retrospective_id: int, seat: str) -> Select[RetroSeat]:
    """One seat."""
    return select(RetroSeat).where(RetroSeat.retrospective_id == retrospective_id, RetroSeat.seat == seat)


def actions_of(*, project_id: int, retrospective_id: int) -> Rows:
    """Rows (RetroAction, owner, Metric, story_number, story_status, item_number, item_done_at, item_due_on)."""
    return (
        select(
            RetroAction, User.name.label("owner"), Metric, Story.number.label("story_number"),
            Story.status.label("story_status"), ActionItem.number.label("item_number"),
            ActionItem.done_at.label("item_done_at"),
        )
        .outerjoin(User, User.id == RetroAction.owner_id)
        .outerjoin(Metric, Metric.id == RetroAction.metric_id)
        .outerjoin(Story, (RetroAction.became_kind == "story") & (Story.id == RetroAction.became_id))
        .outerjoin(ActionItem, (RetroAction.became_kind == "action_item") & (ActionItem.id == RetroAction.became_id))
        .where(
            RetroAction.project_id == project_id, RetroAction.retrospective_id == retrospective_id,
            RetroAction.archived_at.is_(None),
        )
        .order_by(RetroAction.id)
    )  # fmt: skip


def action_of(*, retrospective_id: int, action_id: int) -> Select[RetroAction]:
    """One action of a retrospective."""
    return select(RetroAction).where(RetroAction.retrospective_id == retrospective_id, RetroAction.id == action_id)


def closed_before(*, project_id: int, retrospective_id: int) -> Select[int]:
    """The id of the retrospective of the project that was closed last, other than this one."""
    return (
        select(Retrospective.id)
        .where(
            Retrospective.project_id == project_id, Retrospective.id != retrospective_id,
            Retrospective.closed_at.is_not(None), Retrospective.archived_at.is_(None),
        )
        .order_by(Retrospective.closed_at.desc(), Retrospective.id.desc())
        .limit(1)
    )  # fmt: skip


def closed_of_wave(*, project_id: int, wave_id: int | None) -> Rows:
    """Rows (id, title, action, owner_id) of the closed retrospectives of a wave with their actions, None for none."""
    return (
        select(Retrospective.id, Retrospective.title, RetroAction.title.label("action"), RetroAction.owner_id)
        .outerjoin(
            RetroAction,
            (RetroAction.retrospective_id == Retrospective.id) & RetroAction.archived_at.is_(None),
        )
        .where(
            Retrospective.project_id == project_id, Retrospective.wave_id == wave_id,
            Retrospective.closed_at.is_not(None), Retrospective.archived_at.is_(None),
        )
        .order_by(Retrospective.id, RetroAction.id)
    )  # fmt: skip
