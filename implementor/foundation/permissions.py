"""Who may do what: roles, permissions declared once, and the actor they are asked of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from implementor.foundation.words import Phrase, say


class Role(StrEnum):
    """The roles of the domain; the first eight are held in a project, the others in the installation."""

    SPONSOR = "sponsor"
    COMMITTEE = "committee"
    PROJECT_LEAD = "project_lead"
    FUNCTIONAL_LEAD = "functional_lead"
    DATA_LEAD = "data_lead"
    CHANGE_LEAD = "change_lead"
    MEMBER = "member"
    VIEWER = "viewer"
    PMO = "pmo"
    ADMIN = "admin"
    CRM_USER = "crm_user"
    CRM_MANAGER = "crm_manager"
    CRM_ADMIN = "crm_admin"
    SIGNED_IN = "signed_in"
    ANYONE = "anyone"
    SYSTEM = "system"


PROJECT_ROLES = tuple(Role)[:8]
INSTALLATION_ROLES = (Role.PMO, Role.ADMIN, Role.CRM_USER, Role.CRM_MANAGER, Role.CRM_ADMIN)
EVERYONE_IN_PROJECT = (*PROJECT_ROLES, Role.PMO)

ROLE_LABELS: dict[Role, Phrase] = {
    Role.SPONSOR: say("Executive sponsor"),
    Role.COMMITTEE: say("Steering committee"),
    Role.PROJECT_LEAD: say("Project lead"),
    Role.FUNCTIONAL_LEAD: say("Functional lead"),
    Role.DATA_LEAD: say("Data lead"),
    Role.CHANGE_LEAD: say("Change lead"),
    Role.MEMBER: say("Team member"),
    Role.VIEWER: say("Viewer"),
    Role.PMO: say("PMO"),
    Role.ADMIN: say("Administrator"),
    Role.CRM_USER: say("CRM user"),
    Role.CRM_MANAGER: say("CRM manager"),
    Role.CRM_ADMIN: say("CRM administrator"),
}


@dataclass(frozen=True)
class Permission:
    """Something that may be done, in words, and the roles that may do it."""

    name: str
    sentence: Phrase
    roles: frozenset[Role]

    @property
    def noun(self) -> str:
        """What it is about, such as the kind of record."""
        return self.name.partition(".")[0]

    @property
    def is_shut(self) -> bool:
        """Whether nobody may do it now, whatever their roles."""
        return any(ask(self) for ask in shut_by)


shut_by: list[Callable[[Permission], bool]] = []
"""What may shut a permission for everybody: `live` shuts those of kinds of record that are switched off."""

declared: dict[str, Permission] = {}


def permission(name: str, sentence: Phrase, *roles: Role) -> Permission:
    """Declare a permission once, as `noun.verb`."""
    if name in declared:
        raise ValueError(f"permission {name} is declared twice")
    declared[name] = Permission(name, sentence, frozenset(roles))
    return declared[name]


ANYONE = permission("anyone", say("Open without signing in"), Role.ANYONE)
NO_ONE = permission("no_one", say("Nothing: what declares no permission stays shut"))
SIGNED_IN = permission("signed_in", say("Use the application"), Role.SIGNED_IN)


@dataclass(frozen=True)
class Actor:
    """The person behind a request or command, with the roles that count where they are now."""

    user_id: int | None
    name: str
    email: str = ""
    roles: frozenset[Role] = frozenset({Role.ANYONE})
    language: str = "en"
    time_zone: str = "UTC"
    theme: str = "system"
    density: str = "comfortable"
    single_keys: bool = True

    @property
    def is_signed_in(self) -> bool:
        return Role.SIGNED_IN in self.roles

    def may(self, wanted: Permission) -> bool:
        """Whether any role held here allows it, and it is not shut for everybody."""
        return not self.roles.isdisjoint(wanted.roles) and not wanted.is_shut

    def with_roles(self, more: Iterable[Role]) -> Actor:
        """The same person where they also hold these roles."""
        return replace(self, roles=self.roles | frozenset(more))


NOBODY = Actor(user_id=None, name="")
SYSTEM = Actor(user_id=None, name="system", roles=frozenset({Role.SYSTEM}))
