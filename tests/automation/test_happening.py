"""What makes rules begin besides a form: merges, releases and quotes, and changes of two people at once."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from implementor.configuration.services.access import set_fields
from implementor.crm.accounts.models import Account
from implementor.crm.leads.models import Lead
from implementor.foundation.permissions import Role
from tests.automation.builders import mails, rule, runs, sets, stopped, template, work
from tests.automation.test_rules import CALL, followed
from tests.crm.builders import Company, company
from tests.crm.quotes.offers import accept, offered, take_back, told
from tests.crm.shapes.builders import shape
from tests.duplicates.builders import merge_of
from tests.duplicates.test_at_once import at_once, refusals
from tests.releases.release_builders import shop
from tests.releases.test_row_moving import Moving


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def by_both_switches(here: Company, field: str) -> None:
    """Two rules over a field of accounts: one of changes by hand alone, one of merges and releases too."""
    for name, in_bulk in (("By hand alone", False), ("Always", True)):
        rule(here, "account", name, sets("description", name), event="changed", field=field, in_bulk=in_bulk)


def test_a_merge_begins_only_the_rules_that_ask_for_merges(here: Company) -> None:
    by_both_switches(here, "city")
    kept, gone = here.add("account", name="Alfa SL"), here.add("account", name="Alfa S.A.", city="Vigo")
    merge_of(here, kept, gone)
    account: Account = here.stored(Account, kept)
    assert (account.city, account.description, runs(here)) == ("Vigo", "Always", [("done", "")])
    here.change("account", kept, city="Lugo")
    assert len(runs(here)) == 3


def test_the_runs_of_a_rule_are_taken_along_as_a_file(here: Company) -> None:
    rule(here, "account", "Always", sets("description", "Known"), event="changed", field="city")
    here.change("account", here.add("account", name="Alfa SL"), city="Lugo")
    client = here.browser("crm_admin").client
    (line,) = client.get("/settings/automation/1/runs/export.csv").get_data(as_text=True).splitlines()[-1:]
    assert line.endswith(",Alfa SL,1,Done,")
    with client.get("/settings/automation/1/runs/export.xlsx") as sent:
        assert sent.data.startswith(b"PK")
    assert client.get("/settings/automation/1/runs/export.pdf").status_code == 404


def test_a_release_that_moves_records_begins_only_the_rules_that_ask_for_releases(app: Flask) -> None:
    made, (story,) = shop(app)
    here, (first, second) = made.company, made.words()[:2]
    by_both_switches(here, "industry")
    account = made.account("Alfa", first)
    made.retired(story, first, answers={"held": made.word(second).uid})
    made.try_out()
    made.close()
    assert (made.industry_of(account), here.stored(Account, account).description) == (second, "Always")
    assert runs(here) == [("done", "")]


def test_what_the_job_of_a_release_moves_begins_the_same_rules_and_its_way_back_none(app: Flask) -> None:
    moving = Moving(app)
    here = moving.made.company
    by_both_switches(here, "industry")
    moved = [one for one, word in moving.begun.items() if word == moving.old]
    moving.release()
    moving.batch_until_done()
    assert [here.stored(Account, one).description for one in moved] == ["Always"] * len(moved)
    assert runs(here) == [("done", "")] * len(moved)
    moving.go_back()
    assert len(runs(here)) == len(moved)


def test_each_state_of_a_quote_begins_a_rule_and_taking_it_back_does_so_too(here: Company) -> None:
    rule(here, "quote", "On its way", CALL, event="changed", field="state")
    quote = offered(here, "10 EUR")
    here.change("quote", quote, reference="RFQ 7")
    assert runs(here) == []
    told(here, quote, "sent")
    assert len(runs(here)) == 1
    accept(here, quote)
    take_back(here, quote)
    work(here)
    assert runs(here) == [("done", "")] * 3
    assert [one.follow_up for one in followed(here)] == ["Call them"] * 3


def test_two_who_change_one_record_at_once_begin_a_rule_once_for_each_change_that_is_kept(here: Company) -> None:
    rule(here, "lead", "Any change", sets("urgency", "now"), event="changed")
    lead_id = here.add("lead", last_name="Vega")

    def change(who: str, **values: Any) -> bool:
        try:
            here.change("lead", lead_id, who, **values)
        except StaleDataError:  # whoever comes second on PostgreSQL is shown both versions
            return False
        return True

    kept = at_once(lambda: change("seller", company="Brío"), lambda: change("mate", city="Vigo"))
    lead: Lead = here.stored(Lead, lead_id)
    assert lead.urgency == "now"
    assert (
        runs(here).count(("done", "")) == kept.count(True) == sum(one is not None for one in (lead.company, lead.city))
    )


def test_two_that_break_at_once_are_counted_as_two(here: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any) -> Any:
        raise RuntimeError

    rule_id = rule(here, "lead", "Broken", sets("urgency", "now"))
    monkeypatch.setattr("implementor.crm.automation.steps.read_step_value", breaks)
    for _ in range(3):
        made = at_once(*(lambda: here.add("lead", last_name="Vega") for _ in range(2)))
        assert not refusals(made)
    is_stopped, failures = stopped(here, rule_id)
    assert (is_stopped, failures) == (True, len(runs(here)))  # who began beside the fifth still counts


def test_a_mail_to_a_customer_holds_nothing_that_a_reader_of_its_note_must_not_see(here: Company) -> None:
    text = "{{ name }} {{ job_title }} {{ owner }}"
    uid = template(here, body_en=text, body_es=text, subject_es="{{ job_title }} {{ name }}")
    rule(here, "lead", "Welcome", {"do": "mail", "template": uid, "to": "contact"})
    shape(here, set_fields, "lead", {(Role.CRM_USER, "job_title"): "hide"})
    here.add("lead", "manager", last_name="Vega", email="ana@example.com", language="es", job_title="Head")
    work(here)
    (mail,) = mails(here)
    (note,) = followed(here)
    assert (str(mail.lines), mail.to_address) == ("['Vega  Manager Vega']", "ana@example.com")
    assert (note.subject, note.body) == ("Vega", "Vega  Manager Vega")
