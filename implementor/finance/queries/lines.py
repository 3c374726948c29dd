"""How lines of a budget, their amounts and what was approved of them are found, always inside one project."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Select, func, literal, select, true

from implementor.auth.models import User
from implementor.finance.models import BudgetAmount, BudgetBaseline, BudgetFact, BudgetLine, VarianceLimit
from implementor.finance.permissions import VIEW
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.governance.models import ChangeRequest, Decision
from implementor.governance.queries.roles import projects_in_role
from implementor.projects.models import Programme, Project
from implementor.projects.place import sees_every_project
from implementor.stories.models import Story
from implementor.waves.models import Wave, WaveStory

MOST_FACTS = 200


def lines_in_use(scope: Scope) -> Select[BudgetLine]:
    """The lines of the scope's project that are not put away."""
    return select(BudgetLine).where(BudgetLine.project_id == scope.project_id, BudgetLine.archived_at.is_(None))


def line_in_scope(scope: Scope, record_id: int) -> Select[BudgetLine]:
    """One line of the scope's project by id, archived or not."""
    return select(BudgetLine).where(BudgetLine.project_id == scope.project_id, BudgetLine.id == record_id)


def lines_of(*, project_id: int) -> Select[BudgetLine]:
    """The lines in use by category and title, as the grid shows them."""
    found = select(BudgetLine).where(BudgetLine.project_id == project_id, BudgetLine.archived_at.is_(None))
    return found.order_by(BudgetLine.category, BudgetLine.title_key, BudgetLine.id)


def lines_in_projects(*, project_ids: Collection[int]) -> Select[BudgetLine]:
    """The lines in use of several projects."""
    return select(BudgetLine).where(BudgetLine.project_id.in_(project_ids), BudgetLine.archived_at.is_(None))


def lines_by_ids(*, project_id: int, ids: Collection[int]) -> Select[BudgetLine]:
    """Lines of a project by their ids."""
    return select(BudgetLine).where(BudgetLine.project_id == project_id, BudgetLine.id.in_(ids))


def line_of(*, project_id: int, line_id: int) -> Select[BudgetLine]:
    """One line by id, archived or not."""
    return select(BudgetLine).where(BudgetLine.project_id == project_id, BudgetLine.id == line_id)


def lines_offered(scope: Scope) -> Rows:
    """The (id, title) rows of the lines in use, for choices."""
    found = lines_in_use(scope).with_only_columns(BudgetLine.id, BudgetLine.title)
    return found.order_by(BudgetLine.title_key, BudgetLine.id)


def shows_money_to(actor: Actor) -> ColumnElement[bool]:
    """The condition on Project that the actor may see its money: by a role held or carried there, or in every one."""
    return true() if sees_every_project(actor) else Project.id.in_(projects_in_role(actor, VIEW))


def titles_of_lines(actor: Actor, ids: Iterable[int]) -> Rows:
    """Visible lines of these ids as rows (id, title, project_key, number), to name them in other places."""
    return (
        select(
            BudgetLine.id, BudgetLine.title.label("title"), Project.key.label("project_key"),
            literal(None).label("number"),
        )
        .join(Project, Project.id == BudgetLine.project_id)
        .where(BudgetLine.id.in_(list(ids)), shows_money_to(actor))
    )  # fmt: skip


def currency_of_project(*, project_id: int) -> Select[str]:
    """The currency of the project's programme."""
    found = select(Programme.currency).join(Project, Project.programme_id == Programme.id)
    return found.where(Project.id == project_id)


def amounts_of_lines(
    *, project_id: int, line_ids: Collection[int], kinds: Collection[str] = ()
) -> Select[BudgetAmount]:
    """What stands in the months of some lines."""
    found = select(BudgetAmount).where(BudgetAmount.project_id == project_id, BudgetAmount.line_id.in_(line_ids))
    return found.where(BudgetAmount.kind.in_(kinds)) if kinds else found


def facts_of_line(*, project_id: int, line_id: int, limit: int = MOST_FACTS) -> Rows:
    """Rows (BudgetFact, author) of a line, the newest first."""
    return (
        select(BudgetFact, User.name.label("author"))
        .outerjoin(User, User.id == BudgetFact.by_id)
        .where(BudgetFact.project_id == project_id, BudgetFact.line_id == line_id)
        .order_by(BudgetFact.id.desc())
        .limit(limit)
    )


def first_and_last_month(*, project_id: int) -> Rows:
    """One row (first, last): between which months anything stands in the lines in use."""
    return (
        select(func.min(BudgetAmount.month).label("first"), func.max(BudgetAmount.month).label("last"))
        .join(BudgetLine, BudgetLine.id == BudgetAmount.line_id)
        .where(
            BudgetAmount.project_id == project_id, BudgetAmount.amount.is_not(None), BudgetLine.archived_at.is_(None)
        )
    )


def stories_to_plan_on(*, project_id: int) -> Rows:
    """Rows (story_id, points, due_on): stories with points that are in a wave, due when it ends."""
    return (
        select(Story.id.label("story_id"), Story.points, Wave.ends_on.label("due_on"))
        .join(WaveStory, WaveStory.story_id == Story.id)
        .join(Wave, Wave.id == WaveStory.wave_id)
        .where(
            Story.project_id == project_id,
            Story.archived_at.is_(None),
            Story.status != "dropped",
            Story.points > 0,
            Wave.archived_at.is_(None),
        )
    )


def baselines_of(*, project_id: int) -> Rows:
    """Rows (BudgetBaseline, author, decision_number, question) of a project, the newest first."""
    return (
        select(BudgetBaseline, User.name.label("author"), Decision.number.label("decision_number"), Decision.question)
        .join(Decision, Decision.id == BudgetBaseline.decision_id)
        .outerjoin(User, User.id == BudgetBaseline.approved_by_id)
        .where(BudgetBaseline.project_id == project_id)
        .order_by(BudgetBaseline.number.desc())
    )


def baselines_by_decision(*, project_id: int, decision_id: int) -> Select[BudgetBaseline]:
    """The approved budgets that rest on a decision and stand."""
    return select(BudgetBaseline).where(
        BudgetBaseline.project_id == project_id,
        BudgetBaseline.decision_id == decision_id,
        BudgetBaseline.withdrawn_at.is_(None),
    )


def last_baseline_number(*, project_id: int) -> Select[int]:
    """The number of the last approved budget, withdrawn or not; 0 before there is one."""
    found = select(func.coalesce(func.max(BudgetBaseline.number), 0))
    return found.where(BudgetBaseline.project_id == project_id)


def changes_approved_since(*, project_id: int) -> Select[ChangeRequest]:
    """Approved requests for change that no approved budget has taken up yet."""
    taken = select(BudgetBaseline.change_request_id).where(
        BudgetBaseline.project_id == project_id,
        BudgetBaseline.change_request_id.is_not(None),
        BudgetBaseline.withdrawn_at.is_(None),
    )
    return (
        select(ChangeRequest)
        .where(
            ChangeRequest.project_id == project_id,
            ChangeRequest.answer == "approved",
            ChangeRequest.archived_at.is_(None),
            ChangeRequest.id.not_in(taken),
        )
        .order_by(ChangeRequest.id.desc())
        .limit(50)
    )


def limit_of(*, project_id: int) -> Select[VarianceLimit]:
    """A project's own limit."""
    return select(VarianceLimit).where(VarianceLimit.project_id == project_id)


def projects_with_budgets() -> Rows:
    """Rows (id, key) of the active projects that have an approved budget."""
    approved = select(BudgetBaseline.project_id).where(BudgetBaseline.withdrawn_at.is_(None))
    found = select(Project.id, Project.key).where(Project.archived_at.is_(None), Project.status == "active")
    return found.where(Project.id.in_(approved))
