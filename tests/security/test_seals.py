"""What the program hands out is sealed by SHA-256 alone, libraries included."""

from __future__ import annotations

import hashlib
from typing import NoReturn

import pytest
from flask import Flask
from itsdangerous import BadSignature, URLSafeSerializer
from itsdangerous.encoding import base64_decode

from implementor.web.seals import seal
from tests.auth.builders import add_person, sign_in
from tests.machinery.pages import Browser

pytestmark = pytest.mark.sqlite_only("seals know no database")


def _refuse(*_given: object, **_named: object) -> NoReturn:
    raise AssertionError("SHA-1 is asked")


def test_signing_in_and_sending_forms_asks_no_older_hash(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = add_person(app, "Ana Alba")
    monkeypatch.setattr(hashlib, "sha1", _refuse)
    sign_in(browser, person, to="/account")
    assert browser.page is not None
    cookie = browser.client.get_cookie(str(app.config["SESSION_COOKIE_NAME"]))
    assert cookie is not None
    for sealed in (cookie.value, browser.token()):
        assert len(base64_decode(sealed.rpartition(".")[2])) == hashlib.sha256().digest_size
    browser.get("/account").form("/sign-out").submit()


def test_what_an_older_hash_or_another_purpose_sealed_is_not_taken(app: Flask) -> None:
    older = URLSafeSerializer(app.secret_key or "", salt="a", signer_kwargs={"digest_method": hashlib.sha1})
    with app.app_context():
        assert seal("a").loads(seal("a").dumps("/x")) == "/x"
        for other in (older.dumps("/x"), seal("b").dumps("/x")):
            with pytest.raises(BadSignature):
                seal("a").loads(other)
