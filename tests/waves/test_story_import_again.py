"""A later export changes what changed at its source, keeps what people made of it here, and can be taken back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.exchange import running, undoing
from implementor.exchange.command_work import CommandWork
from implementor.exchange.kinds import Outcome
from implementor.exchange.models import ImportedRow, ImportRun
from implementor.foundation.permissions import Actor
from implementor.history.models import Action, Change
from implementor.stories.models import Story
from implementor.stories.services import change_story
from implementor.waves.models import Wave, WaveStory
from implementor.waves.story_import import StoryImporter
from tests.auth.builders import reading
from tests.exchange.builders import begun, brought_in, counts_of, file_with, number_of, run_now, stories_in
from tests.waves.builders import START, Rollout, facts_of, rollout

HEADER = "Issue key,Summary,Status,Sprint,Story Points,Labels,Description\n"
FIRST = HEADER + "SH-1,One,To Do,Sprint 1,3,red,Old text\nSH-2,Two,Done,Sprint 1,5,,\n"
LATER = HEADER + "SH-1,One,Done,Sprint 2,8,blue,New text\nSH-2,Two,Done,Sprint 1,5,,\nSH-3,Three,To Do,,,,\n"


def edit(here: Rollout, present: str, **values: Any) -> None:
    """A person changes a story by hand."""
    with here.working() as session:
        story = session.scalars(select(Story).where(Story.title == present)).one()
        change_story(session, story, values, by=here.actor(), at=START)


def take_back(here: Rollout, run: ImportRun) -> Any:
    """Undo an import."""
    return undoing.take_back(CommandWork(here.app, here.actor(), here.project_id), run.id)


def test_a_later_export_updates_what_changed(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    brought_in(here, file_with(tmp_path, FIRST, "monday.csv"))
    run = brought_in(here, file_with(tmp_path, LATER, "friday.csv"))
    assert counts_of(run) == (3, 1, 1, 1, 0)
    one = stories_in(here)["One"]
    assert (one.status, str(one.points), one.tags, one.description) == ("validated", "8.00", ["blue"], "New text")
    assert facts_of(here, one.id, "points") == [(None, "3"), ("3.00", "8")]
    assert len(facts_of(here, one.id, "wave")) == 2
    with reading(app) as session:
        action = session.scalars(select(Action).where(Action.source == "import").order_by(Action.id.desc())).first()
    assert action is not None
    assert str(action.sentence) == "Imported friday.csv"


def test_what_people_changed_stays_until_its_source_changes(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    brought_in(here, file_with(tmp_path, FIRST))
    edit(here, "One", title="One, better", points="13", tags=["red", "ours"])
    path = file_with(tmp_path, FIRST.replace("Old text", "Other text"))
    assert counts_of(brought_in(here, path)) == (2, 0, 1, 1, 0)
    one = stories_in(here)["One, better"]
    assert (str(one.points), one.tags, one.description) == ("13.00", ["red", "ours"], "Other text")


def test_columns_that_are_not_there_and_empty_cells_erase_nothing(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    brought_in(here, file_with(tmp_path, FIRST))
    brought_in(here, file_with(tmp_path, "Issue key,Summary,Status,Description\nSH-1,One,To Do,\n"))
    one = stories_in(here)["One"]
    assert (str(one.points), one.description, one.tags) == ("3.00", "Old text", ["red"])
    assert number_of(here, WaveStory) == 2
    brought_in(here, file_with(tmp_path, "Issue key,Summary,Description,Story Points\nSH-1,One,,3\n"), clears=True)
    assert stories_in(here)["One"].description == "Old text"  # its source was empty already at the import before


def test_empty_cells_clear_where_that_was_asked_for(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    brought_in(here, file_with(tmp_path, FIRST))
    path = file_with(tmp_path, "Issue key,Summary,Description,Story Points\nSH-1,One,,\n")
    brought_in(here, path, clears=True)
    one = stories_in(here)["One"]
    assert (one.description, one.points) == (None, None)


@pytest.mark.parametrize(("options", "counts"), [
    ({"mode": "create"}, (3, 1, 0, 2, 0)), ({"mode": "update"}, (3, 0, 1, 2, 0)),
    ({"filling": "fill"}, (3, 1, 1, 1, 0)),
])  # fmt: skip
def test_how_to_take_a_file_is_kept_to(app: Flask, tmp_path: Path, options: dict[str, Any], counts: Any) -> None:
    here = rollout(app)
    brought_in(here, file_with(tmp_path, FIRST))
    run = brought_in(here, file_with(tmp_path, LATER), **options)
    assert counts_of(run) == counts
    if "filling" in options:
        assert stories_in(here)["One"].description == "Old text"


def test_a_story_that_was_put_away_is_left_alone(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    brought_in(here, file_with(tmp_path, FIRST))
    with here.working() as session:
        session.scalars(select(Story).where(Story.title == "One")).one().archived_at = START
    run = brought_in(here, file_with(tmp_path, LATER))
    assert counts_of(run) == (3, 1, 0, 2, 0)
    assert "One" not in stories_in(here)
    assert "archived here" in str(run.remark_phrases[0])


def test_an_undo_restores_created_and_updated_rows(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    brought_in(here, file_with(tmp_path, FIRST))
    before = stories_in(here)["One"]
    run = brought_in(here, file_with(tmp_path, LATER))
    undone = take_back(here, run)
    assert (undone.restored, undone.kept) == (3, [])  # two stories and the wave made for them
    one = stories_in(here)["One"]
    assert set(stories_in(here)) == {"One", "Two"}
    for name in ("status", "points", "tags", "description"):
        assert getattr(one, name) == getattr(before, name)
    with reading(app) as session:
        place = session.scalars(select(WaveStory).where(WaveStory.story_id == one.id)).one()
        assert session.get_one(Wave, place.wave_id).name == "Sprint 1"
        assert session.scalars(select(Wave.name).where(Wave.archived_at.is_(None))).all() == ["Sprint 1"]


def test_an_undo_leaves_what_people_touched_and_says_so(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    run = brought_in(here, file_with(tmp_path, FIRST))
    edit(here, "One", points="13")
    undone = take_back(here, run)
    assert [(title, str(reason)) for title, reason in undone.kept] == [
        ("One", "It was changed since."), ("Sprint 1", "Stories are in it, or it has started."),
    ]  # fmt: skip
    assert set(stories_in(here)) == {"One"}
    assert run_now(here, run.id).state == "undone"


def test_what_was_taken_back_can_be_imported_again(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    path = file_with(tmp_path, FIRST)
    take_back(here, brought_in(here, path))
    assert stories_in(here) == {}
    assert counts_of(brought_in(here, path)) == (2, 2, 0, 0, 0)
    assert set(stories_in(here)) == {"One", "Two"}
    assert counts_of(brought_in(here, path)) == (2, 0, 0, 2, 0)


class PowerCut(BaseException):
    """The process ends in the middle of a batch."""


def test_a_killed_import_goes_on_where_it_stopped(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = rollout(app)
    monkeypatch.setattr(running, "BATCH", 10)
    rows = [f"K-{number},Story {number},K-{number // 10}" for number in range(1, 36)]
    path = file_with(tmp_path, "Issue key,Summary,Parent key\n" + "\n".join(rows) + "\n")
    run_id, work = begun(here, path)
    write, written = StoryImporter.write, []

    def cut(importer: StoryImporter, session: Any, outcomes: Sequence[Outcome]) -> Any:
        facts = write(importer, session, outcomes)
        written.append(len(facts))
        if len(written) == 3:
            raise PowerCut
        return facts

    with monkeypatch.context() as patch:
        patch.setattr(StoryImporter, "write", cut)
        with pytest.raises(PowerCut):
            running.carry_out(work, run_id, path)
    assert (number_of(here, Story), run_now(here, run_id).position) == (20, 20)
    running.carry_out(work, run_id, path)
    assert counts_of(run_now(here, run_id)) == (35, 35, 0, 0, 0)
    stories = stories_in(here)
    assert [story.number for story in stories.values()] == list(range(1, 36))
    assert sorted(stories.values(), key=lambda story: story.rank) == list(stories.values())
    assert stories["Story 35"].parent_id == stories["Story 3"].id
    assert number_of(here, ImportedRow) == 35


def test_created_rows_need_no_change_rows_but_tell_where_they_came_from(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    before = number_of(here, Change)
    brought_in(here, file_with(tmp_path, "Title\nOne\nTwo\n", "list.csv"))
    assert number_of(here, Change) == before
    page = here.browser().get(here.url("/stories/1/history"))
    assert "imported it from list.csv." in page.text


def test_hostile_people_and_areas_stay_text(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    stranger: Actor = rollout(app, "OTH").actor()
    path = file_with(tmp_path, f"Title,Assignee,Area\nOne,{stranger.email},<script>\n")
    brought_in(here, path)
    one = stories_in(here)["One"]
    assert (one.owner_id, one.owner_text, one.tags) == (None, stranger.email, ["<script>"])
