"""Rules of when and then: what they do in the change itself and after it, what stops them, and what never does."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.automation.models import AutomationRule
from implementor.automation.services.steps import read_step_value
from implementor.configuration.services.access import set_fields
from implementor.crm.automation.days import watch_days
from implementor.crm.interactions.models import Interaction
from implementor.crm.leads.models import Lead
from implementor.foundation.conditions import Comparison
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Role
from implementor.history.models import Action
from implementor.history.note import note_of
from implementor.history.services import undo_action
from implementor.lists.sheets import sheet_of
from implementor.notifications.models import Notice
from tests.auth.builders import reading
from tests.automation.builders import mails, rule, runs, sets, stopped, template, work
from tests.crm.builders import START, Company, company
from tests.crm.shapes.builders import shape, where

CALL = {"do": "follow_up", "text": "Call them", "days": 1}


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def lead(here: Company, **values: Any) -> int:
    return here.add("lead", last_name="Vega", email="ana@example.com", language="es", **values)


def urgency(here: Company, lead_id: int) -> str | None:
    found: Lead = here.stored(Lead, lead_id)
    return found.urgency


def followed(here: Company) -> list[Interaction]:
    with reading(here.app) as session:
        return list(session.scalars(select(Interaction).order_by(Interaction.id)))


def test_a_rule_sets_a_field_in_the_same_change_and_history_says_so(here: Company) -> None:
    web = where("source", Comparison.EQUALS, "web")
    rule(here, "lead", "From the web", sets("urgency", "now"), conditions=(web,))
    assert urgency(here, lead(here, source="web")) == "now"
    with reading(here.app) as session:
        last = session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one()
        assert (last.verb, str(last.sentence)) == ("automation.run", "Vega: by the rule From the web")
    assert urgency(here, lead(here, source="partner")) is None
    assert runs(here) == [("done", "")]


def test_a_changed_field_begins_a_rule_and_what_it_does_begins_others(here: Company) -> None:
    rule(here, "lead", "First", sets("urgency", "now"), event="changed", field="source")
    rule(here, "lead", "Second", sets("job_title", "Urgent"), event="changed", field="urgency")
    lead_id = lead(here)
    here.change("lead", lead_id, company="Brío")
    assert runs(here) == []
    here.change("lead", lead_id, source="web")
    assert (urgency(here, lead_id), here.stored(Lead, lead_id).job_title) == ("now", "Urgent")
    assert runs(here) == [("done", ""), ("done", "")]
    with here.working() as session:  # taking it back begins nothing
        mine = Action.actor_id == here.people["seller"].id
        changed = session.scalars(select(Action).where(mine).order_by(Action.id.desc()).limit(1)).one()
        undo_action(session, changed, by=here.by(), at=START)
    assert len(runs(here)) == 2


def test_rules_that_begin_each_other_are_cut_off(here: Company) -> None:
    rule(here, "lead", "There", sets("urgency", "now"), event="changed", field="job_title")
    rule(here, "lead", "Back", sets("job_title", "Again"), event="changed", field="urgency")
    lead_id = lead(here)
    here.change("lead", lead_id, job_title="New")
    assert [state for state, _reason in runs(here)] == ["done", "done", "cut"]
    chain = ("source", "company", "city", "region", "street", "postcode", "first_name")
    for before, field in pairwise(chain):
        rule(here, "lead", f"After {before}", sets(field, field), event="changed", field=before)
    here.change("lead", lead_id, source="web")
    assert [state for state, _reason in runs(here)[3:]] == ["done"] * 5 + ["cut"]
    assert (here.stored(Lead, lead_id).postcode, here.stored(Lead, lead_id).first_name) == ("postcode", None)


def test_what_goes_outward_is_done_once_by_a_job(here: Company) -> None:
    uid = template(here)
    rule(here, "lead", "Welcome", {"do": "mail", "template": uid, "to": "contact"}, CALL)
    lead_id = lead(here)
    assert (mails(here), runs(here)) == ([], [("waiting", "")])
    assert (work(here), work(here)) == (1, 0)
    (mail,) = mails(here)
    assert (mail.to_address, mail.language) == ("ana@example.com", "es")
    assert str(mail.lines) == "['Estimada Vega:', 'le contestamos pronto.']"
    sent, planned = followed(here)
    assert (sent.direction, sent.subject, sent.about_id) == ("out", "Le damos la bienvenida, Vega", lead_id)
    assert planned.follow_up == "Call them"
    assert planned.follow_up_owner_id == here.people["seller"].id
    assert runs(here) == [("done", "")]


def test_a_job_that_is_done_again_sends_nothing_again(here: Company) -> None:
    from implementor.crm.automation.running import carry_on

    rule(here, "lead", "Welcome", {"do": "mail", "template": template(here), "to": "contact"}, CALL)
    lead(here)
    with here.working() as session:
        assert carry_on(session, 1, at=START)  # the worker dies between two steps
    work(here)
    with here.working() as session:
        assert not carry_on(session, 1, at=START)
    assert (len(mails(here)), len(followed(here))) == (1, 2)


def test_who_said_no_is_not_mailed_and_the_run_says_why(here: Company) -> None:
    uid = template(here)
    rule_id = rule(here, "lead", "Welcome", {"do": "mail", "template": uid, "to": "contact"})
    rule(here, "lead", "To us", {"do": "mail", "template": uid, "to": "owner"})
    lead(here, opted_out=True)
    work(here)
    assert [one.to_address for one in mails(here)] == [here.people["seller"].email]
    assert runs(here) == [("skipped", "Vega asked for no mails."), ("done", "")]
    assert stopped(here, rule_id) == (False, 0)


def test_a_mail_to_the_owner_holds_no_more_than_the_owner_sees(here: Company) -> None:
    uid = template(here, body_en="{{ name }}: {{ job_title }}", body_es="{{ name }}: {{ job_title }}")
    rule(here, "lead", "To us", {"do": "mail", "template": uid, "to": "owner"})
    lead(here, job_title="Head")
    shape(here, set_fields, "lead", {(Role.CRM_USER, "job_title"): "hide"})
    work(here)
    lead(here, job_title="Head")
    work(here)
    assert ["Head" in str(one.lines) for one in mails(here)] == [False, False]
    shape(here, set_fields, "lead", {(Role.CRM_USER, "job_title"): "edit"})
    lead(here, job_title="Head")
    work(here)
    assert "Head" in str(mails(here)[-1].lines)
    assert runs(here) == [("done", "")] * 3


def test_a_rule_that_breaks_leaves_the_change_and_is_stopped(here: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    rule_id = rule(here, "lead", "Broken", sets("urgency", "now"), sets("company", "Brío"))

    def breaks(field: Any, text: str) -> Any:
        if text == "Brío":
            raise RuntimeError(text)
        return read_step_value(field, text)

    monkeypatch.setattr("implementor.crm.automation.steps.read_step_value", breaks)
    made = [lead(here) for _ in range(6)]
    assert {urgency(here, one) for one in made} == {None}  # the first step of a run goes with the second
    assert [state for state, _reason in runs(here)] == ["failed"] * 5
    assert stopped(here, rule_id) == (True, 5)
    with reading(here.app) as session:
        told = session.scalars(select(Notice).order_by(Notice.id)).all()
        assert {one.user_id for one in told} == {here.people["crm_admin"].id}
        assert len(told) == 2  # once that it broke, once that it was stopped


def test_what_a_rule_sets_obeys_what_is_needed(here: Company) -> None:
    from tests.crm.shapes.builders import need

    rule(here, "lead", "Empties", {"do": "set", "field": "urgency"}, event="changed", field="company")
    lead_id = lead(here, urgency="now")
    need(here, "lead", "urgency", strength="edit")
    here.change("lead", lead_id, company="Brío")
    assert (urgency(here, lead_id), here.stored(Lead, lead_id).company) == ("now", "Brío")
    assert runs(here) == [("failed", "Urgency is needed: For urgency.")]


def test_a_day_comes_once_however_often_somebody_looks(here: Company) -> None:
    sale = here.add("account", name="Alba")
    commitment = here.add("commitment", promise="Deliver", due_on="2026-03-20", account=sale)
    rule(here, "commitment", "Soon due", CALL, event="date", field="due_on", days=-7)
    assert watch_days(here.app, START) == 0
    due = START + timedelta(days=11)
    assert (watch_days(here.app, due), watch_days(here.app, due), watch_days(here.app, due + timedelta(1))) == (1, 0, 0)
    here.change("commitment", commitment, due_on="2026-04-20")
    assert watch_days(here.app, START + timedelta(days=42)) == 1


def test_a_kind_that_is_switched_off_lets_its_rules_sleep(here: Company) -> None:
    from implementor.configuration.services import kinds

    rule(here, "lead", "Asleep", CALL)
    lead_id = lead(here)
    shape(here, kinds.switch_off, "lead")
    assert lead_id
    work(here)
    assert (runs(here), followed(here)) == ([("skipped", "The record is not in use any more.")], [])


@pytest.mark.parametrize(
    ("more", "input_"),
    [
        ({"event": "changed", "field": "nothing"}, "field"), ({"event": "date", "field": "source", "days": 1}, "field"),
        ({"event": "never"}, "event"), ({"steps": ()}, "do_1"), ({"steps": (sets("nothing", "1"),)}, "set_1"),
        ({"steps": (CALL, {"do": "mail", "template": "x", "to": "contact"})}, "template_2"),
        ({"steps": (sets("urgency", "no such word"),)}, "to_value_1"),
        ({"steps": ({**CALL, "days": 999},)}, "in_days_1"),
        ({"steps": ({"do": "set", "field": "urgency", "copy": "company"},)}, "copy_1"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused_beside_its_input(here: Company, more: dict[str, Any], input_: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        rule(here, "lead", "Bad", *more.get("steps", (CALL,)), **{k: v for k, v in more.items() if k != "steps"})
    assert list(refused.value.errors) == [input_]


def test_imports_and_the_like_are_passed_over_unless_the_rule_asks_for_them(here: Company) -> None:
    for name, in_bulk in (("By hand alone", False), ("Always", True)):
        rule(here, "lead", name, CALL, in_bulk=in_bulk)
    with here.working() as session:
        note_of(session).source = "import"
        add = sheet_of("lead").create
        assert add is not None
        add(session, here.scope(), {"last_name": "Vega"}, here.by(), START)
    assert runs(here) == [("waiting", "")]


def test_a_rule_is_written_tried_and_started_again_on_its_pages(here: Company) -> None:
    lead(here)
    browser, body = here.browser("crm_admin"), {"label_en": "Call", "label_es": "Llamar", "event": "created"}
    tests = {f"test_{row}": "equals" for row in range(1, 5)}
    browser.get("/settings/automation/new/lead")
    page = browser.post("/settings/automation/new/lead", {**body, **tests, "do_1": "set", "set_1": "urgency"})
    assert "Urgency is emptied" in page.text
    bad = {**body, **tests, "label_en": "Other", "do_1": "set", "set_1": "urgency", "to_value_1": "Tomorrow"}
    assert "must be one of" in browser.post("/settings/automation/new/lead", bad, status=422).text
    assert "would have touched" in browser.get("/settings/automation/1/try").text
    browser.post("/settings/automation/1/start", status=409)
    browser.post("/settings/automation/1/withdraw")
    assert "1 withdrawn rule" in browser.get("/settings/automation").text
    here.browser("seller").get("/settings/automation", status=403)


def test_saving_the_form_of_a_rule_loses_no_step_and_no_condition(here: Company) -> None:
    """Further ones come from releases; the form asks five steps and four conditions."""
    conditions = tuple(where(name, Comparison.IS_EMPTY) for name in ("company", "city", "region", "street", "postcode"))
    steps = [{**CALL, "text": f"Step {number}"} for number in range(1, 6)]
    rule_id = rule(here, "lead", "Five", *steps, conditions=conditions)
    browser = here.browser("crm_admin")
    page = browser.get(f"/settings/automation/{rule_id}")
    page.form("rule").submit(label_en="Five of five")
    kept: AutomationRule = here.stored(AutomationRule, rule_id)
    assert (kept.label_en, kept.steps) == ("Five of five", steps)
    assert len(kept.conditions) == 5
    again = browser.get(f"/settings/automation/{rule_id}").text
    assert "Step 5" in again
    assert "Further steps" not in again
