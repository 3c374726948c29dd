"""What an administrator of the CRM makes of kinds of record, as its pages do it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from implementor.configuration.models import AssignmentRule, RequiredRule
from implementor.configuration.services import assignments, needs
from implementor.configuration.services.assignments import AssignmentWish
from implementor.configuration.services.needs import NeedWish
from implementor.configuration.snapshots import now_live
from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.live import living
from tests.crm.builders import START, Company


@contextmanager
def shaping(company: Company) -> Iterator[tuple[Session, dict[str, Any]]]:
    """A committed transaction of the administrator, and by whom and when."""
    with company.working("crm_admin") as session:
        yield session, {"by": company.by("crm_admin"), "at": START}


def shape(company: Company, service: Callable[..., Any], *args: Any, **named: Any) -> None:
    """One change by the administrator."""
    with shaping(company) as (session, by_at):
        service(session, *args, **named, **by_at)


def need(company: Company, kind: str, field: str, *conditions: Condition, **more: Any) -> int:
    """A rule that a field must be filled in; its id."""
    wish = NeedWish(f"For {field}", f"Para {field}", field, conditions, **more)
    with shaping(company) as (session, by_at):
        rule: RequiredRule = needs.add_need(session, kind, wish, **by_at)
        return rule.id


def assigning(company: Company, kind: str, name: str, way: str, *conditions: Condition, **who: int) -> int:
    """A rule about who gets records; its id."""
    with shaping(company) as (session, by_at):
        wish = AssignmentWish(name, f"{name} (es)", way, conditions, **who)
        rule: AssignmentRule = assignments.add_assignment(session, kind, wish, **by_at)
        return rule.id


@contextmanager
def as_live(company: Company) -> Iterator[Session]:
    """Reading with what is live now."""
    with company.working() as session, living(now_live(session)):
        yield session


def where(field: str, test: Comparison, *values: str) -> Condition:
    """A condition."""
    return Condition(field, test, values)
