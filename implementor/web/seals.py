"""How the program seals what it hands out and takes back: cookies, form tokens, addresses; HMAC over SHA-256 alone."""

from __future__ import annotations

import hashlib
import secrets

from flask import Flask, current_app, g
from flask import session as browser_session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from itsdangerous import Signer, URLSafeSerializer

FORM_WORD = "csrf_token"
MOST_WORDS = 5_000


class SealedCookies(SecureCookieSessionInterface):
    """Cookies of the browser's session; the library's own choice is SHA-1."""

    digest_method = staticmethod(hashlib.sha256)


def seal(salt: str) -> URLSafeSerializer:
    """What seals and opens values for one purpose; opening what was sealed elsewhere raises BadSignature."""
    return URLSafeSerializer(current_app.secret_key or "", salt=salt)


def form_word() -> str:
    """The sealed word of this answer's forms; sealed once for a browser, which takes as long as a statement."""
    choose_form_word()
    sealed: dict[str, str] = current_app.extensions.setdefault("implementor_form_words", {})
    plain = browser_session[FORM_WORD]
    word = sealed.get(plain)
    if word is None:
        if len(sealed) >= MOST_WORDS:
            sealed.clear()
        word = sealed[plain] = str(generate_csrf())
    g.csrf_token = word
    return word


def choose_form_word() -> None:
    """Give this browser the word that its forms carry, if it has none; the library would draw it through SHA-1."""
    if FORM_WORD not in browser_session:
        browser_session[FORM_WORD] = secrets.token_hex(20)


class FormSeal(FlaskForm.Meta.csrf_class):  # type: ignore[misc]
    """The word of a form, drawn by ourselves; forms name this class."""

    def generate_csrf_token(self, csrf_token_field: object) -> str:
        """The sealed word."""
        return form_word()


def install(app: Flask) -> None:
    """Seal everything by SHA-256, also what libraries seal without asking how, as that of forms does."""
    app.session_interface = SealedCookies()
    Signer.default_digest_method = staticmethod(hashlib.sha256)
