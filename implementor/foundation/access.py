"""How far people reach: whose records of a kind a role sees and edits, and which fields it does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from implementor.foundation.permissions import Actor, Role
from implementor.foundation.words import Phrase, say

Verb = Literal["see", "edit"]
ACCESS_ROLES = (Role.CRM_USER, Role.CRM_MANAGER, Role.CRM_ADMIN)
FIXED_ROLE = Role.CRM_ADMIN
"""Reaches everything always, so that no rule can lock everybody out."""


class Reach(StrEnum):
    """Whose records: nobody's, one's own, those of people in one's teams, everybody's."""

    NONE = "none"
    OWN = "own"
    TEAM = "team"
    ALL = "all"

    @property
    def width(self) -> int:
        return _WIDTH[self]


_WIDTH = {reach: width for width, reach in enumerate(Reach)}
REACH_LABELS: Mapping[Reach, Phrase] = {
    Reach.NONE: say("Nothing"), Reach.OWN: say("Own"), Reach.TEAM: say("Team"), Reach.ALL: say("All"),
}  # fmt: skip


@dataclass(frozen=True)
class AccessRule:
    """What one role may do with records of one kind; `hidden` fields are neither seen nor edited."""

    kind: str
    role: Role
    see: Reach = Reach.NONE
    edit: Reach = Reach.NONE
    hidden: frozenset[str] = frozenset()
    read_only: frozenset[str] = frozenset()

    def reach(self, verb: Verb) -> Reach:
        """How far the role goes; nobody edits what they do not see."""
        return self.see if verb == "see" else min(self.see, self.edit, key=_WIDTH.__getitem__)


Defaults = Mapping[Role, tuple[Reach, Reach]]
SHARED: Defaults = {Role.CRM_USER: (Reach.ALL, Reach.TEAM), Role.CRM_MANAGER: (Reach.ALL, Reach.TEAM)}
"""For what everybody must know, such as accounts: all see it, teams edit theirs."""
OWNED: Defaults = {Role.CRM_USER: (Reach.TEAM, Reach.OWN), Role.CRM_MANAGER: (Reach.TEAM, Reach.TEAM)}
"""For what one person answers for, such as opportunities: the team sees it, its owner and their manager edit it."""
TEAMWORK: Defaults = {Role.CRM_USER: (Reach.TEAM, Reach.TEAM), Role.CRM_MANAGER: (Reach.TEAM, Reach.TEAM)}
"""For what goes from hand to hand, such as cases: the team sees and edits it."""
REFERENCE: Defaults = {Role.CRM_USER: (Reach.ALL, Reach.NONE), Role.CRM_MANAGER: (Reach.ALL, Reach.ALL)}
"""For what is looked up, such as products: all see it, managers keep it."""

governed: dict[str, dict[Role, AccessRule]] = {}
"""Kind -> the rule of each role as the program ships it."""


def govern(kind: str, defaults: Defaults) -> None:
    """Put records of a kind under access rules, with the reach (see, edit) that roles begin with."""
    rules = {role: AccessRule(kind, role, see, edit) for role, (see, edit) in defaults.items()}
    governed[kind] = {role: rules.get(role, AccessRule(kind, role)) for role in ACCESS_ROLES}
    governed[kind][FIXED_ROLE] = AccessRule(kind, FIXED_ROLE, Reach.ALL, Reach.ALL)


@dataclass(frozen=True)
class Access:
    """The rules that are live: those that administrators changed, above those that the program ships."""

    changed: Mapping[tuple[str, Role], AccessRule] = field(default_factory=dict)

    def rule(self, kind: str, role: Role) -> AccessRule:
        """The rule of one role; one that reaches nothing for kinds and roles that nobody governs."""
        shipped = governed.get(kind, {}).get(role) or AccessRule(kind, role)
        return shipped if role is FIXED_ROLE else self.changed.get((kind, role), shipped)

    def reach(self, actor: Actor, kind: str, verb: Verb) -> Reach:
        """The widest reach of the roles somebody holds. The system reaches everything; ungoverned kinds nobody."""
        if Role.SYSTEM in actor.roles and kind in governed:
            return Reach.ALL
        reaches = (rule.reach(verb) for rule in self._rules(actor, kind))
        return max(reaches, key=_WIDTH.__getitem__, default=Reach.NONE)

    def may(self, actor: Actor, kind: str, verb: Verb) -> bool:
        """Whether there can be any record of the kind that this person sees or edits."""
        return self.reach(actor, kind, verb) is not Reach.NONE

    def may_see_field(self, actor: Actor, kind: str, name: str) -> bool:
        """Whether a role that sees such records shows this field; ungoverned kinds hide nothing here."""
        if kind not in governed or Role.SYSTEM in actor.roles:
            return True
        return any(rule.see is not Reach.NONE and name not in rule.hidden for rule in self._rules(actor, kind))

    def is_open_field(self, kind: str, name: str) -> bool:
        """Whether every role that sees such records sees this field, so that anybody may read what it says."""
        rules = (self.rule(kind, role) for role in ACCESS_ROLES)
        return all(rule.see is Reach.NONE or name not in rule.hidden for rule in rules)

    def may_edit_field(self, actor: Actor, kind: str, name: str) -> bool:
        """Whether a role that edits such records lets this field be written."""
        if kind not in governed or Role.SYSTEM in actor.roles:
            return True
        return any(
            rule.reach("edit") is not Reach.NONE and name not in rule.hidden | rule.read_only
            for rule in self._rules(actor, kind)
        )

    def _rules(self, actor: Actor, kind: str) -> Iterable[AccessRule]:
        return (self.rule(kind, role) for role in ACCESS_ROLES if role in actor.roles)
