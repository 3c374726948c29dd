"""People whom a rollout affects stand by name nowhere for those who are not entitled: pages, exports, packs, search."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from implementor.foundation.permissions import SYSTEM, Role
from implementor.history.services import noting
from implementor.projects.people import add_member
from implementor.web.database import writing_session
from tests.security.cells import cells_of
from tests.security.walking import Walker, text_of
from tests.security.world import OWN, canary

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite_only("the conditions are the same on both; their statements run on both elsewhere"),
]
NOW = datetime.now(UTC)
NAMES = (f"Somebody {canary(OWN)}", f"Other {canary(OWN)}")
"""How the people of the world are called."""


@pytest.mark.parametrize("actor", ["member", "project_lead"])
def test_no_address_names_them_to_those_who_are_not_entitled(actor: str, walker: Walker) -> None:
    seen, shown = 0, []
    for cell in cells_of(walker.app):
        if cell.method != "GET":
            continue
        answer = walker.try_cell(actor, cell)
        if answer.status_code == 200:
            seen += 1
            text = text_of(answer)
            shown += [f"{cell.key} names {name}" for name in NAMES if name in text]
    for word in ("Somebody", "Other"):
        text = text_of(walker.send(actor, "GET", f"/search?q={word}"))
        shown += [f"search names {name}" for name in NAMES if name in text]
    assert seen > 150
    assert shown == []


def test_their_change_lead_sees_them(walker: Walker) -> None:
    with writing_session(walker.app) as session, noting(session, by=SYSTEM, at=NOW):
        place, user = walker.world.places[OWN], walker.world.people["member"]
        add_member(session, project_id=place.project_id, user_id=user.id, role=Role.CHANGE_LEAD, by=SYSTEM, at=NOW)
        session.commit()
    text = text_of(walker.send("member", "GET", f"/projects/{OWN}/adoption/affected"))
    assert [name for name in NAMES if name in text] == list(NAMES)
