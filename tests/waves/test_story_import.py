"""What becomes of a backlog: stories with waves, parents, people, comments and the past that the other system knows."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from implementor.comments.models import Comment
from implementor.history.models import Change
from implementor.stories.models import Criterion, Story, StoryFact, Task
from implementor.waves.models import Wave, WaveStory
from tests.auth.builders import reading
from tests.exchange.builders import brought_in, checked, counts_of, file_with, number_of, refusals, stories_in
from tests.waves.builders import Rollout, facts_of, rollout, wave_now

JIRA = (
    "Issue key,Issue id,Summary,Issue Type,Status,Status Category,Assignee,Assignee Id,Created,Updated,Resolved,Sprint,"
    "Sprint,Labels,Labels,Story Points,Parent key,Description,Comment,Comment\n"
    "SHOP-3,103,Pay by card,Sub-task,Done,Done,Ana VEN,5f1d0000000000000000aaaa,01/Mar/26 9:00 AM,05/Mar/26 9:00 AM,"
    '04/Mar/26 9:00 AM,Sprint 1,Sprint 2,money,web,3,SHOP-1,"h3. Why\n\n*Cards* are usual.",'
    '"02/Mar/26 8:00 AM;5f1d0000000000000000aaaa;See {{api}}",02/Mar/26 9:00 AM;Nobody Known;Agreed\n'
    "SHOP-2,102,Keep the basket,Story,Selected,In Progress,x@elsewhere.com,,01/Mar/26 9:00 AM,05/Mar/26 9:00 AM,,"
    "Sprint 2,,,,5,SHOP-1,,,\n"
    "SHOP-1,101,Shop,Epic,To Do,To Do,,,01/Mar/26 9:00 AM,05/Mar/26 9:00 AM,,,,,,,,,,\n"
)


def waves_of(here: Rollout) -> dict[str, list[str]]:
    """Titles of stories by wave."""
    statement = (
        select(Wave.name, Story.title)
        .outerjoin(WaveStory, WaveStory.wave_id == Wave.id)
        .outerjoin(Story, Story.id == WaveStory.story_id)
        .where(Wave.project_id == here.project_id, Wave.archived_at.is_(None))
        .order_by(Wave.rank, Story.title)
    )
    found: dict[str, list[str]] = {}
    with reading(here.app) as session:
        for name, title in session.execute(statement):
            found.setdefault(name, []).extend([title] if title else [])
    return found


def test_a_jira_export_becomes_stories_waves_and_facts(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    run = brought_in(here, file_with(tmp_path, JIRA))
    assert counts_of(run) == (3, 3, 0, 0, 0)
    stories = stories_in(here)
    card = stories["Pay by card"]
    assert (card.status, card.points, card.tags, card.type) == ("validated", Decimal(3), ["money", "web"], "function")
    assert (card.external_source, card.external_key) == ("jira:SHOP", "SHOP-3")
    assert card.owner_id == here.lead.id
    assert card.description is not None
    assert card.description.startswith("### Why\n\n**Cards** are usual.")
    assert card.parent_id == stories["Shop"].id
    assert stories["Keep the basket"].owner_text == "x@elsewhere.com"
    assert stories["Keep the basket"].status == "doing"  # a status of their own goes by its category
    assert waves_of(here) == {"Sprint 1": [], "Sprint 2": ["Keep the basket", "Pay by card"]}


def test_the_past_is_told_by_sourced_facts(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    brought_in(here, file_with(tmp_path, JIRA))
    card = stories_in(here)["Pay by card"]
    assert facts_of(here, card.id, "status") == [(None, "idea"), ("idea", "validated")]
    first, second = wave_now(here, 1).id, wave_now(here, 2).id
    assert facts_of(here, card.id, "wave") == [(None, str(first)), (str(first), str(second))]
    with reading(app) as session:
        facts = session.scalars(
            select(StoryFact).where(StoryFact.story_id == card.id, StoryFact.kind == "status")
        ).all()
    assert [fact.at for fact in facts] == [datetime(2026, 3, day, 9, tzinfo=UTC) for day in (1, 4)]
    assert all(fact.sourced for fact in facts)


def test_comments_keep_their_authors_and_come_once(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    for _ in range(2):
        brought_in(here, file_with(tmp_path, JIRA))
    with reading(app) as session:
        comments = session.scalars(select(Comment).order_by(Comment.created_at)).all()
    assert [comment.body for comment in comments] == ["See `api`", "Agreed"]
    assert comments[0].created_by_id == here.lead.id  # the file says whose account it is
    assert comments[1].author_text == "Nobody Known"
    assert comments[0].created_at == datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_the_same_file_again_changes_nothing(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    path = file_with(tmp_path, JIRA)
    brought_in(here, path)
    before = [number_of(here, model) for model in (Story, StoryFact, WaveStory, Comment, Change)]
    again = brought_in(here, path)
    assert counts_of(again) == (3, 0, 0, 3, 0)
    assert [number_of(here, model) for model in (Story, StoryFact, WaveStory, Comment, Change)] == before


def test_a_dry_run_says_the_same_and_writes_nothing(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    path = file_with(tmp_path, JIRA + "SHOP-9,109,,Story,Nonsense,,,,,,,,,,,XL,,,,\n")
    found = checked(here, path)
    assert vars(found.counts) == {"read": 4, "created": 3, "updated": 0, "unchanged": 0, "refused": 1}
    assert number_of(here, Story) == number_of(here, Wave) == 0
    said = refusals(here, path)
    assert {(row, column, value) for row, column, value, _ in said} == {
        (7, "Summary", ""), (7, "Story Points", "XL"), (7, "Status", "Nonsense")
    }  # fmt: skip


def test_criteria_tasks_and_the_story_sentence_are_taken_apart(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    text = (
        "ID;Historia de usuario;Criterios de aceptación;Tareas;Estimación;Prioridad MoSCoW\n"
        '7;"Como cajero, quiero ver la caja, para cerrar el día";"- Suma bien\n- Se imprime";'
        '"[x] Pantalla\n[ ] Prueba";'
        "3 Puntos;Debe\n"
    )
    brought_in(here, file_with(tmp_path, text))
    story = next(iter(stories_in(here).values()))
    assert (story.as_a, story.i_want, story.so_that) == ("cajero", "ver la caja", "cerrar el día")
    assert (story.points, story.moscow) == (Decimal(3), "must")
    with reading(app) as session:
        assert list(session.scalars(select(Criterion.text))) == ["Suma bien", "Se imprime"]
        assert [(task.title, task.done_at is not None) for task in session.scalars(select(Task))] == [
            ("Pantalla", True), ("Prueba", False),
        ]  # fmt: skip


def test_rows_of_merged_cells_are_one_story(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    text = "ID,Title,Acceptance criteria\n1,Sell,First\n1,Sell,Second\n2,Buy,Third\n1,Other,Fourth\n"
    path = file_with(tmp_path, text)
    run = brought_in(here, path)
    assert counts_of(run) == (4, 2, 1, 0, 1)
    assert refusals(here, path) == [(5, "ID", "1", "The key 1 is in row 2 already.")]
    with reading(app) as session:
        assert set(session.scalars(select(Criterion.text))) == {"First", "Second", "Third"}
    assert counts_of(brought_in(here, path)) == (4, 0, 0, 3, 1)


def test_stories_without_keys_go_by_their_title(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    text = "Title,Points\nSame,1\nSame,2\nSame,1\nÚnica,3\n"
    path = file_with(tmp_path, text, "Backlog v1.csv")
    assert counts_of(brought_in(here, path)) == (4, 3, 0, 0, 1)
    assert refusals(here, path)[0][3] == "The row says the same as row 2."
    later = file_with(tmp_path, text.replace("Única,3", "Única.,8"), "Backlog (2).csv")
    assert counts_of(brought_in(here, later)) == (4, 0, 1, 2, 1)
    assert stories_in(here)["Única."].points == Decimal(8)


def test_epics_that_no_row_holds_become_parents(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    path = file_with(tmp_path, "Title,Épica\nSell,Ventas\nBuy,Ventas\nSell more,Sell\n")
    run = brought_in(here, path)
    stories = stories_in(here)
    assert stories["Sell"].parent_id == stories["Buy"].parent_id == stories["Ventas"].id
    assert stories["Sell more"].parent_id == stories["Sell"].id
    assert [str(remark) for remark in run.remark_phrases] == ["1 parent that no row holds became a story of its own."]
    assert counts_of(brought_in(here, path)) == (3, 0, 0, 3, 0)


def test_parents_that_would_go_round_are_left_out(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    run = brought_in(here, file_with(tmp_path, "ID,Title,Parent\nA-1,One,A-2\nA-2,Two,A-1\nA-3,Three,A-3\n"))
    assert sum(story.parent_id is not None for story in stories_in(here).values()) == 1
    assert "would be part of itself" in str(run.remark_phrases[0])


def test_a_parent_may_come_with_a_later_file(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    brought_in(here, file_with(tmp_path, "Issue key,Summary,Parent key\nS-2,Two,S-1\n"))
    assert stories_in(here)["Two"].parent_id is None
    brought_in(here, file_with(tmp_path, "Issue key,Summary,Parent key\nS-2,Two,S-1\nS-1,One,\n"))
    assert stories_in(here)["Two"].parent_id == stories_in(here)["One"].id


BOARD = {
    "name": "Sales",
    "lists": [{"id": "l1", "name": "To Do"}, {"id": "l2", "name": "Done"}, {"id": "l3", "name": "Ola 2"}],
    "members": [{"id": "m1", "fullName": "Ana VEN"}],
    "cards": [
        {"id": "65f000000000000000000001", "shortLink": "aaa", "name": "(3) Call back", "idList": "l2", "desc": "Soon",
         "idMembers": ["m1"], "labels": [{"name": "phone"}], "due": "2026-05-01T10:00:00.000Z"},
        {"id": "65f000000000000000000002", "shortLink": "bbb", "name": "(1) Plan", "idList": "l3", "closed": False},
    ],
    "checklists": [
        {"idCard": "65f000000000000000000001", "name": "Acceptance", "checkItems": [{"name": "Rings", "pos": 1}]},
        {"idCard": "65f000000000000000000001", "name": "Steps", "checkItems": [{"name": "Dial", "state": "complete"}]},
    ],
    "actions": [
        {"type": "updateCard", "date": "2026-04-02T09:00:00.000Z", "memberCreator": {"fullName": "Ana VEN"},
         "data": {"card": {"id": "65f000000000000000000001"}, "listBefore": {"name": "To Do"},
                  "listAfter": {"name": "Done"}}},
        {"type": "createCard", "date": "2026-04-01T09:00:00.000Z", "memberCreator": {"fullName": "Ana VEN"},
         "data": {"card": {"id": "65f000000000000000000001"}, "list": {"name": "To Do"}}},
    ],
}  # fmt: skip


def test_a_trello_board_brings_its_moves(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    path = file_with(tmp_path, json.dumps(BOARD), "board.json")
    assert counts_of(brought_in(here, path)) == (2, 2, 0, 0, 0)
    stories = stories_in(here)
    call = stories["Call back"]
    assert (call.status, call.owner_id, call.tags, call.points) == ("validated", here.lead.id, ["phone"], Decimal(3))
    assert "2026-05-01" in (call.description or "")
    assert facts_of(here, call.id, "status") == [(None, "idea"), ("idea", "validated")]
    assert waves_of(here) == {"Ola 2": ["Plan"]}
    with reading(app) as session:
        assert list(session.scalars(select(Criterion.text))) == ["Rings"]
        assert list(session.scalars(select(Task.title))) == ["Dial"]
    assert counts_of(brought_in(here, path)) == (2, 0, 0, 2, 0)
