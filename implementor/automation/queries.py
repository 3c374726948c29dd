"""Finding templates, rules and their runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, select

from implementor.auth.models import InstallationRole, User
from implementor.automation.models import AutomationRule, AutomationRun, MessageTemplate
from implementor.automation.words import CHANGED, CREATED, DATE
from implementor.foundation.fields import Field
from implementor.foundation.permissions import Role
from implementor.history.models import Change


def templates(*, archived: bool = False) -> Select[MessageTemplate]:
    """The templates that are in use, or those that are withdrawn, by kind and name."""
    kept = MessageTemplate.archived_at.is_not(None) if archived else MessageTemplate.archived_at.is_(None)
    return select(MessageTemplate).where(kept).order_by(MessageTemplate.kind, MessageTemplate.label_en)


def templates_for(kind: str, purpose: str) -> Select[MessageTemplate]:
    """The templates in use about records of a kind."""
    return templates().where(MessageTemplate.kind == kind, MessageTemplate.purpose == purpose)


def template_by_id(template_id: int) -> Select[MessageTemplate]:
    """The template of that id."""
    return select(MessageTemplate).where(MessageTemplate.id == template_id)


def template_by_uid(uid: str) -> Select[MessageTemplate]:
    """The template of that identity."""
    return select(MessageTemplate).where(MessageTemplate.uid == uid)


def rules(kind: str | None = None, *, archived: bool = False) -> Select[AutomationRule]:
    """The rules of one kind (None: of all) in order, stopped ones too."""
    kept = AutomationRule.archived_at.is_not(None) if archived else AutomationRule.archived_at.is_(None)
    found = select(AutomationRule).where(kept).order_by(AutomationRule.kind, AutomationRule.rank, AutomationRule.id)
    return found if kind is None else found.where(AutomationRule.kind == kind)


def rules_at_work(kinds: Iterable[str]) -> Select[AutomationRule]:
    """The rules that hold now of what is done with records of these kinds, in order."""
    wanted = AutomationRule.kind.in_(sorted(kinds)), AutomationRule.event.in_((CREATED, CHANGED))
    return rules().where(AutomationRule.stopped_at.is_(None), *wanted)


def rules_of_days() -> Select[AutomationRule]:
    """The rules at work that wait for a day."""
    return rules().where(AutomationRule.stopped_at.is_(None), AutomationRule.event == DATE)


def rule_by_id(rule_id: int) -> Select[AutomationRule]:
    """The rule of that id."""
    return select(AutomationRule).where(AutomationRule.id == rule_id)


def rule_by_uid(uid: str) -> Select[AutomationRule]:
    """The rule of that identity."""
    return select(AutomationRule).where(AutomationRule.uid == uid)


def runs_of(rule_id: int) -> Select[AutomationRun]:
    """The runs of a rule."""
    return select(AutomationRun).where(AutomationRun.rule_id == rule_id)


def run_locked(run_id: int) -> Select[AutomationRun]:
    """A run, nobody else's until the end of the transaction."""
    return select(AutomationRun).where(AutomationRun.id == run_id).with_for_update()


def keys_known(rule_id: int, keys: Iterable[str]) -> Select[str]:
    """Those of the keys that the rule has run for."""
    return select(AutomationRun.key).where(AutomationRun.rule_id == rule_id, AutomationRun.key.in_(list(keys)))


def administrators() -> Select[int]:
    """Who sets up the CRM and can sign in."""
    holds = InstallationRole.role == Role.CRM_ADMIN, InstallationRole.revoked_at.is_(None)
    held = and_(InstallationRole.user_id == User.id, *holds)
    return select(User.id).join(InstallationRole, held).where(User.disabled_at.is_(None))


def records_on_days(model: Any, field: Field, first: date, last: date) -> Select[Any]:
    """Records in use whose day in a field lies between two, both included."""
    column: Any = field.column
    return select(model).where(model.archived_at.is_(None), column >= first, column <= last)


def changed_since(kind: str, since: datetime, limit: int) -> Select[Any]:
    """(record id, before, after) of the latest changes of records of a kind, newest first."""
    return (
        select(Change.record_id, Change.before, Change.after)
        .where(Change.record_kind == kind, Change.verb == "changed", Change.at >= since)
        .order_by(Change.id.desc())
        .limit(limit)
    )
