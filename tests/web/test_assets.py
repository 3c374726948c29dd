"""Static files: kept for a year under the version in their address; scripts from here or from the CDN."""

import gzip
import re
from collections.abc import Callable

import pytest
from flask import Flask

from implementor.web.assets import CDN, csp_script_origins, frontend_scripts, static_url

pytestmark = pytest.mark.sqlite_only(reason="static files know no database")


def address(app: Flask, path: str) -> str:
    with app.test_request_context():
        return static_url(path)


def test_a_file_under_its_present_version_is_kept_for_a_year(app: Flask) -> None:
    answer = app.test_client().get(address(app, "css/tokens.css"))
    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert answer.cache_control.max_age == 31_536_000
    assert answer.cache_control.immutable


@pytest.mark.parametrize("path", ["/static/css/tokens.css", "/static/v-000000000000/css/tokens.css"])
def test_any_other_address_of_it_is_asked_about_each_time(app: Flask, path: str) -> None:
    client = app.test_client()
    answer = client.get(path)
    assert answer.cache_control.no_cache
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_neighbours_named_relatively_get_the_version_too(app: Flask) -> None:
    assert re.fullmatch(r"/static/v-[0-9a-f]{12}/js/app\.js", address(app, "js/app.js"))


def test_text_is_compressed_for_those_who_can_read_it(app: Flask) -> None:
    client, path = app.test_client(), address(app, "js/app.js")
    plain = client.get(path)
    zipped = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(zipped.data) == plain.data
    assert "Accept-Encoding" in zipped.headers["Vary"]
    assert zipped.headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize("path", ["../app.py", "%2e%2e/app.py", "css", "css/missing.css", "v-0/../../app.py", ""])
def test_nothing_but_static_files_is_served(app: Flask, path: str) -> None:
    assert app.test_client().get(f"/static/{path}").status_code in (404, 308)


def test_a_file_that_is_not_there_has_no_address(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(FileNotFoundError, match=r"css/missing\.css"):
        static_url("css/missing.css")


def test_local_scripts_are_ours_and_still_carry_their_hash(app: Flask) -> None:
    with app.test_request_context():
        scripts, origins = frontend_scripts(), csp_script_origins()
    assert origins == []
    assert [script["crossorigin"] for script in scripts] == [None, None]
    assert app.test_client().get(str(scripts[0]["src"])).status_code == 200
    assert all(str(script["integrity"]).startswith("sha384-") for script in scripts)


def test_scripts_from_the_cdn_name_their_exact_version(make_app: Callable[..., Flask]) -> None:
    with make_app(assets="cdn").test_request_context():
        scripts, origins = frontend_scripts(), csp_script_origins()
    assert origins == [CDN]
    assert scripts[0]["src"] == f"{CDN}/npm/htmx.org@4.0.1/dist/htmx.min.js"
    assert [script["crossorigin"] for script in scripts] == ["anonymous", "anonymous"]


def test_the_choice_falls_back_to_the_cdn_when_a_file_is_not_the_pinned_one(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_app(assets="auto").test_request_context():
        assert csp_script_origins() == []
    monkeypatch.setattr("implementor.web.assets.FrontendFile.is_here", lambda self: self.package != "sortablejs")
    with make_app(assets="auto").test_request_context():
        assert csp_script_origins() == [CDN]
