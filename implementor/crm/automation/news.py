"""Telling who sets up the CRM that a rule broke, once a day, and that it was stopped."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.automation import queries
from implementor.automation.models import AutomationRule
from implementor.configuration.permissions import CONFIGURE
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people

NEWS = "automation.broken"


def declare_news() -> None:
    """What administrators of the CRM can hear of."""
    news_kind(NewsKind(NEWS, say("A rule breaks"), CONFIGURE, order=60))


def tell_of_broken(session: Session, rule: AutomationRule, fault: Phrase, *, is_stopped: bool, at: datetime) -> None:
    """Let administrators of the CRM hear why a rule broke."""
    broke = say("The rule %(rule)s broke: %(reason)s", rule=rule.label, reason=fault)
    stopped = say("The rule %(rule)s broke too often and was stopped: %(reason)s", rule=rule.label, reason=fault)
    news = News(
        kind=NEWS,
        key=f"{NEWS}-{rule.id}-{at:%Y%m%d}-{'stopped' if is_stopped else 'broke'}",
        sentence=stopped if is_stopped else broke,
        record=RecordRef("automation_rule", rule.id),
        title=str(rule.label),
        page=f"/settings/automation/{rule.id}/runs",
        at=at,
    )
    tell_people(session, session.scalars(queries.administrators()), news)
