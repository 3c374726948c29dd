"""A gate on its way: prepared, reviewed, waived, signed by four eyes, opened, gone back behind; and what it shuts."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import SYSTEM, Role
from implementor.governance.models import Decision, Risk
from implementor.governance.services import reverse_decision
from implementor.history.models import Action
from implementor.history.services import CannotUndo, undo_action
from implementor.stages import gate_lines, gate_services
from implementor.stages.gate_models import GateReading, GateSignature
from implementor.stages.gatekeeping import GateShut
from implementor.stages.models import Stage
from implementor.stages.queries import stage_of_project
from implementor.waves import services as waves
from tests.auth.builders import reading
from tests.stages.builders import AT, Gated, gated, open_gate, pass_gate, prepare, review, sign, waive
from tests.waves.builders import add_story, add_wave, wave_in, wave_now

VISION = "visualization"


def stage_now(here: Gated, key: str) -> Stage:
    with reading(here.app) as session:
        return session.scalars(stage_of_project(project_id=here.project_id, key=key)).one()


def decisions(here: Gated) -> list[str]:
    """What was decided, but for the budget, which stands before any gate."""
    with reading(here.app) as session:
        found = session.scalars(select(Decision).where(Decision.project_id == here.project_id).order_by(Decision.id))
        return [one.question for one in found if not one.question.startswith("Is the budget approved")]


def start(here: Gated, number: int = 1) -> None:
    with here.working() as session:
        waves.start_wave(session, wave_in(session, here, number), by=here.actor(), at=AT)


def test_a_gate_is_prepared_reviewed_signed_by_all_and_opened(app: Flask) -> None:
    here = gated(app)
    prepare(here, VISION)
    assert (here.look(VISION).state, here.look(VISION).verdict.colour) == ("prepared", "green")
    review(here, VISION)
    with pytest.raises(GateShut) as shut:
        open_gate(here, VISION)
    assert "Not signed yet: Executive sponsor, Steering committee" in str(shut.value)
    sign(here, VISION)
    open_gate(here, VISION)
    assert here.look(VISION).is_open
    assert stage_now(here, VISION).state == "done"
    assert [text.partition(":")[0] for text in decisions(here)[:2]] == ["The gate Visualization"] * 2
    assert decisions(here)[2] == "The gate Visualization: open it?"


def test_a_failing_line_is_named_then_waived_by_the_sponsor_and_becomes_decision_and_risk(app: Flask) -> None:
    here = gated(app)
    prepare(here, VISION)
    with here.at_gate(VISION, Role.DATA_LEAD) as deed:
        gate_lines.untick_line(deed.session, deed.look, "reports-in-reverse", **deed.who)
    review(here, VISION)
    with pytest.raises(GateShut) as shut:
        sign(here, VISION)
    assert shut.value.failing == ("reports-in-reverse",)
    assert "The ten most important reports are described, with the data that each needs" in str(shut.value)
    waive(here, VISION, "reports-in-reverse")
    look = here.look(VISION)
    assert (look.verdict.colour, look.verdict.may_open) == ("amber", True)
    sign(here, VISION)
    open_gate(here, VISION)
    with reading(app) as session:
        risk = session.scalars(select(Risk).where(Risk.project_id == here.project_id)).one()
        assert (risk.response, risk.review_on) == ("accept", (AT + timedelta(days=14)).date())
    assert "waive" in decisions(here)[0]


def test_a_waiver_counts_on_its_last_day_and_not_after_it(app: Flask) -> None:
    here = gated(app)
    prepare(here, VISION)
    with here.at_gate(VISION, Role.DATA_LEAD) as deed:
        gate_lines.untick_line(deed.session, deed.look, "reports-in-reverse", **deed.who)
    waive(here, VISION, "reports-in-reverse", days=3)
    review(here, VISION)
    sign(here, VISION)
    last, after = AT + timedelta(days=3), AT + timedelta(days=4)
    assert here.look(VISION, last).verdict.may_open
    with pytest.raises(GateShut) as shut:
        open_gate(here, VISION, at=after)
    assert shut.value.failing == ("reports-in-reverse",)
    line = here.look(VISION, after).line("reports-in-reverse")
    assert line is not None
    assert line.waiver_has_expired


@pytest.mark.parametrize(
    ("key", "role", "reason", "days", "refusal"),
    [
        ("reports-in-reverse", Role.PROJECT_LEAD, "Late", 3, gate_lines.CannotWaive),
        ("roles-filled", Role.SPONSOR, "Late", 3, gate_lines.CannotWaive),
        ("no-critical-obstacle", Role.SPONSOR, "Late", 3, gate_lines.CannotWaive),
        ("reports-in-reverse", Role.SPONSOR, "  ", 3, InvalidInput),
        ("reports-in-reverse", Role.SPONSOR, "Late", -1, InvalidInput),
        ("reports-in-reverse", Role.SPONSOR, "Late", 91, InvalidInput),
    ],
    ids=["not the sponsor", "NO-GO", "it holds", "no reason", "expired before it begins", "longer than the method"],
)
def test_a_waiver_wants_the_sponsor_a_failing_line_a_reason_and_a_day(
    app: Flask, key: str, role: Role, reason: str, days: int, refusal: type[Exception]
) -> None:
    here = gated(app)
    prepare(here, VISION, tick=False)
    expires = (AT + timedelta(days=days)).date()
    with pytest.raises(refusal), here.at_gate(VISION, role) as deed:
        gate_lines.waive_line(
            deed.session, deed.project, deed.look, key, reason=reason, expires_on=expires, **deed.who
        )  # fmt: skip
    assert decisions(here) == []


def test_who_proposes_a_gate_signs_nothing_and_nobody_signs_for_a_role_of_others(app: Flask) -> None:
    here = gated(app)
    prepare(here, VISION)
    with here.at_gate(VISION, Role.SPONSOR) as deed:
        gate_services.put_into_review(deed.session, deed.look, **deed.who)
    with pytest.raises(gate_services.FourEyes), here.at_gate(VISION, Role.SPONSOR) as deed:
        gate_services.sign_gate(deed.session, deed.project, deed.look, role="sponsor", **deed.who)
    for role in (Role.DATA_LEAD, Role.PROJECT_LEAD):
        with pytest.raises(gate_services.NotYourSignature), here.at_gate(VISION, role) as deed:
            gate_services.sign_gate(deed.session, deed.project, deed.look, role="committee", **deed.who)
    with pytest.raises(gate_services.NotAPerson), here.at_gate(VISION) as deed:
        gate_services.sign_gate(deed.session, deed.project, deed.look, role="committee", by=SYSTEM, at=AT)


def test_one_person_signs_once_whatever_roles_they_carry(app: Flask) -> None:
    here = gated(app)
    prepare(here, VISION)
    review(here, VISION)
    carrier = here.of(Role.COMMITTEE).with_roles([Role.COMMITTEE, Role.SPONSOR])
    with here.at_gate(VISION) as deed:
        gate_services.sign_gate(deed.session, deed.project, deed.look, role="committee", by=carrier, at=AT)
    with pytest.raises(gate_services.FourEyes), here.at_gate(VISION) as deed:
        gate_services.sign_gate(deed.session, deed.project, deed.look, role="sponsor", by=carrier, at=AT)
    assert here.look(VISION).unsigned == ["sponsor"]


def test_waivers_do_not_make_a_red_gate_amber(app: Flask) -> None:
    here = gated(app)
    prepare(here, VISION)
    for key, role in (("systems-inventory", Role.DATA_LEAD), ("reports-in-reverse", Role.DATA_LEAD)):
        with here.at_gate(VISION, role) as deed:
            gate_lines.untick_line(deed.session, deed.look, key, **deed.who)
        waive(here, VISION, key)
    review(here, VISION)
    look = here.look(VISION)
    assert (look.verdict.colour, look.verdict.failing, look.verdict.ready_share) == ("red", (), 84)
    with pytest.raises(GateShut) as shut, here.at_gate(VISION, Role.SPONSOR) as deed:
        gate_services.sign_gate(deed.session, deed.project, deed.look, role="sponsor", **deed.who)
    assert "84 % of what it asks holds" in str(shut.value)


def test_sent_back_for_mitigation_everybody_signs_again(app: Flask) -> None:
    here = gated(app)
    prepare(here, VISION)
    review(here, VISION)
    sign(here, VISION)
    with here.at_gate(VISION, Role.COMMITTEE) as deed:
        gate_services.send_back(deed.session, deed.look, reason="Name a backup", **deed.who)
    look = here.look(VISION)
    assert (look.state, look.signatures, look.gate and look.gate.remark) == ("mitigation", {}, "Name a backup")
    with pytest.raises(gate_services.WrongState):
        review(here, VISION)
    pass_gate(here, VISION)
    with reading(app) as session:
        signed = session.scalars(select(GateSignature)).all()
        assert [one.voided_at is None for one in signed] == [False, False, True, True]


def test_going_back_is_a_decision_with_a_reason_and_shuts_the_gate(app: Flask) -> None:
    here = gated(app)
    pass_gate(here, VISION)
    with pytest.raises(InvalidInput), here.at_gate(VISION, Role.SPONSOR) as deed:
        gate_services.reverse_gate(deed.session, deed.project, deed.look, reason=" ", **deed.who)
    with here.at_gate(VISION, Role.SPONSOR) as deed:
        gate_services.reverse_gate(deed.session, deed.project, deed.look, reason="The scope changed", **deed.who)
    assert (here.look(VISION).state, stage_now(here, VISION).state) == ("mitigation", "current")
    with reading(app) as session:
        last = session.scalars(select(Decision).order_by(Decision.id.desc()).limit(1)).one()
        assert (last.reason, last.reverses_id is not None) == ("The scope changed", True)


def test_reversing_the_decision_that_opened_a_gate_shuts_it(app: Flask) -> None:
    here = gated(app)
    pass_gate(here, VISION)
    with here.working() as session:
        opened = session.scalars(select(Decision).order_by(Decision.id.desc()).limit(1)).one()
        sponsor = here.of(Role.SPONSOR)
        reverse_decision(session, opened, outcome="Not opened", reason="Figures were wrong", by=sponsor, at=AT)
    assert here.look(VISION).state == "mitigation"


def test_what_happened_at_a_gate_is_not_taken_back_like_an_edit(app: Flask) -> None:
    here = gated(app)
    pass_gate(here, VISION)
    with here.working() as session:
        action = session.scalars(select(Action).where(Action.verb == "gate.open")).one()
        with pytest.raises(CannotUndo):
            undo_action(session, action, by=here.actor(), at=AT)


def test_readings_are_kept_one_a_day_and_give_the_trend(app: Flask) -> None:
    here = gated(app)
    prepare(here, VISION, tick=False)
    prepare(here, VISION)
    prepare(here, VISION, at=AT + timedelta(days=1))
    with reading(app) as session:
        kept = session.scalars(
            select(GateReading).where(GateReading.item_key == "reports-in-reverse").order_by(GateReading.on)
        )
        assert [(one.on.day, one.passed) for one in kept] == [(2, False), (3, True)]
    line = here.look(VISION, AT + timedelta(days=2)).line("reports-in-reverse")
    assert line is not None
    assert line.direction == "flat"


def test_lines_are_ticked_by_their_role_with_evidence_and_computed_ones_by_nobody(app: Flask) -> None:
    here = gated(app)
    for key, role, evidence, refusal in (
        ("budget-approved", Role.PROJECT_LEAD, "Letter", gate_lines.NotYourLine),
        ("roles-filled", Role.PROJECT_LEAD, "Letter", gate_lines.NotYourLine),
        ("reports-in-reverse", Role.CHANGE_LEAD, "Letter", gate_lines.NotYourLine),
        ("reports-in-reverse", Role.DATA_LEAD, " ", InvalidInput),
    ):
        with pytest.raises(refusal), here.at_gate(VISION, role) as deed:
            gate_lines.tick_line(deed.session, deed.look, key, evidence=evidence, **deed.who)


def test_a_wave_starts_only_behind_its_gate_and_those_of_the_project_before_it(app: Flask) -> None:
    here = gated(app)
    add_wave(here, "One", [add_story(here)], capacity_points="20")
    with pytest.raises(GateShut) as shut:
        start(here)
    assert shut.value.gate == VISION
    pass_gate(here, VISION)
    with pytest.raises(GateShut) as shut:
        start(here)
    assert (shut.value.gate, "The gate Planning of wave 1 is shut" in str(shut.value)) == ("planning-1", True)
    assert wave_now(here).started_at is None
    pass_gate(here, "planning-1")
    start(here)
    assert wave_now(here).stage == "implementation"


def test_going_back_behind_planning_keeps_the_wave_from_being_closed(app: Flask) -> None:
    here = gated(app)
    add_wave(here, "One", [add_story(here)], capacity_points="20")
    pass_gate(here, VISION)
    pass_gate(here, "planning-1")
    start(here)
    with here.at_gate("planning-1", Role.SPONSOR) as deed:
        gate_services.reverse_gate(deed.session, deed.project, deed.look, reason="The scope changed", **deed.who)
    with pytest.raises(GateShut) as shut, here.working() as session:
        waves.close_wave(session, wave_in(session, here), {}, by=here.actor(), at=AT)
    assert shut.value.gate == "planning-1"


def test_a_later_stage_of_the_project_begins_only_behind_the_earlier_gates(app: Flask) -> None:
    here = gated(app)
    with pytest.raises(GateShut) as shut:
        prepare(here, "release")
    assert shut.value.gate == VISION
    pass_gate(here, VISION)
    prepare(here, "release", tick=False)
    assert stage_now(here, "release").state == "current"


def test_the_classic_method_asks_two_gates_before_a_delivery_goes_live(app: Flask) -> None:
    here = gated(app, method_key="classic")
    add_wave(here, "One", [add_story(here)], capacity_points="20")
    pass_gate(here, "preparation")
    pass_gate(here, "analysis-1")
    start(here)
    assert stage_now(here, "go_live").state == "current"
    with pytest.raises(GateShut) as shut, here.working() as session:
        waves.close_wave(session, wave_in(session, here), {}, by=here.actor(), at=AT)
    assert shut.value.gate == "implementation-1"
