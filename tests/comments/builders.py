"""Stories with comments and files, for tests of what people say about records."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from implementor.comments.services import Origin, add_comment
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import EVERYONE_IN_PROJECT, SYSTEM, Actor, Role
from implementor.foundation.records import RecordRef
from implementor.stories.models import Story
from implementor.stories.services import create_story
from tests.auth.builders import Person, working

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


def add_story(app: Flask, project_id: int, title: str = "Approve quotes", **values: Any) -> Story:
    """A story of a project, loaded."""
    by = Actor(None, "system", roles=frozenset({Role.SYSTEM, *EVERYONE_IN_PROJECT}))
    with working(app) as session:
        story = create_story(session, Scope(project_id, by), {"title": title, **values}, by=SYSTEM, at=NOW)
        session.flush()
        session.refresh(story)
        session.expunge(story)
        return story


def comment_on(app: Flask, story: Story, body: str, by: Person, origin: Origin | None = None) -> int:
    """Something that was said about a story; returns the comment's id."""
    about = RecordRef("story", story.id)
    with working(app, by.actor) as session:
        return add_comment(
            session, about=about, project_id=story.project_id, body=body, by=by.actor, at=NOW, origin=origin
        ).id


def package_of(entries: Mapping[str, bytes]) -> bytes:
    """A zip archive with these entries."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return packed.getvalue()


def upload(name: str, content: bytes = PNG) -> tuple[io.BytesIO, str]:
    """A chosen file, as the test client sends it."""
    return io.BytesIO(content), name
