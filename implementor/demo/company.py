"""The company of the demo world: its people, areas and teams. All names are invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.auth.services import areas, people, teams
from implementor.demo.play import Play
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.words import Phrase, say

COMPANY, DOMAIN, COUNTRY, TIME_ZONE = "Cumbrelia", "cumbrelia.example", "CO", "America/Bogota"
STRANGER = "stranger"
FOUNDED = 382
"""How many days ago the first people came in."""


@dataclass(frozen=True)
class Person:
    """Somebody of the company; `shown_as` is the line under which their sign-in is printed."""

    key: str
    name: str
    roles: tuple[Role, ...] = ()
    shown_as: Phrase | None = None
    language: str = "es"

    @property
    def email(self) -> str:
        """First and second name without accents, as the company writes addresses."""
        first, second = self.name.split()[:2]
        return f"{first}.{second}@{DOMAIN}".lower().translate(str.maketrans("áéíóúüñ", "aeiouun"))


PEOPLE = (
    Person("pmo", "Pilar Montoya", (Role.PMO,), say("PMO")),
    Person("sponsor", "Esteban Patiño", (), say("Executive sponsor")),
    Person("lead", "Lucía Perdomo", (), say("Project lead")),
    Person("functional", "Fernando Leal", (Role.CRM_MANAGER,), say("Functional lead")),
    Person("data", "Diana Lozano", (Role.CRM_ADMIN,), say("Data lead"), "en"),
    Person("change", "Camila Luna", (), say("Change lead")),
    Person("seller", "Samuel Ortega", (Role.CRM_USER,), say("Seller")),
    Person(STRANGER, "Úrsula Escobar", (), say("Stranger to every project")),
    Person("admin", "Adrián Mejía", (Role.ADMIN,), say("Administrator")),
    Person("committee", "Catalina Ocampo"),
    Person("service_lead", "Sergio Lemos", (Role.CRM_MANAGER,)),
    Person("analyst", "Mateo Díaz"),
    Person("developer", "Valentina Cruz", (), None, "en"),
    Person("trainer", "Tomás Arce"),
    Person("finance", "Elena Quiroga"),
    Person("rep_north", "Marcela Rincón", (Role.CRM_USER,)),
    Person("rep_south", "Julián Bedoya", (Role.CRM_USER,)),
    Person("marketer", "Paola Giraldo", (Role.CRM_USER,)),
    Person("technician", "Wilson Barrera", (Role.CRM_USER,)),
)
AREAS = {
    "Dirección": "sponsor", "Ventas": "functional", "Mercadeo": "committee", "Servicio": "service_lead",
    "Finanzas": "finance", "Tecnología": "data", "Personas": "change",
}  # fmt: skip
"""Areas with the person at the head of each; all stand below the first."""
TEAMS = {
    "Zona norte": ("Ventas", "functional", ("seller", "rep_north", "analyst")),
    "Zona sur": ("Ventas", "functional", ("rep_south", "trainer")),
    "Generación de demanda": ("Mercadeo", "functional", ("marketer", "seller", "rep_north", "rep_south")),
    "Equipo CRM": ("Tecnología", "data", ("analyst", "developer")),
    "Técnicos de campo": ("Servicio", "service_lead", ("service_lead", "technician")),
}
"""Teams with area, manager and members."""


def found_company(play: Play, passwords: Mapping[str, str]) -> None:
    """Plan the first day: people come in, then areas and teams are drawn up."""

    def settle(session: Session, by: Actor, at: datetime) -> None:
        for person in PEOPLE:
            _let_in(session, play, person, passwords[person.key], by, at)

    play.plan(FOUNDED, "system", settle)
    play.plan(FOUNDED - 0.4, "admin", lambda session, by, at: _draw_up_areas(session, play, by, at))
    play.plan(FOUNDED - 0.5, "admin", lambda session, by, at: _draw_up_teams(session, play, by, at))


def _let_in(session: Session, play: Play, person: Person, password: str, by: Actor, at: datetime) -> None:
    user = people.add_user(
        session, name=person.name, email=person.email, roles=person.roles, language=person.language,
        time_zone=TIME_ZONE, password=password, by=by, at=at,
    )  # fmt: skip
    roles = frozenset({Role.ANYONE, Role.SIGNED_IN, *person.roles})
    play.actors[person.key] = Actor(user.id, user.name, user.email, roles, user.language, TIME_ZONE)


def _draw_up_areas(session: Session, play: Play, by: Actor, at: datetime) -> None:
    top = None
    for name, head in AREAS.items():
        area = areas.add_area(session, name=name, parent_id=top, head_id=play.actors[head].user_id, by=by, at=at)
        top = top or area.id
        play.areas[name] = area.id


def _draw_up_teams(session: Session, play: Play, by: Actor, at: datetime) -> None:
    for name, (area, manager, members) in TEAMS.items():
        manager_id = play.actors[manager].user_id
        team = teams.add_team(session, name=name, area_id=play.areas[area], manager_id=manager_id, by=by, at=at)
        for member in members:
            user = people.find_active(session, play.actors[member].email)
            if user is not None:
                teams.add_member(session, team, user, by=by, at=at)


def with_project_role(play: Play, key: str, role: Role) -> None:
    """Let somebody act with a role from now on."""
    play.actors[key] = replace(play.actors[key], roles=play.actors[key].roles | {role})
