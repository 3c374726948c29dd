"""The pages of contacts."""

from __future__ import annotations

from implementor.crm.contacts import permissions
from implementor.crm.records.pages import record_pages

blueprint = record_pages("contact", "contacts", permissions.VIEW)
