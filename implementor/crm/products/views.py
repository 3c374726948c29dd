"""The pages of products and of price lists."""

from __future__ import annotations

from implementor.crm.products import permissions
from implementor.crm.records.pages import record_pages

products = record_pages("product", "products", permissions.VIEW)
price_lists = record_pages("price_list", "price_lists", permissions.VIEW_LISTS)
blueprints = (products, price_lists)
