"""A plan goes out as a sheet and comes back: what moves and is estimated anew, what is refused, and back again."""

import io
from pathlib import Path
from typing import Any

from flask import Flask
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from implementor.exchange import running
from implementor.exchange.command_work import CommandWork
from implementor.exchange.kinds import Outcome, kind_named
from implementor.exchange.models import ImportedRow
from implementor.stories.services import change_story
from tests.exchange.builders import begun, setup_for
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of, story_now

HEADER = ("Story", "Place in the order", "Wave", "Points", "Value", "Priority", "State in the file")
KIND = "wave_plan"


def sheet_of(here: Rollout) -> list[list[Any]]:
    """The rows of the sheet of wave 1, its header first."""
    answer = here.browser().open("GET", here.url("/waves/1/plan/sheet"), 200, None, {})
    with answer.response as response:
        book = load_workbook(io.BytesIO(response.data))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def file_of(folder: Path, rows: list[list[Any]]) -> Path:
    book, path = Workbook(), folder / "plan.xlsx"
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def looked_at(here: Rollout, path: Path) -> tuple[list[Outcome], list[str]]:
    """What the preview says: outcomes and remarks."""
    found: list[Outcome] = []
    work = CommandWork(here.app, here.actor(), here.project_id)
    checked = running.check(work, kind_named(KIND), setup_for(here, path, kind_name=KIND), found.extend)
    return found, [str(one) for one in checked.remarks]


def undone(here: Rollout, run_id: int) -> int:
    with here.working() as session:
        facts = session.scalars(select(ImportedRow).where(ImportedRow.run_id == run_id)).all()
        return kind_named(KIND).undo(session, facts, here.actor(), START).restored


def plan(app: Flask) -> tuple[Rollout, list[int]]:
    here = rollout(app)
    ids = [add_story(here, title) for title in ("First", "Second", "Third")]
    add_wave(here, "One", ids[:1])
    add_wave(here, "Two")
    return here, ids


def test_a_sheet_goes_out_is_changed_comes_back_and_is_taken_back(app: Flask, tmp_path: Path) -> None:
    here, (first, second, third) = plan(app)
    rows = sheet_of(here)
    assert tuple(rows[0][:7]) == HEADER
    assert [row[0] for row in rows[1:]] == ["VEN-1", "VEN-2", "VEN-3"]
    assert [row[2] for row in rows[1:]] == ["One", "Backlog", "Backlog"]
    untouched, remarks = looked_at(here, file_of(tmp_path, rows))
    assert ([one.verb for one in untouched], remarks) == (["unchanged"] * 3, [])
    rows[1][2], rows[2][2], rows[2][3], rows[2][5] = "Backlog", "One", 8, "Must have"
    rows[3][1] = 0
    path = file_of(tmp_path, rows)
    found, remarks = looked_at(here, path)
    assert [one.verb for one in found] == ["updated"] * 3
    assert remarks == [
        "3 stories move: VEN-1 → Backlog, VEN-2 → One, VEN-3.", "1 story gets other figures: VEN-2.",
    ]  # fmt: skip
    run_id, work = begun(here, path, kind_name=KIND)
    running.carry_out(work, run_id, path)
    after = sheet_of(here)
    assert [(row[0], row[2], row[3], row[5]) for row in after[1:]] == [
        ("VEN-3", "Backlog", 5, None), ("VEN-1", "Backlog", 5, None), ("VEN-2", "One", 8, "Must have"),
    ]  # fmt: skip
    assert story_now(here, second).status == "planned"
    assert undone(here, run_id) == 3
    assert [row[:6] for row in sheet_of(here)[1:]] == [list(row[:6]) for row in sheet_before(rows)]
    assert story_now(here, first).status == "planned"
    assert story_now(here, third).status == "ready"


def sheet_before(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows as they were before they were changed."""
    return [
        [f"VEN-{number}", number, wave, 5, 40, None] for number, wave in ((1, "One"), (2, "Backlog"), (3, "Backlog"))
    ]


def test_rows_that_cannot_be_say_why_and_what_was_changed_here_stays(app: Flask, tmp_path: Path) -> None:
    here, ids = plan(app)
    rows = sheet_of(here)
    with here.working() as session:
        change_story(session, stories_of(session, ids[:1])[0], {"points": "13"}, by=here.actor(), at=START)
    rows[1][3] = 8
    rows[2][2] = "Nowhere"
    rows[3][3] = -4
    rows += [
        ["VEN-99", 4, "One", 3, 40, None, ""],
        ["SER-1", 5, "One", 3, 40, None, ""],
        ["VEN-2", 6, "One", 3, 40, None, ""],
    ]
    found, remarks = looked_at(here, file_of(tmp_path, rows))
    said = [str(one.reasons[0].message) for one in found]
    assert "The file: One, Points 8" in said[0]
    assert "Here: One, Points 13" in said[0]
    assert "no such wave" in said[1]
    assert "Points" in said[2]
    assert "no such story" in said[3]
    assert "VEN-12" in said[4]
    assert "stands twice" in said[5]
    assert ([one.verb for one in found], remarks) == (["refused"] * 6, [])
