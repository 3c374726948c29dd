"""Announcing awards: everybody who takes part hears of it, and reads as much as may be told to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import SIGNED_IN, Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.incentives import queries
from implementor.incentives.models import IncentivePeriod
from implementor.incentives.services import NotOver, given_now
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people

NEWS = "incentive.awards"
PAGE = "/use/points"


class AnnouncedAlready(Refusal):
    """People heard of it; they are told once."""


@dataclass(frozen=True)
class Told:
    """What everybody may know of the awards of a period.

    `names` agreed to be named. `others` is how many more people were awarded, None where they are too few to be told
    or might be found out; `some` says that there are such.
    """

    names: Sequence[str]
    teams: Sequence[str]
    others: int | None
    some: bool


def declare_news() -> None:
    """What those who take part can hear of."""
    news_kind(NewsKind(NEWS, say("Awards of an incentive that I take part in are given"), SIGNED_IN, by_mail=True,
                       order=46))  # fmt: skip


def announce(session: Session, period: IncentivePeriod, *, by: Actor, at: datetime) -> int:
    """Tell everybody who takes part, once; answers how many. Raises NotOver, AnnouncedAlready."""
    if not period.is_closed:
        raise NotOver(say("Close the period first; its awards are settled then."))
    if period.announced_at is not None:
        raise AnnouncedAlready(say("The awards of %(name)s were announced.", name=period.name))
    period.announced_at = at
    name_action(session, say("Announced the awards of a period"), verb="incentive_period.announce",
                project_id=period.project_id)  # fmt: skip
    session.flush()
    people = session.scalars(queries.people_in(period.id)).all()
    news = News(
        kind=NEWS, key=f"{NEWS}-{period.id}", sentence=say("Awards are given: %(title)s", title=period.name),
        record=RecordRef("incentive_period", period.id), title=period.name, page=PAGE, at=at,
    )  # fmt: skip
    return tell_people(session, people, news)


def told_of(session: Session, period_id: int) -> Told:
    """What may be told of a period's awards to who is not entitled to names."""
    rows = given_now(session.execute(queries.awards_of([period_id])).all())
    people = len(session.scalars(queries.people_in(period_id)).all())
    unnamed = people - (session.scalar(queries.named_among(period_id)) or 0)
    return tell(rows, unnamed)


def tell(rows: Sequence[Any], unnamed: int) -> Told:
    """The same from rows of awards that hold; `unnamed` is how many of those who take part did not agree to be named.

    Where they are fewer than five, to say that some of them are awarded says too much.
    """
    names = [row.name for row in rows if row.IncentiveAward.user_id is not None and row.agreed_at is not None]
    others = sum(row.IncentiveAward.user_id is not None and row.agreed_at is None for row in rows)
    may_say = unnamed >= FEWEST_PEOPLE
    teams = [row.team for row in rows if row.IncentiveAward.team_id is not None]
    return Told(names, teams, others if may_say and others >= FEWEST_PEOPLE else None, may_say and others > 0)
