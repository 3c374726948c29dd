"""Telling of money in time: a contract whose term ends soon, a forecast that is over its limit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.finance.queries.contracts import contracts_ending
from implementor.finance.queries.lines import projects_with_budgets
from implementor.finance.standing import MoneyStanding, money_of_projects
from implementor.foundation.permissions import SIGNED_IN, Role
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.governance.queries.silence import holders
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people

TERM, LIMIT = "money.term", "money.limit"
LONGEST_WARNING = timedelta(days=730)


def declare_news() -> None:
    """What people can hear of money."""
    news_kind(NewsKind(TERM, say("The term of a contract of mine ends soon"), SIGNED_IN, by_mail=True, order=40))
    news_kind(NewsKind(LIMIT, say("A budget that I answer for is over its limit"), SIGNED_IN, by_mail=True, order=41))


def ending_soon(session: Session, on: date) -> Sequence[Any]:
    """Rows (Contract, project_key) of bought contracts whose warning is due and of which nobody heard."""
    found = session.execute(contracts_ending(until=on + LONGEST_WARNING)).all()
    return [row for row in found if row.Contract.ends_on - timedelta(days=row.Contract.warn_days) <= on]


def over_limit(session: Session, on: date) -> list[tuple[str, MoneyStanding]]:
    """Projects (key, standing) with an approved budget whose forecast is over its limit."""
    keys = {row.id: row.key for row in session.execute(projects_with_budgets())}
    found = money_of_projects(session, keys, on=on)
    return [(keys[one], standing) for one, standing in sorted(found.items()) if standing.is_over_limit]


def tell_of_terms(session: Session, *, at: datetime) -> int:
    """Let the owners of contracts know that their term ends, each contract once; the lead where nobody owns it."""
    rows, count = ending_soon(session, at.date()), 0
    leading = _leading(session, {row.Contract.project_id for row in rows})
    for row in rows:
        contract = row.Contract
        contract.warned_at = at
        heard = contract.owner_id or leading.get((contract.project_id, str(Role.PROJECT_LEAD)))
        news = News(
            kind=TERM, key=f"{TERM}-{contract.id}-{contract.ends_on}",
            sentence=say("A contract of %(project)s ends on %(day)s", project=row.project_key, day=contract.ends_on),
            record=RecordRef("contract", contract.id), title=contract.title,
            page=f"/projects/{row.project_key}/money/contracts/{contract.id}", at=at,
        )  # fmt: skip
        count += tell_people(session, [heard], news) if heard else 0
    session.flush()
    return count


def tell_of_limits(session: Session, *, at: datetime) -> int:
    """Let lead and sponsor know of a forecast over its limit, once a month and edition of the budget."""
    found, count = over_limit(session, at.date()), 0
    leading = _leading(session, {standing.project_id for _key, standing in found})
    for key, standing in found:
        roles = (str(Role.PROJECT_LEAD), str(Role.SPONSOR))
        heard = [leading[standing.project_id, role] for role in roles if (standing.project_id, role) in leading]
        news = News(
            kind=LIMIT, key=f"{LIMIT}-{standing.project_id}-{standing.baseline_number}-{at:%Y%m}",
            sentence=say("The forecast of %(project)s is over the limit of its budget", project=key),
            record=RecordRef("project", standing.project_id), title=key, page=f"/projects/{key}/money", at=at,
        )  # fmt: skip
        count += tell_people(session, heard, news)
    return count


def _leading(session: Session, project_ids: set[int]) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    for project_id, role, user_id in session.execute(holders(project_ids=project_ids)) if project_ids else ():
        found.setdefault((project_id, role), user_id)
    return found
