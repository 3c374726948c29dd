"""Who works with products and price lists."""

from __future__ import annotations

from implementor.crm.records.permissions import crm_permissions
from implementor.foundation.words import say

VIEW, EDIT = crm_permissions("product", say("See products"), say("Add and change products"))
VIEW_LISTS, EDIT_LISTS = crm_permissions("price_list", say("See price lists"), say("Add and change price lists"))
