"""The one blueprint that all pages of templates and rules are on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("automation", __name__)
