"""What can happen to wanted reports: described, drawn as a table, and turned into the stories that bring them about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.discovery import queries
from implementor.discovery.models import ReportDatum, ReportRequirement, RequirementStory
from implementor.discovery.services import refuse_stranger, serve
from implementor.discovery.wanted_catalogue import DATUM
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean, clean_line
from implementor.foundation.values import checked
from implementor.foundation.words import say, say_n
from implementor.history.services import name_action
from implementor.stories.models import Story
from implementor.stories.services import create_story

MOST_COLUMNS, LONGEST_COLUMN = 30, 80
IDENTITY = re.compile(r"[0-9a-f-]{36}")
MOST_DATA = 60
OF_REPORT = "report"
LONGEST_TITLE = 250


class PutAway(Refusal):
    """What is archived is not changed."""


@dataclass(frozen=True)
class ProposedStory:
    """A story that a wanted report asks for; `origin` tells it apart from the others of the report."""

    origin: str
    title: str
    type: str
    reason: str


def create_requirement(
    session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> ReportRequirement:
    """Describe a wanted report. `values` are catalogue values. Raises InvalidInput."""
    refuse_stranger(session, project_id, values.get("owner_id"))
    requirement = ReportRequirement(**values, project_id=project_id, mockup=[])
    session.add(requirement)
    _name(session, requirement, "report.create", say("Described the wanted report %(title)s", title=requirement.title))
    session.flush()
    return requirement


def change_requirement(
    session: Session, requirement: ReportRequirement, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Describe a wanted report anew. Raises InvalidInput."""
    if values.get("owner_id") != requirement.owner_id:
        refuse_stranger(session, requirement.project_id, values.get("owner_id"))
    for name, value in values.items():
        setattr(requirement, name, value)
    _name(session, requirement, "report.change", say("Changed the wanted report %(title)s", title=requirement.title))
    session.flush()


def draw_mockup(session: Session, requirement: ReportRequirement, text: str, *, by: Actor, at: datetime) -> None:
    """Draw the table that is wanted: one column a line, an example behind `=`. Raises InvalidInput."""
    _refuse_put_away(requirement)
    columns = []
    for line in clean(text).splitlines():
        name, _sign, example = (clean_line(part) for part in line.partition("="))
        if not name:
            continue
        if len(name) > LONGEST_COLUMN or len(example) > LONGEST_COLUMN:
            raise InvalidInput({"columns": say("Up to %(longest)s characters, please.", longest=LONGEST_COLUMN)})
        columns.append({"name": name, "example": example})
    if len(columns) > MOST_COLUMNS:
        raise InvalidInput({"columns": say("A table of up to %(most)s columns can be drawn.", most=MOST_COLUMNS)})
    requirement.mockup = columns
    _name(session, requirement, "report.draw", say("Drew the wanted report %(title)s", title=requirement.title))
    session.flush()


def answer(session: Session, requirement: ReportRequirement, uid: str | None, *, by: Actor, at: datetime) -> None:
    """Say by its identity which kept report answers it, also one that a release is still to bring; None for none."""
    _refuse_put_away(requirement)
    if uid is not None and not IDENTITY.fullmatch(uid):
        raise InvalidInput({"uid": say("Choose one of the kept reports.")})
    requirement.report_uid = uid
    said = say("Said which report answers %(title)s", title=requirement.title)
    _name(session, requirement, "report.answer", said)
    session.flush()


def add_datum(
    session: Session, requirement: ReportRequirement, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> ReportDatum:
    """Name a field that the report needs. `values` are typed or stored values. Raises InvalidInput."""
    _refuse_put_away(requirement)
    if len(session.execute(queries.data_of_requirement(requirement_id=requirement.id)).all()) >= MOST_DATA:
        raise InvalidInput({"name": say("A report has up to %(most)s fields.", most=MOST_DATA)})
    stored = checked(DATUM, values)
    refuse_stranger(session, requirement.project_id, stored.get("owner_id"))
    datum = ReportDatum(project_id=requirement.project_id, requirement_id=requirement.id, **stored)
    session.add(datum)
    _name(session, requirement, "report.need", say("Named what %(title)s needs: %(field)s", title=requirement.title,
                                                   field=datum.name))  # fmt: skip
    session.flush()
    return datum


def change_datum(session: Session, datum: ReportDatum, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Say anew where a field comes from and how good it is. Raises InvalidInput."""
    stored = checked(DATUM, values)
    refuse_stranger(session, datum.project_id, stored.get("owner_id"))
    for name, value in stored.items():
        setattr(datum, name, value)
    summary = say("Changed the field %(field)s of a wanted report", field=datum.name)
    name_action(session, summary, verb="report.need", project_id=datum.project_id)
    session.flush()


def proposed_stories(
    requirement: ReportRequirement, data: Sequence[ReportDatum], derived: Sequence[str]
) -> list[ProposedStory]:
    """The stories it asks for that are not `derived` yet: the report, and each field that is not good today."""
    found = []
    if OF_REPORT not in derived:
        title = str(say("Report: %(title)s", title=requirement.title))
        found.append(ProposedStory(OF_REPORT, title[:LONGEST_TITLE], "report", requirement.decision or ""))
    for datum in data:
        if datum.quality == "good" or str(datum.id) in derived:
            continue
        said = {"field": datum.name, "source": datum.source or ""}
        title = str(
            say("Provide %(field)s from %(source)s", **said) if datum.source else say("Provide %(field)s", **said)
        )
        quality = DATUM.fields["quality"].choice(datum.quality)
        reason = str(say("Quality today: %(quality)s", quality=quality.label if quality else datum.quality))
        kind = "integration" if datum.quality == "missing" and datum.source else "data"
        found.append(ProposedStory(str(datum.id), title[:LONGEST_TITLE], kind, reason))
    return found


def derive_stories(
    session: Session, requirement: ReportRequirement, origins: Sequence[str], *, by: Actor, at: datetime
) -> list[Story]:
    """Write the chosen ones of the proposed stories, linked with the report and with its objective; none of them twice.

    Raises InvalidInput where nothing is chosen that is still to be written.
    """
    _refuse_put_away(requirement)
    rows = session.execute(queries.data_of_requirement(requirement_id=requirement.id)).all()
    derived = [row.origin for row in session.execute(queries.stories_of_requirement(requirement_id=requirement.id))]
    proposed = proposed_stories(requirement, [row.ReportDatum for row in rows], derived)
    chosen = [one for one in proposed if one.origin in origins]
    if not chosen:
        raise InvalidInput({"origins": say("Choose at least one story that is not written yet.")})
    made = [_derived(session, requirement, one, by, at) for one in chosen]
    summary = say_n("Derived %(count)s story from %(title)s", "Derived %(count)s stories from %(title)s", len(made),
                    title=requirement.title)  # fmt: skip
    _name(session, requirement, "report.derive", summary)
    session.flush()
    return made


def _derived(session: Session, requirement: ReportRequirement, one: ProposedStory, by: Actor, at: datetime) -> Story:
    values: dict[str, Any] = {"title": one.title, "type": one.type}
    if one.reason:
        values["so_that"] = one.reason[:1000]
    scope = Scope(requirement.project_id, by)
    story = create_story(session, scope, values, by=by, at=at)
    session.flush()
    session.add(
        RequirementStory(
            project_id=requirement.project_id, requirement_id=requirement.id, story_id=story.id, origin=one.origin
        )
    )
    if requirement.objective_id is not None:
        serve(session, story, requirement.objective_id, by=by, at=at)
    return story


def _refuse_put_away(requirement: ReportRequirement) -> None:
    if requirement.is_archived:
        raise PutAway(say("%(title)s is archived. Restore it first.", title=requirement.title))


def _name(session: Session, requirement: ReportRequirement, verb: str, summary: Any) -> None:
    name_action(session, summary, verb=verb, project_id=requirement.project_id)
