"""Records of other projects in addresses and forms: not found or refused, and nothing changes on either side."""

from __future__ import annotations

import pytest

from implementor.foundation.fields import Kind
from implementor.lists.sheets import sheets
from tests.security.cells import Cell, left_empty, record_of
from tests.security.matrix import walked
from tests.security.walking import Walker, watching
from tests.security.world import FOREIGN, OWN, WATCHED

IN_A_PROJECT = frozenset({
    "attachment_id", "comment_id", "membership_id", "view_id", "link_id", "part_id", "story_id", "story_number",
    "record_id", "run_id", "number", "intervention_id", "champion_id", "member_id", "audience_id", "retrospective_id",
    "lesson_id", "note_id", "retro_action_id", "session_id", "enrolment_id",
})  # fmt: skip
"""Arguments of addresses that name a record of the project the address is in."""
REFUSED = frozenset({400, 403, 404, 409, 422})
PASSED_OVER = ("/bulk",)
"""Addresses whose forms leave out what is not of the project: nothing is selected."""
SEND_FILES = frozenset({"comments.attach", "exchange.create", "releases.read_control_file"})
"""Their bodies name no record, and a file is never equal to another."""
COMPANY_WIDE = frozenset({"area", "programme_id"})
"""References to what all projects share."""

pytestmark = pytest.mark.sqlite_only("the rule is in Python; the composite keys are tested where they are declared")


@pytest.mark.parametrize(("actor", "other"), [("project_lead", FOREIGN), ("project_lead", WATCHED), ("pmo", FOREIGN)])
def test_an_address_in_one_project_finds_no_record_of_another(actor: str, other: str, walker: Walker) -> None:
    faults = []
    for cell in walked(walker.app):
        if "project_key" not in cell.arguments or not cell.arguments & IN_A_PROJECT:
            continue
        place = walker.world.places[other]
        url = cell.url(walker.app, walker.world, of=place, at=walker.world.places[OWN])
        faults += _faults(walker, actor, cell.method, url, cell.body(walker.world, of=place))
    assert faults == []


@pytest.mark.parametrize("other", [FOREIGN, WATCHED])
def test_records_of_every_kind_stay_in_their_project(other: str, walker: Walker) -> None:
    faults = []
    for kind in sheets:
        url = f"/projects/{OWN}/records/{kind}/{record_of(walker.world.places[other], kind)}"
        for method, rest in (("GET", "edit"), ("POST", "edit"), ("POST", "archive"), ("POST", "restore")):
            faults += _faults(walker, "project_lead", method, f"{url}/{rest}", left_empty(kind))
    assert faults == []


@pytest.mark.parametrize(("actor", "other"), [("project_lead", FOREIGN), ("project_lead", WATCHED), ("pmo", FOREIGN)])
def test_a_form_of_one_project_takes_no_record_of_another(actor: str, other: str, walker: Walker) -> None:
    faults = []
    for cell in walked(walker.app):
        for body in _foreign_bodies(cell, walker, other):
            faults += _faults(walker, actor, cell.method, cell.url(walker.app, walker.world), body)
    assert faults == []


def _foreign_bodies(cell: Cell, walker: Walker, other: str) -> list[dict[str, object]]:
    """The cell's body once for each field that names a record, with the other project's record in that field."""
    if cell.is_safe or "project_key" not in cell.arguments or cell.endpoint in SEND_FILES:
        return []
    own = cell.body(walker.world)
    foreign = cell.body(walker.world, of=walker.world.places[other])
    return [{**own, name: foreign[name]} for name in own if name in foreign and own[name] != foreign[name]]


def test_choices_of_the_catalogue_offer_and_take_only_what_is_of_the_project(walker: Walker) -> None:
    place, other, faults = walker.world.places[OWN], walker.world.places[FOREIGN], []
    stranger = walker.world.people["stranger"].id
    foreign = {
        "parent": other.story0, "wave": other.planning, "story_id": other.story0, "wave_id": other.planning,
    }  # fmt: skip
    for kind, sheet in sheets.items():
        for one in sheet.entity.fields.values():
            if one.kind is Kind.REFERENCE and one.editable and one.name not in COMPANY_WIDE:
                url = f"/projects/{OWN}/records/{kind}/{record_of(place, kind)}/fields/{one.name}"
                faults += _faults(walker, "project_lead", "POST", url, {one.name: foreign.get(one.name, stranger)})
    assert faults == []


@pytest.mark.parametrize("number", [10**20, 2**63, 10**18, 0])
def test_numbers_that_no_record_has_are_not_found(number: int, walker: Walker) -> None:
    faults = []
    for cell in walked(walker.app):
        arguments = [name for name in cell.arguments if f"<int:{name}>" in cell.rule]
        for name in arguments:
            url = _with_number(cell, walker, name, number)
            answer = walker.send("pmo", cell.method, url, cell.body(walker.world))
            if answer.status_code not in (403, 404, 405):
                faults.append(f"{cell.method} {url}: {answer.status_code}")
    assert faults == []


def _with_number(cell: Cell, walker: Walker, name: str, number: int) -> str:
    before, _, after = cell.rule.partition(f"<int:{name}>")
    url = f"{before}{number}{after}".replace("<project_key>", OWN).replace("<kind>", cell.kind or "story")
    for each in cell.arguments:
        url = url.replace(f"<int:{each}>", "1").replace(f"<{each}>", "title")
    return url


def _faults(walker: Walker, actor: str, method: str, url: str, body: dict[str, object]) -> list[str]:
    with watching() as writes:
        answer = walker.send(actor, method, url, body)
    said = f"{method} {url} {body} as {actor}: {answer.status_code}"
    if url.endswith(PASSED_OVER):
        return [said] if answer.status_code >= 500 else []
    if answer.status_code not in REFUSED:
        return [said]
    return [f"{said}, yet wrote {writes.beyond_ledger[:2]}"] if writes.beyond_ledger else []
