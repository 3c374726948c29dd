"""The demo world with the few things it lacks, so that every page of the product has something to show."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from implementor.auth.models import Team, User
from implementor.auth.services.people import grant_role
from implementor.calendars.services.opening import CalendarWanted, add_calendar
from implementor.calendars.services.policies import PolicyWanted, add_policy
from implementor.comments.services import add_comment, attach_files
from implementor.comments.storage import FileStore
from implementor.committees.agenda import begin_meeting
from implementor.committees.models import Committee
from implementor.committees.queries.meetings import meeting_in
from implementor.committees.services.meetings import plan_meeting
from implementor.configuration.first_use import bring_in_shipped, speeches
from implementor.configuration.services.custom_fields import add_field
from implementor.configuration.services.field_wishes import FieldWish
from implementor.configuration.snapshots import now_live
from implementor.crm.records import services
from implementor.foundation import live
from implementor.foundation.live import living
from implementor.foundation.permissions import SYSTEM, Actor, Role
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.history.services import noting
from implementor.jobs.services import enqueue
from implementor.lists.services import save_view
from implementor.notifications.services import send_mail
from implementor.projects.models import Project
from implementor.projects.people import add_member
from implementor.stages.method_services import begin_draft
from implementor.stories.models import Story
from implementor.web.database import writing_session
from tests.crm.examples import add_examples
from tests.demo.seeded import seed_once
from tests.journeys import audience_addresses as audiences
from tests.journeys import looking_back_addresses as looking_back
from tests.journeys import training_addresses as training
from tests.security.world_duplicates import duplicates_in

KEY = "VEN"


@dataclass
class World:
    """Who signs in, and the ids that addresses need."""

    email: str
    ids: dict[str, Any] = field(default_factory=dict)


IDS = {
    **looking_back.FOUND,
    **audiences.FOUND,
    **training.FOUND,
    "story": "SELECT min(id) FROM story WHERE project_id = :project",
    "part": "SELECT min(story_id) FROM task WHERE project_id = :project",
    "busy_story": "SELECT number FROM story WHERE project_id = :project AND id = (SELECT max(about_id) FROM comment"
    " WHERE about_kind = 'story' AND project_id = :project)",
    "scorecard": "SELECT max(number) FROM scorecard_edition WHERE project_id = :project",
    "promise": "SELECT min(id) FROM criterion WHERE project_id = :project AND metric_id IS NOT NULL",
    "promising_story": "SELECT s.number FROM criterion c JOIN story s ON s.id = c.story_id"
    " WHERE c.project_id = :project AND c.metric_id IS NOT NULL ORDER BY c.id LIMIT 1",
    "card": "SELECT min(s.number) FROM story s JOIN wave_story ws ON ws.story_id = s.id"
    " JOIN wave w ON w.id = ws.wave_id WHERE s.project_id = :project"
    " AND w.started_at IS NOT NULL AND w.closed_at IS NULL",
    "started": "SELECT number FROM wave WHERE project_id = :project AND started_at IS NOT NULL AND closed_at IS NULL",
    "planned": "SELECT min(number) FROM wave WHERE project_id = :project AND started_at IS NULL",
    "scenario": "SELECT min(id) FROM scenario WHERE project_id = :project AND archived_at IS NULL",
    "dependency": "SELECT min(id) FROM project_dependency WHERE archived_at IS NULL",
    "pack": "SELECT max(id) FROM consolidated_pack",
    "programme": "SELECT programme_id FROM project WHERE id = :project",
    "membership": "SELECT min(id) FROM membership WHERE project_id = :project AND removed_at IS NULL",
    "risk": "SELECT min(number) FROM risk WHERE project_id = :project AND closed_at IS NULL",
    "decision": "SELECT min(number) FROM decision WHERE project_id = :project AND decided_at IS NULL",
    "action": "SELECT min(number) FROM action_item WHERE project_id = :project AND done_at IS NULL",
    "change": "SELECT min(number) FROM change_request WHERE project_id = :project AND answer IS NULL",
    "obstacle": "SELECT min(number) FROM obstacle WHERE project_id = :project AND resolved_at IS NULL",
    "comment": "SELECT max(id) FROM comment WHERE project_id = :project AND created_by_id = :user",
    "job": "SELECT max(id) FROM job",
    "message": "SELECT max(id) FROM outbox_message",
    "migration": "SELECT min(id) FROM migration_run WHERE project_id = :project AND signed_at IS NULL",
    "migration_figure": "SELECT min(f.id) FROM migration_figure f JOIN migration_run r ON r.id = f.run_id"
    " WHERE r.project_id = :project AND r.signed_at IS NULL",
    "config_item": "SELECT min(id) FROM config_item WHERE project_id = :project AND state = 'draft'",
    "objective": "SELECT min(id) FROM objective WHERE project_id = :project AND archived_at IS NULL",
    "metric": "SELECT min(metric_id) FROM measurement WHERE project_id = :project",
    "counted_metric": "SELECT min(id) FROM metric WHERE project_id = :project AND definition ->> 'how' = 'query'",
    "measurement": "SELECT min(id) FROM measurement WHERE metric_id = (SELECT min(metric_id) FROM measurement"
    " WHERE project_id = :project)",
    "report": "SELECT min(id) FROM report_requirement WHERE project_id = :project AND archived_at IS NULL",
    "agreement": "SELECT min(id) FROM service_agreement WHERE project_id = :project AND signed_at IS NOT NULL",
    "status_report": "SELECT max(number) FROM status_report WHERE project_id = :project AND issued_at IS NOT NULL",
    "status_draft": "SELECT max(number) FROM status_report WHERE project_id = :project AND issued_at IS NULL",
    "assessment": "SELECT max(id) FROM assessment WHERE project_id = :project",
    "staffing_need": "SELECT min(id) FROM staffing_need WHERE project_id = :project",
    "swot_item": "SELECT min(id) FROM swot_item WHERE project_id = :project",
    "charter": "SELECT max(id) FROM charter WHERE project_id = :project",
    "budget_line": "SELECT min(id) FROM budget_line WHERE project_id = :project AND archived_at IS NULL",
    "contract": "SELECT min(id) FROM contract WHERE project_id = :project AND archived_at IS NULL",
    "committee": "SELECT min(id) FROM committee WHERE project_id = :project",
    "programme_committee": "SELECT min(id) FROM committee WHERE programme_id IS NOT NULL AND :project > 0",
    "programme_meeting": "SELECT min(id) FROM meeting WHERE project_id IS NULL AND :project > 0",
    "seat": "SELECT min(id) FROM committee_member WHERE project_id = :project",
    "meeting": "SELECT max(id) FROM meeting WHERE project_id = :project AND begun_at IS NULL",
    "running_meeting": "SELECT max(id) FROM meeting WHERE project_id = :project AND begun_at IS NOT NULL"
    " AND closed_at IS NULL",
    "release": "SELECT min(number) FROM config_release WHERE project_id = :project",
    "released_wave": "SELECT w.number FROM wave w JOIN config_release r ON r.wave_id = w.id"
    " WHERE r.project_id = :project ORDER BY r.id LIMIT 1",
    "coming_item": "SELECT max(i.id) FROM config_item i JOIN release_operation o ON o.story_id = i.story_id"
    " WHERE i.project_id = :project AND i.state = 'draft'",
    "area": "SELECT max(id) FROM area",
    "calendar": "SELECT min(id) FROM business_calendar",
    "policy": "SELECT min(id) FROM sla_policy",
    "own_field": "SELECT min(id) FROM custom_field WHERE kind = 'account'",
    "own_field_key": "SELECT min(key) FROM custom_field WHERE kind = 'account' AND archived_at IS NULL",
    "required_rule": "SELECT min(id) FROM required_rule",
    "assignment_rule": "SELECT min(id) FROM assignment_rule",
    "automation_rule": "SELECT min(id) FROM automation_rule",
    "message_template": "SELECT min(id) FROM message_template",
    "saved_report": "SELECT min(id) FROM saved_report",
    "picklist": "SELECT min(id) FROM picklist",
    "picklist_value": "SELECT min(id) FROM picklist_value WHERE picklist_id = (SELECT min(id) FROM picklist)",
    "pipeline": "SELECT min(id) FROM pipeline",
    "pipeline_stage": "SELECT min(id) FROM pipeline_stage WHERE pipeline_id = (SELECT min(id) FROM pipeline)",
    "team": "SELECT max(id) FROM team",
    "seller": "SELECT min(user_id) FROM adoption_person_day WHERE team_id IS NOT NULL",
    "team_of_sellers": "SELECT team_id FROM adoption_person_day WHERE user_id ="
    " (SELECT min(user_id) FROM adoption_person_day WHERE team_id IS NOT NULL)",
    "intervention": "SELECT max(id) FROM intervention WHERE project_id = :project",
}
"""Name of an id in an address -> how it is found in the project VEN."""


def fill(app: Flask, workshop: Any) -> World:
    """Fill the worker's SQLite database; the person of the PMO may see every page."""
    seed_once(app, workshop)
    now = datetime.now(UTC)
    with writing_session(app) as session:
        user = session.scalars(select(User).where(User.email.startswith("pilar"))).one()
        with noting(session, by=SYSTEM, at=now):
            for role in (Role.ADMIN, Role.CRM_ADMIN):
                grant_role(session, user, role=role, by=SYSTEM, at=now)
            sponsored = _project_id(session)
            for role in (Role.SPONSOR, Role.CHANGE_LEAD):
                add_member(session, project_id=sponsored, user_id=user.id, role=role, by=SYSTEM, at=now)
            session.execute(update(Team).values(manager_id=user.id))
        by = Actor(user.id, user.name, user.email)
        with noting(session, by=by, at=now, project_id=_project_id(session)):
            _add_missing(session, app, by, now)
        with noting(session, by=by, at=now), living(now_live(session)):
            records = _add_records(session, by, now)
            duplicates = duplicates_in(session, by.with_roles([Role.CRM_ADMIN]), now, "Iberia")
        session.flush()
        values = {"project": _project_id(session), "user": user.id}
        ids = {name: session.scalar(text(query), values) for name, query in IDS.items()}
        session.commit()
    return World(by.email, {**records, **ids, **duplicates, "user": values["user"]})


def reads(app: Flask, world: World, language: str) -> None:
    """The person who signs in reads this language."""
    with writing_session(app) as session:
        session.execute(update(User).where(User.id == world.ids["user"]).values(language=language))
        session.commit()


def _add_records(session: Session, by: Actor, now: datetime) -> dict[str, int]:
    """A record of each kind of the CRM, and what another system calls one; their ids by kind."""
    if not live.present().pipelines:
        bring_in_shipped(session, at=now)
        live.put(now_live(session))
    made = add_examples(session, by.with_roles([Role.CRM_ADMIN]), now, "Andina")
    services.name_elsewhere(session, "account", made["account"], system="ERP", value="C-4711")
    return made


def _project_id(session: Session) -> int:
    return session.scalars(select(Project.id).where(Project.key == KEY)).one()


def _add_missing(session: Session, app: Flask, by: Actor, now: datetime) -> None:
    """What the demo world leaves out: a file, a saved view, a job, a mail, a calendar, a draft and a comment."""
    project_id = _project_id(session)
    story_id = session.scalars(select(func.min(Story.id)).where(Story.project_id == project_id)).one()
    about: dict[str, Any] = {"about": RecordRef("story", story_id), "project_id": project_id, "by": by, "at": now}
    file = FileStore(app.extensions["implementor_settings"].var_dir / "files").put("acta.txt", io.BytesIO(b"Acta"))
    attach_files(session, files=[file], **about)
    add_comment(session, body="The list is *complete* since Monday.", **about)
    del about["about"]
    save_view(session, kind="story", name="By title", address="sort=title", shared=True, **about)
    enqueue(session, "lists.change_selection", arguments={}, title=say("Change stories"), **about)
    week = (*(((540, 1080),),) * 5, (), ())
    desk = add_calendar(session, CalendarWanted("Service desk", "America/Caracas", week, "VE"), by=by, at=now)
    usual = PolicyWanted("Usual", desk.id, {"normal": {"first_response": 240, "resolution": 2400}})
    add_policy(session, "case", usual, by=by, at=now)
    begin_draft(session, "agile", by=by, at=now)
    add_field(session, "account", FieldWish("whole", "Docks", "Muelles"), speeches=speeches(), by=by, at=now)
    _add_running_meeting(session, project_id, by, now)
    send_mail(session, by.email, say("News of today"), ["Text"], language="en", at=now)


def _add_running_meeting(session: Session, project_id: int, by: Actor, now: datetime) -> None:
    """A meeting that was begun and is not over."""
    committee = session.scalars(select(Committee).where(Committee.project_id == project_id)).one()
    made = plan_meeting(session, committee, {"starts_at": now, "title": "Reunión extraordinaria"}, by=by, at=now)
    meeting = session.scalars(meeting_in(project_id=project_id, meeting_id=made.id)).one()
    begin_meeting(session, session.get_one(Project, project_id), meeting, by=by, at=now)
