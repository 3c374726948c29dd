"""The layout of the benefit map: four columns, bands that never overlap, lines only forward."""

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.discovery.benefit_map import GAP, ROW, SHOWN_STORIES, Band, layout


@dataclass(frozen=True)
class Thing:
    """Anything that is drawn."""

    id: int
    metric_id: int | None = None
    is_complete: bool = True


busy_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
sizes = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 12))


def band(key: int, size: tuple[int, int, int]) -> Band:
    benefits, metrics, stories = size
    proved = [Thing(one, one if one < metrics else None) for one in range(benefits)]
    return Band(Thing(key), proved, [Thing(one) for one in range(metrics)], [Thing(one) for one in range(stories)])


@busy_machine
@given(st.lists(sizes, min_size=1, max_size=6))
def test_boxes_of_a_column_never_overlap_and_every_box_is_joined(found: list[tuple[int, int, int]]) -> None:
    drawn = layout([band(key, size) for key, size in enumerate(found)])
    for column in range(4):
        tops = sorted(node.y for node in drawn.nodes.values() if node.column == column)
        assert all(later - earlier >= ROW + GAP for earlier, later in pairwise(tops))
        assert all(top >= 0 and top + ROW <= drawn.height for top in tops)
    assert all(one.column < other.column for one, other in drawn.lines)
    joined = {id(node) for line in drawn.lines for node in line}
    assert all(id(node) in joined for node in drawn.nodes.values())


def test_gaps_are_named() -> None:
    assert Band(Thing(1)).gaps == ["no_benefit", "no_metric", "no_story"]
    whole = Band(Thing(1), [Thing(2)], [Thing(3)], [Thing(4)])
    assert whole.gaps == []
    assert Band(Thing(1), [Thing(2)], [Thing(3, is_complete=False)], [Thing(4)]).gaps == ["no_baseline"]


def test_of_many_stories_some_are_drawn_and_one_box_says_how_many_more() -> None:
    drawn = layout([band(1, (1, 1, SHOWN_STORIES + 3))])
    kinds = [key[0] for key in drawn.nodes]
    assert kinds.count("story") == SHOWN_STORIES
    assert kinds.count("more") == 1
