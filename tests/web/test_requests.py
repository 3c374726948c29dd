"""One request, one transaction: what the glue promises to every page, tried on real pages."""

import gzip
import threading
from typing import Any

import pytest
from flask import Flask

from implementor.foundation.permissions import Role
from implementor.web.messages import MOST
from tests.machinery.pages import HEADERS
from tests.stories.builders import Backlog, backlog


def add(here: Backlog, titles: str, key: str = "", **headers: str) -> Any:
    """What the server answers to quick add, redirects not followed."""
    browser = here.browser()
    browser.get(here.url("/backlog"))
    data = {"csrf_token": browser.token(), "titles": titles, **({"idempotency_key": key} if key else {})}
    return browser.client.post(here.url("/backlog"), data=data, headers={**HEADERS, **headers})


def test_a_refused_request_leaves_no_change_and_no_message(app: Flask) -> None:
    here = backlog(app)
    browser = here.browser()
    form = browser.get(here.url("/backlog")).form(here.url("/backlog"))
    refused = form.submit(titles="One\n" + "x" * 300, status=422)
    assert here.order() == []
    assert "is added" not in refused.text
    assert "is added" not in browser.get(here.url("/backlog")).text


def test_pressing_twice_does_it_once_and_says_the_same(app: Flask) -> None:
    here = backlog(app)
    browser = here.browser()
    browser.get(here.url("/backlog"))
    data = {"csrf_token": browser.token(), "titles": "One", "idempotency_key": "a-key"}
    answers = [browser.client.post(here.url("/backlog"), data=data, headers=HEADERS) for _ in range(3)]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, here.url("/backlog"))}
    assert here.order() == [1]
    browser.client.post(here.url("/backlog"), data={**data, "titles": "Two"}, headers=HEADERS)
    assert here.order() == [1, 2]


def test_only_the_latest_messages_wait_for_a_page(app: Flask) -> None:
    here = backlog(app)
    browser = here.browser()
    browser.get(here.url("/backlog"))
    for number in range(12):
        data = {"csrf_token": browser.token(), "titles": f"Story {number}"}
        answer = browser.client.post(here.url("/backlog"), data=data, headers=HEADERS)
    assert len(answer.headers["Set-Cookie"]) < 2_000
    assert browser.get(here.url("/backlog")).text.count("is added") == MOST


def test_a_key_of_a_refused_request_is_free_again(app: Flask) -> None:
    here = backlog(app)
    assert add(here, " ", "a-key").status_code == 422
    assert add(here, "One", "a-key").status_code == 303
    assert here.order() == [1]


def test_a_key_in_the_header_stands_for_one_request_alone(app: Flask) -> None:
    here = backlog(app)
    assert add(here, "One", **{"Idempotency-Key": "header-key"}).status_code == 303
    assert add(here, "Two", **{"Idempotency-Key": "header-key"}).status_code == 422
    assert add(here, "One", **{"Idempotency-Key": "k" * 65}).status_code == 400
    assert here.order() == [1]


def test_twins_at_the_same_moment_do_it_once(app: Flask) -> None:
    here = backlog(app)
    browsers = [here.browser() for _ in range(4)]
    tokens = [browser.get(here.url("/backlog")).browser.token() for browser in browsers]
    answers: list[int] = []
    ready = threading.Barrier(len(browsers))

    def press(browser: Any, token: str) -> None:
        data = {"csrf_token": token, "titles": "One", "idempotency_key": "twin"}
        ready.wait()
        answers.append(browser.client.post(here.url("/backlog"), data=data, headers=HEADERS).status_code)

    threads = [threading.Thread(target=press, args=pair) for pair in zip(browsers, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 4
    assert here.order() == [1]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
    ],
)
@pytest.mark.sqlite_only("nothing of it reaches the database")
def test_what_another_site_started_is_refused(app: Flask, headers: dict[str, str]) -> None:
    here = backlog(app)
    assert add(here, "One", **headers).status_code == 403
    assert here.order() == []


@pytest.mark.sqlite_only("nothing of it reaches the database")
def test_a_form_without_its_token_is_refused(app: Flask) -> None:
    here = backlog(app)
    answer = here.browser().client.post(here.url("/backlog"), data={"titles": "One"}, headers=HEADERS)
    assert answer.status_code == 400
    assert here.order() == []


def test_strangers_are_led_to_the_door_and_viewers_are_told(app: Flask) -> None:
    here = backlog(app)
    client = app.test_client()
    assert client.get(here.url("/backlog"), headers=HEADERS).location.startswith("/sign-in")
    viewer = here.browser(Role.VIEWER)
    viewer.get(here.url("/backlog"))
    refused = viewer.post(here.url("/backlog"), {"titles": "One"}, status=403)
    assert refused.heading == "This is not open to you"


def test_a_page_the_reader_has_is_not_sent_again(app: Flask) -> None:
    here = backlog(app)
    here.story()
    client = here.browser().client
    first = client.get(here.url("/backlog"), headers=HEADERS)
    again = client.get(here.url("/backlog"), headers={**HEADERS, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    here.story("Another")
    changed = client.get(here.url("/backlog"), headers={**HEADERS, "If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


@pytest.mark.sqlite_only("nothing of it depends on the database")
def test_pages_are_compressed_and_carry_the_policy(app: Flask) -> None:
    here = backlog(app)
    client = here.browser().client
    answer = client.get(here.url("/backlog"), headers={**HEADERS, "Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"<h1>" in gzip.decompress(answer.data)
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert {"HX-Request", "HX-Target", "Cookie"} <= set(answer.headers["Vary"].split(", "))


@pytest.mark.parametrize("address", ["/nowhere", "/sign-in/%00", "/projects/x/stories/1"])
@pytest.mark.sqlite_only("nothing of it depends on the database")
def test_what_is_not_there_has_a_page_of_its_own(app: Flask, address: str) -> None:
    page = backlog(app).browser().get(address, status=404)
    assert page.heading == "Nothing is here"


@pytest.mark.sqlite_only("nothing of it depends on the database")
@pytest.mark.parametrize(
    ("came", "leads_to"),
    [
        ("http://localhost{backlog}?text=pay", "{backlog}?text=pay"), ("http://localhost/nowhere", ""), ("", ""),
        ("http://elsewhere.example{backlog}", ""), ("http://localhost//elsewhere.example/", ""), ("nonsense", ""),
    ],
)  # fmt: skip
def test_a_page_of_a_fault_leads_back_to_the_page_before_it_on_this_site(app: Flask, came: str, leads_to: str) -> None:
    here = backlog(app)
    page = here.browser().get("/nowhere", status=404, Referer=came.format(backlog=here.url("/backlog")))
    ways = [way.get("href") for way in page.tree.xpath("//main//a[contains(@class, 'button')]")]
    assert ways == [*([leads_to.format(backlog=here.url("/backlog"))] if leads_to else []), "/", "/help"]


def test_programs_get_problems_as_json(app: Flask) -> None:
    answer = backlog(app).browser().client.get("/nowhere", headers={**HEADERS, "Accept": "application/json"})
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 404


def test_health_says_what_works_and_metrics_need_their_token(app: Flask, make_app: Any) -> None:
    assert app.test_client().get("/health/live").get_json() == {"status": "ok"}
    ready = app.test_client().get("/health/ready").get_json()
    assert (ready["database"], ready["queue"]) == ("ok", "ok")
    assert app.test_client().get("/metrics").status_code == 404
    watched = make_app(metrics_token="a-token-of-tests").test_client()
    assert watched.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    answer = watched.get("/metrics", headers={"Authorization": "Bearer a-token-of-tests"})
    assert b"implementor_requests_total" in answer.data
