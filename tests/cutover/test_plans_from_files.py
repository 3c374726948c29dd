"""Plans of going live from files: rows in any order, owners by address, no circles, the way back, the round trip."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from implementor.cutover import services
from implementor.cutover.fitting import Brought, unfit
from implementor.cutover.models import CutoverStep
from implementor.projects.models import Membership
from tests.audiences.builders import AT, Affected, affected
from tests.auth.builders import reading
from tests.exchange.registers import Register, became

PLACE = "/projects/VEN/going-live"
HEAD = "Step no;Task;Wave;Responsible;Depends on;Not before;Minutes;Point of no return;Rollback\n"
PLAN = (
    HEAD + "3;Let people in;first;lead@ven.example;2 1;;10;yes;\n"
    "1;Freeze the old system;First;Member Ven <MEMBER@ven.example>;;2026-03-10 09:00;30;no;Unlock it.\n"
    "2;Load accounts;1;;1;;60;;Empty the tables.\n"
)


@pytest.fixture
def here(app: Flask) -> Affected:
    """A project with the wave First."""
    found = affected(app)
    found.wave(name="First")
    return found


@pytest.fixture
def register(here: Affected, tmp_path: Path) -> Register:
    """Plans of going live of the project."""
    return Register(here.app, here.project_id, here.by(), "cutover_step", tmp_path)


def steps(here: Affected) -> dict[int, CutoverStep]:
    """Steps in use by number."""
    with reading(here.app) as session:
        found = session.scalars(select(CutoverStep).where(CutoverStep.archived_at.is_(None)))
        return {one.number: one for one in found}


def waits(here: Affected) -> dict[int, str]:
    return {number: step.after for number, step in sorted(steps(here).items())}


@pytest.mark.parametrize(
    ("present", "rows", "refused"),
    [
        ({}, [(1, (2,)), (2, ())], set()),
        ({1: ()}, [(2, (1, 9))], {2}),
        ({}, [(1, (9,)), (2, (1,)), (3, (2,)), (4, ())], {1, 2, 3}),
        ({1: (), 2: (1,)}, [(1, (2,)), (2, ())], set()),
        ({1: (), 2: (1,), 3: (2,)}, [(1, (3,)), (4, (1,))], {1}),
        ({}, [(1, (2,)), (2, (1,)), (3, (1,)), (4, ())], {1, 2, 3}),
        ({}, [(1, (1,)), (2, ())], {1}),
        ({1: ()}, [(1, ()), (1, ())], {1}),
    ],
)
def test_what_does_not_fit_is_refused_with_all_that_waits_for_it(
    present: dict[int, tuple[int, ...]], rows: list[tuple[int, tuple[int, ...]]], refused: set[int]
) -> None:
    brought = [Brought(row, *each) for row, each in enumerate(rows)]
    assert {rows[row][0] for row in unfit(present, brought)} == refused


def test_a_plan_comes_in_with_rows_in_any_order_and_again_changes_nothing(here: Affected, register: Register) -> None:
    path = register.file(PLAN)
    assert register.refusals(path) == []
    assert steps(here) == {}
    assert became(register.bring(path)) == (3, 0, 0, 0)
    assert waits(here) == {1: "", 2: "1", 3: "1, 2"}
    first, _second, third = (steps(here)[number] for number in (1, 2, 3))
    assert (first.owner_id, third.owner_id) == (here.people["member"].id, here.people["lead"].id)
    assert (first.starts_at, first.minutes, first.way_back) == (
        datetime(2026, 3, 10, 9, 0, tzinfo=UTC),
        30,
        "Unlock it.",
    )
    assert (first.point_of_no_return, third.point_of_no_return) == (False, True)
    assert became(register.bring(path)) == (0, 0, 3, 0)


def test_the_other_way_round_in_one_file_is_no_circle_and_all_of_it_is_taken_back(
    here: Affected, register: Register
) -> None:
    register.bring(register.file(PLAN))
    rows = "2;Load accounts;First;;;;45;;\n1;Freeze the old system;First;;2,4;;30;;Unlock it.\n"
    path = register.file(HEAD + rows + "4;Tell people;First;;;;5;;\n", "turned.csv")
    kept = [(row, why) for row, _value, why in register.refusals(path)]  # an empty cell leaves what stands there
    assert kept == [(row, "These steps would wait for each other in a circle: 1, 2.") for row in (2, 3)]
    run = register.bring(path, clears=True)
    assert became(run) == (1, 2, 0, 0)
    assert waits(here) == {1: "2, 4", 2: "", 3: "1, 2", 4: ""}
    undone = register.take_back(run)
    assert (undone.restored, undone.kept) == (3, [])
    assert waits(here) == {1: "", 2: "1", 3: "1, 2"}
    assert (steps(here)[2].minutes, steps(here)[2].way_back) == (60, "Empty the tables.")


def test_each_row_that_cannot_be_taken_says_why(here: Affected, register: Register) -> None:
    register.bring(register.file(PLAN))
    with here.working("lead") as session:
        one = session.get_one(CutoverStep, steps(here)[1].id)
        services.begin(session, one, by=here.by("lead"), at=AT)
    path = register.file(HEAD + (
        "1;Freeze the old system;First;;;;45;;\n"
        "4;By a name;First;Member Ven;;;5;;\n"
        "5;By nobody;First;nobody@ven.example;;;5;;\n"
        "6;Somewhere;Ninth;;;;5;;\n"
        "7;After what is refused;First;;5;;5;;\n"
        "8;After nothing;First;;99;;5;;\n"
        "9;In words;First;;the first;;5;;\n"
        "10;Twice;First;;;;5;;\n"
        "10;Twice otherwise;1;;;;5;;\n"
        "11;Without minutes;First;;;;;;\n"
        "12;Fine;First;change@ven.example;10;;5;;\n"
    ), "wrong.csv")  # fmt: skip
    nobody = "Nobody in the project has this address. Nobody is found by a name."
    assert [(row, why) for row, _value, why in register.refusals(path)] == [
        (2, "Freeze the old system has begun. Open it again to change its plan."), (3, nobody), (4, nobody),
        (5, "Wave: nothing here is called Ninth."), (6, "It waits for step 5, whose row cannot be taken."),
        (7, "The plan has no step 99."), (8, "Write numbers of steps, such as 2, 5."),
        (10, "Row 9 means the same step."), (11, "Minutes planned is needed."),
    ]  # fmt: skip
    assert became(register.bring(path)) == (2, 0, 0, 9)
    assert waits(here) == {1: "", 2: "1", 3: "1, 2", 10: "", 12: "10"}
    long = register.file(HEAD + "".join(f"{number};x;First;;;;1;;\n" for number in range(1, 1003)), "long.csv")
    assert {row for row, _value, why in register.refusals(long) if "Part it by waves" in why} == {1002, 1003}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_plan_that_leaves_comes_back_from_its_page_and_changes_nothing(
    here: Affected, register: Register, form: str
) -> None:
    register.bring(register.file(PLAN))
    with here.working() as session:  # whoever left the project keeps the steps
        place = select(Membership).where(Membership.user_id == here.people["member"].id)
        session.scalars(place).one().removed_at = AT + timedelta(days=1)
    browser = here.browser()
    with browser.client.get(f"{PLACE}/plan.{form}?wave=1") as answer:
        sent = answer.get_data()
    if form == "xlsx":
        sheet = load_workbook(io.BytesIO(sent)).active
        assert sheet is not None
        assert "member@ven.example" in {cell.value for row in sheet.iter_rows() for cell in row}
    page = browser.get(PLACE).follow("Import")
    assert "First" in page.text
    page = page.form("#upload").submit(file=(io.BytesIO(sent), f"plan.{form}"))
    page = page.form("main form").submit(button="Next: columns")
    page = page.form("#columns").submit(button="Check all rows")
    path = register.folder / f"plan.{form}"
    path.write_bytes(sent)
    assert register.refusals(path) == []
    before = {number: (one.version, one.updated_at) for number, one in steps(here).items()}
    assert became(register.bring(path, clears=True)) == (0, 0, 3, 0)
    assert {number: (one.version, one.updated_at) for number, one in steps(here).items()} == before
    here.browser("member").get(f"{PLACE}/plan.{form}", status=404)
    here.browser("viewer").get(f"{PLACE}/plan.{form}", status=403)
    browser.get(f"{PLACE}/plan.pdf", status=404)
