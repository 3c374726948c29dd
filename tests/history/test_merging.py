"""Three-way merging loses nobody's text."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.history.conflict import FieldChange, merge

AT = datetime(2026, 3, 2, tzinfo=UTC)
FIELDS = ("title", "points", "owner")
values = st.one_of(st.none(), st.integers(0, 2), st.sampled_from(["a", "b"]))
busy_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
records = st.fixed_dictionaries(dict.fromkeys(FIELDS, values))


def changes(original: dict[str, Any], current: dict[str, Any]) -> list[FieldChange]:
    return [FieldChange(name, original[name], "Ana", AT) for name in FIELDS if original[name] != current[name]]


@busy_machine
@given(records, records, records)
def test_every_difference_is_saved_or_shown(
    original: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    result = merge(changes(original, theirs), mine, theirs)
    in_conflict = {one.field for one in result.conflicts}
    assert in_conflict | result.merged.keys() == set(FIELDS)
    for name in FIELDS:
        i_changed, they_changed = mine[name] != original[name], theirs[name] != original[name]
        assert (name in in_conflict) == (i_changed and they_changed and mine[name] != theirs[name])
        if name not in in_conflict:
            assert result.merged[name] == (mine[name] if i_changed else theirs[name])


@busy_machine
@given(records, records, records)
def test_a_conflict_shows_all_three_texts(
    original: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    for one in merge(changes(original, theirs), mine, theirs).conflicts:
        assert (one.original, one.mine, one.theirs) == (original[one.field], mine[one.field], theirs[one.field])
        assert (one.by, one.at) == ("Ana", AT)


@busy_machine
@given(records, records)
def test_with_an_unknown_past_every_difference_is_a_conflict(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    result = merge([], mine, theirs, complete=False)
    assert {one.field for one in result.conflicts} == {name for name in FIELDS if mine[name] != theirs[name]}


@busy_machine
@given(records)
def test_the_same_edit_twice_agrees(original: dict[str, Any]) -> None:
    mine = {**original, "title": "new"}
    result = merge(changes(original, mine), mine, mine)
    assert (result.merged, result.conflicts) == (mine, [])


def test_the_last_of_several_others_is_named() -> None:
    others = [FieldChange("title", "a", "Ana", AT), FieldChange("title", "b", "Ben", AT)]
    (conflict,) = merge(others, {"title": "mine"}, {"title": "c"}).conflicts
    assert (conflict.original, conflict.theirs, conflict.by) == ("a", "c", "Ben")


def test_what_others_took_back_themselves_is_no_conflict() -> None:
    others = [FieldChange("title", "a", "Ana", AT), FieldChange("title", "b", "Ana", AT)]
    assert merge(others, {"title": "mine"}, {"title": "a"}).merged == {"title": "mine"}
