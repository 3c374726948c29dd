"""How the program seals what it hands out and takes back: cookies, form tokens, addresses; HMAC over SHA-256 alone."""

from __future__ import annotations

import hashlib
import secrets

from flask import Flask, current_app
from flask import session as browser_session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf import FlaskForm
from itsdangerous import Signer, URLSafeSerializer

FORM_WORD = "csrf_token"


class SealedCookies(SecureCookieSessionInterface):
    """Cookies of the browser's session; the library's own choice is SHA-1."""

    digest_method = staticmethod(hashlib.sha256)


def seal(salt: str) -> URLSafeSerializer:
    """What seals and opens values for one purpose; opening what was sealed elsewhere raises BadSignature."""
    return URLSafeSerializer(current_app.secret_key or "", salt=salt)


def choose_form_word() -> None:
    """Give this browser the word that its forms carry, if it has none; the library would draw it through SHA-1."""
    if FORM_WORD not in browser_session:
        browser_session[FORM_WORD] = secrets.token_hex(20)


class FormSeal(FlaskForm.Meta.csrf_class):  # type: ignore[misc]
    """The word of a form, drawn by ourselves; forms name this class."""

    def generate_csrf_token(self, csrf_token_field: object) -> str:
        """The sealed word."""
        choose_form_word()
        return str(super().generate_csrf_token(csrf_token_field))


def install(app: Flask) -> None:
    """Seal everything by SHA-256, also what libraries seal without asking how, as that of forms does."""
    app.session_interface = SealedCookies()
    Signer.default_digest_method = staticmethod(hashlib.sha256)
