"""A service level that a story changes: whoever releases it says whether what runs keeps its times."""

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.calendars.models import SlaPolicy
from implementor.foundation.permissions import SYSTEM
from implementor.releases.item_kinds import item_kinds
from implementor.releases.item_services import drawn_up
from implementor.releases.setting_kinds import Wish, setting_kind
from tests.auth.builders import reading, working
from tests.crm.cases.desk import MONDAY, desk, local
from tests.releases.test_item_kinds import drawn, targets

KIND = "service_level"


@pytest.mark.parametrize(
    ("choice", "due"), [("keep", local(2026, 3, 2, 17)), ("recount", local(2026, 3, 2, 11))], ids=str
)
def test_what_runs_keeps_its_time_or_counts_by_the_new_terms(app: Flask, choice: str, due: object) -> None:
    here = desk(app)
    case_id = here.open(priority="high")
    was = here.case(case_id).due_at
    ((uid, _name),) = targets(app, KIND)
    with reading(app) as session:
        shown = setting_kind(KIND).values(item_kinds[KIND].live(session, uid))  # type: ignore[union-attr, arg-type]
        asked = {**shown, "target_high_first_response": "", "target_high_resolution": "1 h"}
        operation = drawn_up(session, Wish(KIND, "change", uid, asked))[1]
        (finding,) = item_kinds[KIND].findings(session, operation)
    assert (finding.blocks, [key for key, _label in finding.choices]) == (True, ["keep", "recount"])
    operation.answers[finding.code] = choice  # type: ignore[index]
    with here.working("crm_admin", at=MONDAY) as session:
        item_kinds[KIND].apply(session, operation, by=SYSTEM, at=MONDAY)
    assert here.case(case_id).due_at == (was if choice == "keep" else due)
    with here.working("crm_admin", at=MONDAY) as session:
        item_kinds[KIND].revert(session, operation, (), by=SYSTEM, at=MONDAY)
    assert here.case(case_id).due_at == was


def test_without_opening_hours_the_dry_run_says_what_is_missing(app: Flask) -> None:
    names = {"label_en": "Usual", "label_es": "Habitual"}
    operation = drawn(app, Wish(KIND, "add", None, {"kind": "case", "target_low_resolution": "2", **names}))
    with reading(app) as session:
        (finding,) = item_kinds[KIND].findings(session, operation)
    assert (finding.code, finding.blocks) == ("no_opening_hours", True)


def test_retiring_says_how_many_promises_go_on(app: Flask) -> None:
    here = desk(app)
    here.open(priority="high")
    ((uid, _name),) = targets(app, KIND)
    operation = drawn(app, Wish(KIND, "retire", uid))
    with working(app) as session:
        (finding,) = item_kinds[KIND].findings(session, operation)
        item_kinds[KIND].apply(session, operation, by=SYSTEM, at=MONDAY)
        policy = session.scalars(select(SlaPolicy)).one()
        assert policy.is_archived
        assert not finding.blocks
        assert not finding.choices
