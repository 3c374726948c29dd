"""Customer files through the pages: words and names that only the person importing can explain are asked for once."""

import io
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from implementor.crm.accounts.models import Account
from implementor.crm.opportunities.models import LineItem, Opportunity
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import imported
from tests.exchange.builders import work_off
from tests.exchange.real_data import real
from tests.machinery.pages import Page


def checked(here: Company, kind: str, name: str, content: bytes) -> Page:
    """The page that says what a file would do."""
    browser = here.browser("crm_admin")
    form = browser.get(f"/imports/new?kind={kind}").form("upload")
    page = form.submit({"kind": kind, "file": (io.BytesIO(content), name)})
    page = page.form("reading").submit(button="Next: columns")
    return page.form("columns").submit(button="Check all rows")


def test_a_misspelt_sector_is_explained_on_the_page(app: Flask) -> None:
    here = company(app)
    page = checked(here, "account", "accounts.csv", real("maven-crm/accounts.csv").read_bytes())
    page = page.form("meanings").submit({"industry:technolgy": "technology"})
    page.form("Import 85 rows").submit()
    work_off(app)
    with reading(app) as session:
        sectors = set(session.scalars(select(Account.industry)))
    assert "technology" in sectors
    assert "technolgy" not in sectors


def test_a_product_of_another_name_is_explained_on_the_page(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    imported(here, "product", real("maven-crm/products.csv"))
    lines = real("maven-crm/sales_pipeline.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    content = "".join(lines[:60]).encode()
    page = checked(here, "opportunity", "sales_pipeline.csv", content)
    assert "Product: GTXPro" in page.text
    page = page.form("meanings").submit({"product:GTXPro": "GTX Pro"})
    assert "Product: GTXPro" not in page.text or page.form("meanings").value("product:GTXPro") == "GTX Pro"
    page.form("Import 59 rows").submit()
    work_off(app)
    with reading(app) as session:
        assert len(session.scalars(select(Opportunity.id)).all()) == 59
        assert len(session.scalars(select(LineItem.id)).all()) == 59
        assert "GTX Pro" in set(session.scalars(select(LineItem.name)))
