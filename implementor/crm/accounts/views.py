"""The pages of accounts."""

from __future__ import annotations

from implementor.crm.accounts import permissions
from implementor.crm.records.pages import record_pages

blueprint = record_pages("account", "accounts", permissions.VIEW)
