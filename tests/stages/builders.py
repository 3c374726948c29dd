"""A rollout by a method with gates, its people in every role that signs, and gates brought as far as a test wants."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.audiences.models import Audience, ChangeImpact
from implementor.calendars.countries import currency_of
from implementor.foundation.permissions import Actor, Role
from implementor.history.services import noting
from implementor.projects.models import Project
from implementor.stages import gate_lines, gate_services
from implementor.stages.gate_finding import look_at_gate
from implementor.stages.gate_look import Look
from implementor.waves.models import Wave
from implementor.web.database import writing_session
from tests.auth.builders import Person, add_person, reading
from tests.discovery.builders import Direction, agreement_in, sign_charter
from tests.finance.builders import Purse
from tests.machinery.pages import Browser
from tests.metrics.builders import PEOPLE, Aim
from tests.projects.builders import add_project, browser_of
from tests.waves.builders import Rollout

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NAMES = {
    Role.SPONSOR: "Silvia Sponsor", Role.COMMITTEE: "Carlos Committee", Role.PROJECT_LEAD: "Lea Lead",
    Role.FUNCTIONAL_LEAD: "Fabio Functional", Role.DATA_LEAD: "Dora Data", Role.CHANGE_LEAD: "Chiara Change",
    Role.MEMBER: "Mara Member", Role.VIEWER: "Viktor Viewer",
}  # fmt: skip


@dataclass
class Gated(Rollout):
    """A project with somebody in every role."""

    people: dict[Role, Person]

    def actor(self, person: Person | None = None) -> Actor:
        """A person (the lead) with the role held here."""
        chosen = person or self.lead
        return chosen.actor.with_roles(role for role, one in self.people.items() if one == chosen)

    def of(self, role: Role) -> Actor:
        """Whoever holds the role."""
        return self.actor(self.people[role])

    def browse(self, role: Role) -> Browser:
        """A browser in which whoever holds the role is signed in."""
        return browser_of(self.app, self.people[role])

    @contextmanager
    def at_gate(self, name: str, role: Role = Role.PROJECT_LEAD, at: datetime = AT) -> Iterator["Deed"]:
        """A committed transaction in which somebody does something at a gate."""
        by = self.of(role)
        with writing_session(self.app) as session, noting(session, by=by, at=at, project_id=self.project_id):
            project = session.get_one(Project, self.project_id)
            yield Deed(session, project, look_at_gate(session, project, name, at=at), {"by": by, "at": at})
            session.commit()

    def look(self, name: str, at: datetime = AT) -> Look:
        """The gate as it stands."""
        with reading(self.app) as session:
            return look_at_gate(session, session.get_one(Project, self.project_id), name, at=at)


@dataclass
class Deed:
    """What a service of gates wants to know."""

    session: Session
    project: Project
    look: Look
    who: dict[str, Any]


def gated(app: Flask, key: str = "VEN", method_key: str = "agile", without: tuple[Role, ...] = ()) -> Gated:
    """A project by a method with gates, somebody in every role but those left out."""
    people = {
        role: add_person(app, f"{name} {key}", email=f"{name.split()[0]}@{key}.example.com".lower(), has_password=False)
        for role, name in NAMES.items()
        if role not in without
    }
    project_id = add_project(app, key, people=list(people.items()), method_key=method_key)
    lead, member, viewer = (people.get(role) for role in (Role.PROJECT_LEAD, Role.MEMBER, Role.VIEWER))
    here = Gated(app, project_id, key, lead, member, viewer, people)  # type: ignore[arg-type]
    give_direction(here)
    return here


def give_direction(here: Gated) -> None:
    """An objective that can be judged, agreement and charter signed, a budget approved, as Visualization asks."""
    there = Direction(Aim(here.app, here.project_id, {who: here.people[role] for who, role in PEOPLE.items()}))
    there.judge(there.objective(), there.aim.metric())
    deal = agreement_in(there)
    deal.sign(deal.marketing, deal.sales)
    sign_charter(there, *(here.of(role) for role in (Role.SPONSOR, Role.PROJECT_LEAD) if role in here.people))
    if Role.SPONSOR in here.people:
        give_money(here)


def give_money(here: Gated) -> None:
    """A budget of one line in the currency of the project, which the sponsor approved."""
    purse = Purse(here.app, here.project_id, here.key, {"lead": here.lead, "sponsor": here.people[Role.SPONSOR]})
    purse.write(purse.line(currency=currency_of("VE")), "planned", {AT.date().replace(day=1): 100})
    purse.approve()


def prepare(here: Gated, name: str, *, at: datetime = AT, tick: bool = True) -> None:
    """Get a gate ready: every line that is ticked is ticked by whoever may."""
    with here.at_gate(name, at=at) as deed:
        gate_services.prepare_gate(deed.session, deed.project, deed.look, **deed.who)
    for line in here.look(name, at).lines if tick else ():
        if not line.is_automatic:
            with here.at_gate(name, Role(line.item.role), at) as deed:
                gate_lines.tick_line(deed.session, deed.look, line.key, evidence="Minutes of 27 February", **deed.who)


def review(here: Gated, name: str, *, at: datetime = AT) -> None:
    """Let the lead propose a gate."""
    with here.at_gate(name, at=at) as deed:
        gate_services.put_into_review(deed.session, deed.look, **deed.who)


def waive(here: Gated, name: str, key: str, *, at: datetime = AT, days: int = 14) -> None:
    """Let the sponsor waive a line."""
    with here.at_gate(name, Role.SPONSOR, at) as deed:
        gate_lines.waive_line(
            deed.session, deed.project, deed.look, key, reason="Supplier late", expires_on=at.date()
            + timedelta(days=days), **deed.who,
        )  # fmt: skip


def sign(here: Gated, name: str, *, at: datetime = AT) -> None:
    """Let everybody sign whose signature is missing."""
    for role in here.look(name, at).unsigned:
        with here.at_gate(name, Role(role), at) as deed:
            gate_services.sign_gate(deed.session, deed.project, deed.look, role=role, **deed.who)


def open_gate(here: Gated, name: str, *, at: datetime = AT) -> None:
    """Let the lead open a gate that is signed."""
    with here.at_gate(name, at=at) as deed:
        gate_services.open_gate(deed.session, deed.project, deed.look, **deed.who)


def rate_change(here: Gated, name: str, at: datetime) -> None:
    """Write down whose work the wave of a gate changes and how they are prepared, where the gate asks for it."""
    if not any(line.key == "impact-known" for line in here.look(name, at).lines):
        return
    with here.at_gate(name, at=at) as deed:
        wave = deed.session.scalars(select(Wave).where(Wave.number == int(name.rpartition("-")[2]))).one()
        audience = Audience(project_id=here.project_id, name=f"People of {name}")
        deed.session.add(audience)
        deed.session.flush()
        deed.session.add(
            ChangeImpact(
                project_id=here.project_id, audience_id=audience.id, wave_id=wave.id, name="Another way of working",
                processes=3, response="Practice in the week before",
            )
        )  # fmt: skip


def pass_gate(here: Gated, name: str, *, at: datetime = AT) -> None:
    """Bring a gate whose computed lines hold from the beginning to its opening."""
    rate_change(here, name, at)
    prepare(here, name, at=at)
    review(here, name, at=at)
    sign(here, name, at=at)
    open_gate(here, name, at=at)
