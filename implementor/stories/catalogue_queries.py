"""What the catalogue of stories asks the database: the choices of its references, and the stories a filter means."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, String, and_, cast, or_, select, true, union

from implementor.auth.models import Area, User
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.text import folded, whole_number
from implementor.projects.models import Membership
from implementor.stories.models import Story, StoryTag

NAMED = re.compile(r"(?:[A-Za-z][A-Za-z0-9]{1,9}-)?([0-9]+)")


def people_of_project(scope: Scope) -> Rows:
    """The people who have a role in the project now."""
    return (
        select(User.id, User.name)
        .where(
            User.id.in_(
                select(Membership.user_id).where(
                    Membership.project_id == scope.project_id, Membership.removed_at.is_(None)
                )
            ),
            User.disabled_at.is_(None),
        )
        .order_by(User.name, User.id)
    )


def areas_in_use(_scope: Scope) -> Rows:
    """The areas of the company."""
    return select(Area.id, Area.name).where(Area.archived_at.is_(None)).order_by(Area.name, Area.id)


def possible_parents(scope: Scope) -> Rows:
    """The stories that have others below them, and the newest ones."""
    newest = select(Story.id).where(Story.project_id == scope.project_id, Story.archived_at.is_(None))
    parents = select(Story.parent_id).where(Story.project_id == scope.project_id, Story.parent_id.is_not(None))
    first = newest.order_by(Story.number.desc()).limit(100).subquery()
    # one set of ids: of two that are joined by "or", PostgreSQL would read every story of the project
    ids = union(select(first.c.id), parents)
    return (
        select(Story.id, (cast(Story.number, String) + " " + Story.title).label("label"))
        .where(Story.project_id == scope.project_id, Story.id.in_(ids))
        .order_by(Story.number.desc())
    )


def has_any_tag(values: list[str], scope: Scope) -> ColumnElement[bool]:
    """Stories that carry one of these tags, or none at all."""
    of_story = select(StoryTag.story_id).where(StoryTag.project_id == scope.project_id)
    keys = [folded(value) for value in values if value != "none"]
    ways = [Story.id.in_(of_story.where(StoryTag.tag_key.in_(keys)))]
    if "none" in values:
        ways.append(Story.id.not_in(of_story))
    return or_(*ways)


def has_words(words: str) -> ColumnElement[bool]:
    """Stories whose number is this, or whose title has every word."""
    named = NAMED.fullmatch(words.strip())
    number = whole_number(named[1]) if named else None
    if number is not None:
        return Story.number == number
    return and_(true(), *(Story.title_key.contains(word, autoescape=True) for word in folded(words).split()))
