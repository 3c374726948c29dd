"""Somebody of the CRM who owns nothing, and everything that they can look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import update

from implementor.auth.models import User
from implementor.auth.sessions import open_session
from implementor.configuration.services.access import set_reaches
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation.access import Reach
from implementor.foundation.permissions import SYSTEM, Role
from implementor.web.database import writing_session
from tests.auth.builders import add_person, working
from tests.security.cells import cells_of, unknown_arguments
from tests.security.walking import Walker, text_of

OUTSIDER = "outsider"


def outsider(walker: Walker, role: Role = Role.CRM_MANAGER) -> Walker:
    """The walks of somebody new in the CRM who owns nothing and is in no team."""
    person = add_person(walker.app, "Olga Outside", role, email="outside@example.com", has_password=False)
    with writing_session(walker.app) as session:
        user = session.get_one(User, person.id)
        token = open_session(session, user, at=datetime.now(UTC), remembered=False, user_agent="test", block="1")
        session.commit()
    people = {**walker.world.people, OUTSIDER: person}
    return Walker(walker.app, replace(walker.world, people=people, tokens={**walker.world.tokens, OUTSIDER: token}))


def only_own(app: Flask) -> None:
    """Everybody reaches what is theirs and nothing else."""
    roles = (Role.CRM_USER, Role.CRM_MANAGER)
    owned = [kind for kind, declared in crm_kinds.items() if hasattr(declared.entity.model, "owner_id")]
    with working(app) as session:
        reaches = {(kind, role): (Reach.OWN, Reach.OWN) for kind in owned for role in roles}
        set_reaches(session, reaches, by=SYSTEM, at=datetime.now(UTC))


def give(who: Walker, *kinds: str) -> None:
    """Let the outsider own every record of these kinds."""
    with working(who.app) as session:
        for kind in kinds:
            session.execute(update(crm_kinds[kind].entity.model).values(owner_id=who.world.people[OUTSIDER].id))


def pages(who: Walker) -> Iterator[tuple[str, str]]:
    """(address, all it says) of everything that can be looked at; lists and their files with every column."""
    urls = [
        cell.url(who.app, who.world) for cell in cells_of(who.app) if cell.is_safe and not unknown_arguments(cell)
    ]  # fmt: skip
    for kind, declared in crm_kinds.items():
        columns = ",".join(declared.entity.fields)
        list_url = f"/crm/{declared.plural.replace('_', '-')}?columns={columns}"
        urls += [list_url, f"/lists/{kind}/export.csv?columns={columns}", f"/lookup/{kind}?q=a"]
    for url in urls:
        answer = who.send(OUTSIDER, "GET", url)
        yield f"{url} {answer.status_code}", text_of(answer)
