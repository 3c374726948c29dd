"""Parents of imported stories: set as rows are written where they are known by then, afterwards where they are not."""

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from implementor.exchange import running
from implementor.stories.models import Story
from implementor.waves.story_import_hanging import Hanging, without_loops
from implementor.waves.story_import_writes import depths
from tests.auth.builders import reading
from tests.exchange.builders import brought_in, counts_of, file_with, stories_in
from tests.machinery.statements import Statements, counting
from tests.waves.builders import rollout

ABOVE = {7: 1, 1: 9, 2: 9, 4: 2, 3: 7, 8: 4, 5: 99}
"""Key of a row -> key of its parent: before it or after it in the file, in its batch or in another, nowhere."""


@pytest.mark.parametrize("at_once", [2, 1000])
def test_a_parent_is_found_wherever_its_row_stands(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    here = rollout(app)
    monkeypatch.setattr(running, "BATCH", at_once)
    rows = [f"K-{key},Story {key},K-{parent}" for key, parent in ABOVE.items()] + ["K-9,Story 9,", "K-6,Story 6,K-6"]
    path = file_with(tmp_path, "Issue key,Summary,Parent key\n" + "\n".join(rows) + "\n")
    run = brought_in(here, path)
    stories = stories_in(here)
    ids = {story.id: int(title.split()[1]) for title, story in stories.items()}
    found = {ids[story.id]: ids[story.parent_id] for story in stories.values() if story.parent_id is not None}
    assert found == {key: parent for key, parent in ABOVE.items() if parent != 99}
    assert [story.number for story in stories.values()] == list(range(1, 10))
    assert {story.version for story in stories.values()} == {1}
    assert ["neither in the file nor here" in str(one) for one in run.remark_phrases] == [True]
    assert counts_of(brought_in(here, path)) == (9, 0, 0, 9, 0)


@pytest.mark.parametrize("at_once", [1, 1000])
def test_a_ring_of_parents_is_opened_once(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    here = rollout(app)
    monkeypatch.setattr(running, "BATCH", at_once)
    rows = "A-1,One,A-2\nA-2,Two,A-3\nA-3,Three,A-1\nA-4,Four,A-1\n"
    run = brought_in(here, file_with(tmp_path, f"ID,Title,Parent\n{rows}"))
    assert sum(story.parent_id is not None for story in stories_in(here).values()) == 3
    assert [str(one) for one in run.remark_phrases] == ["1 story would be part of itself; its parent was left out."]


def test_a_row_that_is_called_so_goes_before_a_story_of_that_title(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    brought_in(here, file_with(tmp_path, "Title\nSales\n", "old.csv"))
    with here.working() as session:
        session.execute(update(Story).values(title="B-2", title_key="b-2"))
    brought_in(here, file_with(tmp_path, "ID,Title,Parent\nB-1,One,B-2\nB-2,Two,\n", "new.csv"))
    stories = stories_in(here)
    assert stories["One"].parent_id == stories["Two"].id


def test_only_what_is_not_known_by_then_waits_for_the_second_pass(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = rollout(app)
    left: list[tuple[str, str]] = []
    put_down = Hanging.put_down

    def seen(self: Hanging) -> None:
        left.extend(self.latest.items())
        put_down(self)

    monkeypatch.setattr(Hanging, "put_down", seen)
    path = file_with(tmp_path, "Issue key,Summary,Parent key\nS-2,Two,S-1\nS-1,One,\nS-3,Three,S-2\nS-4,Four,S-8\n")
    brought_in(here, path)
    assert [parent for _, parent in left] == ["S-8"]
    brought_in(here, path)
    assert [parent for _, parent in left] == ["S-8", "S-8"]


def test_more_children_cost_no_more_statements(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)

    def asked(count: int, key: str) -> Statements:
        rows = "".join(f"{key}-{number},Story {number},{key}-{number // 3}\n" for number in range(1, count + 1))
        with counting() as statements:
            brought_in(here, file_with(tmp_path, f"Issue key,Summary,Parent key\n{rows}", f"{key}.csv"))
        return statements

    one, many = asked(5, "AA"), asked(90, "BB")
    assert len(many) <= len(one), many.beyond(one)


def test_imported_stories_are_in_order_by_priority(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    path = file_with(tmp_path, "Title,MoSCoW\nLater,Won't\nNice,Could\nNeeded,Must\n")
    brought_in(here, path)
    with reading(app) as session:
        orders = {story.title: story.moscow_order for story in session.query(Story)}
    assert orders == {"Later": 3, "Nice": 2, "Needed": 0}


# --- the rules --------------------------------------------------------------------------------------------------------

trees = st.dictionaries(st.integers(1, 12), st.integers(1, 12), max_size=12)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=12), trees)
def test_nobody_becomes_part_of_itself(edges: list[tuple[int, int]], above: dict[int, int]) -> None:
    old = without_loops({}, above.items())
    kept = without_loops(old, [(child, parent) for child, parent in edges if child not in old])
    for one in (whole := {**old, **kept}):
        way = [one]
        while way[-1] in whole:
            way.append(whole[way[-1]])
            assert way[-1] not in way[:-1]


@given(trees)
def test_parents_are_written_before_their_children(pairs: dict[int, int]) -> None:
    parents = without_loops({}, pairs.items())
    deep = depths(parents)
    assert all(deep.get(child, 0) > deep.get(parent, 0) for child, parent in parents.items())
    assert deep.keys() == parents.keys()
