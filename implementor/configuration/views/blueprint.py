"""The one blueprint that all pages of the configuration are on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("configuration", __name__)
