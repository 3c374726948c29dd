"""Methods as data: what ships is whole in both languages, and two versions are compared line by line."""

from dataclasses import replace

import pytest

from implementor.foundation.permissions import PROJECT_ROLES
from implementor.stages.methods import (
    CLOSE,
    FINISH,
    START,
    Item,
    Method,
    changes_between,
    data_of,
    faults_of,
    method_of_data,
    with_item,
    with_stage,
    without_item,
)
from implementor.stages.models import PROJECT_SCOPE, WAVE_SCOPE
from implementor.stages.shipped_methods import newest_shipped, shipped_methods

CHECKS = {item.check for method in shipped_methods().values() for stage in method.stages for item in stage.items}


@pytest.mark.parametrize("name", list(shipped_methods()), ids=str)
def test_what_ships_is_whole_in_both_languages(name: tuple[str, int]) -> None:
    method = shipped_methods()[name]
    assert faults_of(method, checks=[*CHECKS], roles=[str(role) for role in PROJECT_ROLES]) == []
    assert set(method.names) == {"en", "es"}
    assert len(method.stages) == 5
    assert [stage.goes_live for stage in method.stages].count(True) == 1
    deeds = {stage.passes for stage in method.stages if stage.scope == WAVE_SCOPE}
    assert {START, CLOSE} <= deeds <= {START, CLOSE, FINISH}
    assert {stage.passes for stage in method.stages if stage.scope == PROJECT_SCOPE} == {""}


def test_what_the_records_can_answer_is_ticked_by_nobody() -> None:
    """Each line of the list of checks whose subject is built is computed in one of the methods that are offered now."""
    of = {
        key: {item.check for stage in method.stages for item in stage.items}
        for key, method in newest_shipped().items()
    }  # fmt: skip
    both = {"roles_filled", "objectives_measured", "objectives_on_target", "agreement_signed", "agreement_reviewed",
            "charter_signed", "budget_approved", "purchases_decided", "stories_estimated", "stories_valued",
            "stories_with_criteria", "dependencies_in_order", "within_capacity", "no_open_obstacle",
            "wave_obstacles_solved", "reviews_approved", "stories_validated", "user_tests_signed",
            "migration_reconciled", "dry_run_clean", "release_criteria_met", "waves_finished", "pilot_judged",
            "trained_before_go_live", "lessons_recorded", "lessons_signed", "impact_known", "use_measured",
            "benefits_owned", "standing_body_met", "cutover_planned", "way_back_rehearsed",
            "support_staffed"}  # fmt: skip
    assert both - of["agile"] == set()
    assert both - of["classic"] == set()
    assert {"value_reached", "value_measured", "retrospective_held", "requests_passed_on"} - of["agile"] == set()


def test_the_agile_method_goes_from_visualization_through_waves_to_release() -> None:
    agile = newest_shipped()["agile"]
    assert [stage.scope for stage in agile.stages] == [PROJECT_SCOPE, *[WAVE_SCOPE] * 3, PROJECT_SCOPE]
    assert [stage.key for stage in agile.stages if stage.goes_live] == ["implementation"]
    assert all(stage.is_gated and stage.items for stage in agile.stages)
    assert not any(stage.is_gated for stage in newest_shipped()["open"].stages)


def test_a_method_survives_being_stored() -> None:
    for method in shipped_methods().values():
        assert method_of_data(data_of(method)) == method


def changed(method: Method) -> Method:
    """The method with a line more, one gone, one changed and another signature at Planning."""
    stage = method.stage("planning")
    assert stage is not None
    more = Item("extra", {"en": "Extra", "es": "Otra"}, "sponsor")
    stage = without_item(with_item(stage, more), "testers-named")
    stage = with_item(stage, replace(stage.items[0], weight=9))
    return with_stage(method, replace(stage, signatures=("sponsor",)))


def test_two_versions_differ_by_lines_added_gone_and_changed_and_by_signatures() -> None:
    agile = newest_shipped()["agile"]
    assert changes_between(agile, agile) == []
    (change,) = changes_between(agile, changed(agile))
    assert change.stage.key == "planning"
    assert [item.key for item in change.added] == ["extra"]
    assert [item.key for item in change.gone] == ["testers-named"]
    assert [(before.weight, after.weight) for before, after in change.changed] == [(3, 9)]
    assert change.changes_signatures


def test_faults_are_named() -> None:
    agile = newest_shipped()["agile"]
    stage = agile.stages[1]
    odd = Item("odd", {"en": "Odd", "es": ""}, "nobody", check="unheard_of", minimum=101, weight=0)
    broken = replace(with_stage(agile, with_item(stage, odd)), red_below=96)
    faults = faults_of(broken, checks=[*CHECKS], roles=[str(role) for role in PROJECT_ROLES])
    assert faults == ["limits", "planning", "odd", "odd", "odd"]
