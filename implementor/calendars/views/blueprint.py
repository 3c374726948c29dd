"""The one blueprint that all pages of calendars are on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("calendars", __name__)
