"""Mails to customers: written from a template in their language, kept to what they agreed to, and logged."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.automation.filling import values_of
from implementor.automation.models import MessageTemplate
from implementor.automation.services import templates
from implementor.automation.services.templates import TemplateWish
from implementor.configuration.services.access import set_fields
from implementor.crm.consents.services import NewConsent, record_consent
from implementor.crm.interactions.models import Interaction
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Role
from tests.auth.builders import reading
from tests.automation.builders import TEXTS, mails, template
from tests.crm.builders import START, Company, company
from tests.crm.shapes.builders import shape, shaping


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def contact(here: Company, **values: Any) -> int:
    account = here.add("account", name="Alba", city="Bilbao")
    return here.add("contact", last_name="Vega", email="ana@example.com", language="es", account=account, **values)


def test_a_mail_is_begun_with_a_template_changed_sent_and_logged(here: Company) -> None:
    body = "Hola {{ name }} de {{ account.city }}{{ owner }}"
    uid, contact_id = template(here, "contact", body_es=body), contact(here)
    url, browser = f"/crm/interactions/write/contact/{contact_id}", here.browser()
    assert "Welcome" in browser.get(url).text
    page = browser.get(f"{url}?template={uid}")
    assert "Hola Vega de BilbaoSeller Vega" in page.text
    browser.post(url, {"template": uid, "subject": "", "body": "Hola"}, status=422)
    assert mails(here) == []
    browser.post(url, {"template": uid, "subject": "Hola", "body": "Uno\n\n{{ name }}"})
    (mail,) = mails(here)
    assert (mail.to_address, mail.lines) == ("ana@example.com", ["Uno", "{{ name }}"])
    with reading(here.app) as session:
        (logged,) = session.scalars(select(Interaction))
        assert (logged.channel, logged.direction, logged.contact_id) == ("email", "out", contact_id)
    here.browser("stranger").get(url, status=403)
    browser.get("/crm/interactions/write/account/1", status=404)


def test_who_said_no_or_did_not_agree_gets_none_and_the_page_says_why(here: Company) -> None:
    uid = template(here, "contact", consent="newsletter")
    contact_id = contact(here)
    url, browser = f"/crm/interactions/write/contact/{contact_id}", here.browser()
    assert "did not agree to this by mail: Newsletter" in browser.get(f"{url}?template={uid}").text
    browser.post(url, {"template": uid, "subject": "Hola", "body": "Hola"}, status=409)
    assert "To:" in browser.get(url).text
    said = NewConsent(contact_id, "marketing", "objected", START, "phone")
    with here.working() as session:
        record_consent(session, said, by=here.by(), at=START)
    assert "said no to this by mail: Advertising" in browser.get(url).text
    browser.post(url, {"template": "", "subject": "Hola", "body": "Hola"}, status=409)
    assert mails(here) == []


def test_what_its_sender_does_not_see_stays_empty(here: Company) -> None:
    contact_id, seller = contact(here, job_title="Head"), (Role.CRM_USER, "job_title")
    names = ["job_title", "account.name", "gone", "account.gone"]
    shape(here, set_fields, "contact", {seller: "hide"})
    with here.working() as session:
        found = values_of(session, "contact", contact_id, names, by=here.by())
        whole = values_of(session, "contact", contact_id, names, by=here.by("manager"))
    assert found == {"account.name": "Alba"}
    assert whole == {"account.name": "Alba", "job_title": "Head"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ nme }}", "Did you mean “name”?"), ("{{ acount.name }}", "Did you mean “account.name”?"),
        ("{{ name", "two braces"), ("{{ name.__class__ }}", "There is no place called"),
        ("{% for one in all %}{{ name() }}", "There is no place called"),
    ],
)  # fmt: skip
def test_a_place_that_is_not_there_is_refused_beside_its_text(here: Company, text: str, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        template(here, "contact", body_en=text)
    assert list(refused.value.errors) == ["body_en"]
    assert said in str(refused.value.reason)


def test_a_template_is_written_withdrawn_and_restored_on_its_pages(here: Company) -> None:
    browser, texts = here.browser("crm_admin"), {**TEXTS, "label_en": "Hello", "label_es": "Hola", "consent": ""}
    contact(here)
    browser.get("/settings/templates/new/email/contact")
    browser.post("/settings/templates/new/email/contact", {**texts, "body_es": "{{ nada }}"}, status=422)
    browser.post("/settings/templates/new/email/contact", texts)
    with reading(here.app) as session:
        one = session.scalars(select(MessageTemplate)).one()
    assert "Dear Vega" in browser.get(f"/settings/templates/{one.id}").text
    assert "Hello" in browser.get("/settings/templates?purpose=email&sort=-label_en&group=purpose&q=hell").text
    assert "Hello" not in browser.get("/settings/templates?purpose=proposal").text
    assert "Hello" in browser.get("/lists/message_template/export.csv").response.text
    for deed in ("archive", "restore", "edit"):
        answer = browser.post(f"/records/message_template/{one.id}/{deed}", status=None).response
        assert answer.status_code >= 400
    browser.post(f"/settings/templates/{one.id}/withdraw")
    assert "1 withdrawn template" in browser.get("/settings/templates").text
    with shaping(here) as (session, by_at):
        templates.add_template(session, "contact", TemplateWish("Hello", "Otra", **TEXTS), **by_at)
    browser.post(f"/settings/templates/{one.id}/restore", status=409)
