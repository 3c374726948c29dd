"""The one blueprint that all pages of auth are on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("auth", __name__)
