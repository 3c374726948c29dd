"""The pages of accounts: those of every kind, and the tree of the group that an account is part of."""

from __future__ import annotations

from flask import Response

from implementor.crm.accounts import permissions, queries
from implementor.crm.accounts.catalogue import ACCOUNT
from implementor.crm.accounts.tree import branches, top_of
from implementor.crm.records.kinds import crm_kinds
from implementor.crm.records.pages import record_pages
from implementor.foundation.errors import NotFound
from implementor.lists.record_page import present_scope
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session

blueprint = record_pages("account", "accounts", permissions.VIEW, template="crm/accounts/show.html")
MOST_SHOWN = 500


@blueprint.get("/<int:record_id>/tree")
@allow(permissions.VIEW)
def tree(record_id: int) -> Response:
    """The accounts above and below one, in two statements however many there are."""
    scope = present_scope()
    chain = session().execute(queries.chain_above(scope, record_id)).all()
    account = next((row for row in chain if row.id == record_id), None)
    if account is None:
        raise NotFound("account")
    top = top_of(chain, record_id)
    rows = session().execute(queries.tree_below(scope, top, limit=MOST_SHOWN + 1)).all()
    return draw(
        "crm/accounts/tree.html",
        account=account,
        branches=branches(rows[:MOST_SHOWN], top),
        has_more=len(rows) > MOST_SHOWN,
        most=MOST_SHOWN,
        types=ACCOUNT.fields["type"],
        declared=crm_kinds["account"],
    )
