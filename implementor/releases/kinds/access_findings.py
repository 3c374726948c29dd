"""What an access profile would take from those who work by it: what rules ask of them, and their own records."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from implementor.auth.models import InstallationRole, User
from implementor.foundation import live
from implementor.foundation.access import ACCESS_ROLES, Access, Reach, Verb
from implementor.foundation.fields import entities
from implementor.foundation.permissions import ROLE_LABELS, Actor, Role
from implementor.foundation.shapes import Need
from implementor.foundation.words import Phrase, say_n
from implementor.releases.item_kinds import Finding

NEEDED, UNSEEN, SHUT = "needed_is_shut", "own_unseen", "own_shut"


def shut_needs(kind: str, shut: Iterable[str]) -> list[Finding]:
    """The live rules that ask for a field which the role could no longer fill in; those that stop a record block."""
    names, fields = set(shut), entities[kind].fields
    asking = [one for one in live.present().shape(kind).needs if one.field in names and one.field in fields]
    if not asking:
        return []
    told = ", ".join(f"{fields[one.field].label} ({one.label})" for one in asking)
    text = say_n(
        "%(count)s rule asks for what this role could not fill in: %(fields)s.",
        "%(count)s rules ask for what this role could not fill in: %(fields)s.", len(asking), fields=told,
    )  # fmt: skip
    return [Finding(NEEDED, text, len(asking), blocks=any(_stops(one) for one in asking))]


def roles_shut_out(kind: str, field: str) -> list[Phrase]:
    """The roles that work with records of a kind but cannot write this field."""
    known = live.present().access
    return [
        ROLE_LABELS[role]
        for role in ACCESS_ROLES
        if known.reach(_holding([role]), kind, "edit") is not Reach.NONE
        and not known.may_edit_field(_holding([role]), kind, field)
    ]


def lost_records(session: Session, kind: str, role: Role, wanted: Access) -> list[Finding]:
    """Records whose own owner would no longer see them, or no longer edit them, because of what this role becomes."""
    found = []
    if unseen := _owned_by_losers(session, kind, role, wanted, "see"):
        text = say_n(
            "%(count)s record would no longer be seen by its own owner.",
            "%(count)s records would no longer be seen by their own owners.", unseen,
        )  # fmt: skip
        found.append(Finding(UNSEEN, text, unseen, blocks=True))
    shut = _owned_by_losers(session, kind, role, wanted, "edit")
    if shut > unseen:
        text = say_n(
            "%(count)s record could no longer be edited by its own owner.",
            "%(count)s records could no longer be edited by their own owners.", shut,
        )  # fmt: skip
        found.append(Finding(SHUT, text, shut))
    return found


def _owned_by_losers(session: Session, kind: str, role: Role, wanted: Access, verb: Verb) -> int:
    model = entities[kind].model
    owner = getattr(model, "owner_id", None)
    if owner is None or not _loses([role], kind, wanted, verb):
        return 0
    held = aliased(InstallationRole)
    # whoever also holds a role that reaches such records loses nothing
    keeping = [one.value for one in ACCESS_ROLES if one is not role and not _ends([one], kind, wanted, verb)]
    losers = select(User.id).where(
        exists().where(_holds(InstallationRole, [role.value])), ~exists().where(_holds(held, keeping))
    )
    rows = select(func.count()).select_from(model).where(owner.in_(losers))
    if hasattr(model, "archived_at"):
        rows = rows.where(model.archived_at.is_(None))
    return session.scalar(rows) or 0


def _holds(held: type[InstallationRole], roles: Collection[str]) -> ColumnElement[bool]:
    return and_(held.user_id == User.id, held.revoked_at.is_(None), held.role.in_(roles))


def _loses(roles: Collection[Role], kind: str, wanted: Access, verb: Verb) -> bool:
    return not _ends(roles, kind, live.present().access, verb) and _ends(roles, kind, wanted, verb)


def _ends(roles: Collection[Role], kind: str, access: Access, verb: Verb) -> bool:
    return access.reach(_holding(roles), kind, verb) is Reach.NONE


def _holding(roles: Collection[Role]) -> Actor:
    return Actor(None, "", roles=frozenset(roles))


def _stops(need: Need) -> bool:
    return need.stops(is_new=True) or need.stops(is_new=False)
