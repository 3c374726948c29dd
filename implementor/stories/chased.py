"""What of stories a project office runs after: tests to sign, questions to answer, deliverables, work without news."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from implementor.foundation.model import Rows
from implementor.foundation.words import say
from implementor.governance.chasing import Chased, chased_kind
from implementor.governance.queries.silence import open_rows_of
from implementor.stories import permissions
from implementor.stories.models import Story
from implementor.stories.part_models import Milestone, OpenMatter, UserTest
from implementor.stories.statuses import OVER

UNDER_WAY = ("doing", "review")
WITHOUT_NEWS = timedelta(days=7)


def unsigned_tests(_day: date) -> Rows:
    """User tests that nobody signed, of stories in review: nothing but the area's word is missing."""
    return (
        select(
            UserTest.id, UserTest.project_id, Story.id.label("record_id"), Story.number.label("link"), UserTest.title,
            Story.owner_id, UserTest.created_at.label("due_on"),
        )
        .join(Story, Story.id == UserTest.story_id)
        .where(UserTest.signed_at.is_(None), UserTest.archived_at.is_(None), Story.archived_at.is_(None))
        .where(Story.status == "review")
    )  # fmt: skip


def late_matters(day: date) -> Rows:
    """Open matters past their day, of stories that are not over."""
    return (
        select(
            OpenMatter.id, OpenMatter.project_id, Story.id.label("record_id"), Story.number.label("link"),
            OpenMatter.question.label("title"), func.coalesce(OpenMatter.answerer_id, Story.owner_id).label("owner_id"),
            OpenMatter.due_on,
        )
        .join(Story, Story.id == OpenMatter.story_id)
        .where(OpenMatter.answered_at.is_(None), OpenMatter.due_on < day, OpenMatter.archived_at.is_(None))
        .where(Story.archived_at.is_(None), Story.status.not_in(OVER))
    )  # fmt: skip


def slipping(day: date) -> ColumnElement[bool]:
    """Not reached, and past its promise or expected after it."""
    expected_late = and_(Milestone.forecast_on.is_not(None), Milestone.forecast_on > Milestone.promised_on)
    return and_(
        Milestone.reached_on.is_(None),
        Milestone.archived_at.is_(None),
        or_(Milestone.promised_on < day, Milestone.forecast_on < day, expected_late),
    )


def slipping_milestones(day: date) -> Rows:
    """Deliverables, own or of suppliers, that slip; whoever wrote one down follows it up."""
    return select(
        Milestone.id, Milestone.project_id, Milestone.id.label("record_id"), Milestone.id.label("link"),
        Milestone.title, Milestone.created_by_id.label("owner_id"),
        func.coalesce(Milestone.promised_on, Milestone.forecast_on).label("due_on"),
    ).where(slipping(day))  # fmt: skip


def without_news(day: date) -> Rows:
    """Stories under way that nobody changed or talked about for a week."""
    found = open_rows_of(Story, Story.title, Story.status.in_(UNDER_WAY))().subquery()
    since = datetime(day.year, day.month, day.day, tzinfo=UTC) - WITHOUT_NEWS
    return select(
        found.c.id, found.c.project_id, found.c.id.label("record_id"), found.c.number.label("link"), found.c.title,
        found.c.owner_id, found.c.moved_at.label("due_on"),
    ).where(found.c.moved_at <= since)  # fmt: skip


def let_chase() -> None:
    """Fill the registry of the chase list; doing it twice changes nothing."""
    chased_kind(
        Chased("user_test", say("User tests to sign"), say("please run the user test and sign it"), unsigned_tests,
               "story", "stories.show", permissions.VIEW)
    )  # fmt: skip
    chased_kind(
        Chased("open_matter", say("Open matters past their day"), say("please answer the open question"), late_matters,
               "story", "stories.show", permissions.VIEW)
    )  # fmt: skip
    chased_kind(
        Chased("milestone", say("Deliverables that slip"), say("please say when the deliverable comes"),
               slipping_milestones, "milestone", "stories.milestones", permissions.VIEW, argument=None)
    )  # fmt: skip
    chased_kind(
        Chased("update", say("Work without news for a week"), say("please say how the story stands"), without_news,
               "story", "stories.show", permissions.VIEW)
    )  # fmt: skip
