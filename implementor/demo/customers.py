"""Who the demo world's company sells to and what: products and prices, accounts, people there, what they hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.consents.queries import wordings
from implementor.crm.consents.services import NewConsent, record_consent
from implementor.crm.records.services import name_elsewhere
from implementor.demo.crm_texts import AccountText, ProductText, accounts, luck_of, products, texts
from implementor.demo.house_rules import CURRENCY
from implementor.demo.market import FIRST_DAY, Market
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded

ABROAD = "Exportación"
HELD = ("COC-H10", "COC-E6", "FRI-N4", "LAV-C60", "MAN-A", "COC-F2", "EXT-3")
CITY_CODES = {"Norte": "605", "Sur": "602"}


def plan_customers(market: Market) -> None:
    """Plan products, accounts, contacts, and what each agreed to."""
    market.play.plan(FIRST_DAY + 0.8, "functional", lambda *deed: _add_products(market, *deed))
    market.play.plan(FIRST_DAY + 0.6, "functional", lambda *deed: _add_prices(market, *deed))
    for text in accounts():
        _plan_account(market, text)


def _add_products(market: Market, session: Session, by: Actor, at: datetime) -> None:
    for text in products():
        values = {
            "code": text.code, "name": text.name, "category": text.category, "unit": text.unit,
            "parent": market.records["product"][text.parent].id if text.parent else None,
            "price": _pesos(text.price), "cost": _pesos(text.cost), "active_from": at.date(),
        }  # fmt: skip
        market.add(session, "product", text.code, values, by, at)


def _pesos(amount: str) -> str:
    return f"{amount} {CURRENCY}" if amount else ""


def _add_prices(market: Market, session: Session, by: Actor, at: datetime) -> None:
    """One list at home, with the prices of the catalogue, and one for what goes abroad."""
    until = at.date() + timedelta(days=730)
    for name, currency in (("Lista nacional", CURRENCY), (ABROAD, "USD")):
        values = {"name": name, "currency": currency, "is_default": "y", "valid_from": at.date(), "valid_until": until}
        kept = market.add(session, "price_list", name, values, by, at)
        for text in products():
            amount = _price(text, currency)
            if amount:
                product = market.records["product"][text.code].id
                values = {"price_list": kept.id, "product": product, "amount": f"{amount} {currency}"}
                market.add(session, "price", f"{name} {text.code}", values, by, at)


def _price(text: ProductText, currency: str) -> str:
    return text.price if currency == CURRENCY else text.usd


# --- accounts ---------------------------------------------------------------------------------------------------------


def _plan_account(market: Market, text: AccountText) -> None:
    days = float(text.days)
    market.play.plan(days, text.owner, lambda *deed: _add_account(market, text, *deed))
    dice = luck_of("people", text.name)
    for place in range(3 if text.segment in ("large", "strategic") else 2):
        market.play.plan(days - 0.1 - place / 20, text.owner, lambda *deed: _add_contact(market, text, dice, *deed))
    if text.type == "customer":
        market.play.plan(days - 0.3, text.owner, lambda *deed: _note_what_they_hold(market, text, dice, *deed))
    market.play.plan(days - 0.5, "marketer", lambda *deed: _note_consents(market, text, dice, *deed))


def _add_account(market: Market, text: AccountText, session: Session, by: Actor, at: datetime) -> None:
    known = market.records["account"]
    dice = luck_of("account", text.name)
    values = {
        "name": text.name, "parent": known[text.parent].id if text.parent else None, "type": text.type,
        "industry": text.industry, "segment": text.segment, "zone": text.zone, "area": market.play.areas["Ventas"],
        "city": text.city, "region": text.region, "country": "Colombia", "employees": text.employees,
        "founded": text.founded, "revenue": _pesos(f"{text.revenue}000000" if text.revenue else ""),
        "email": f"contacto@{text.domain}", "website": f"https://www.{text.domain}",
        "phone": f"+57 {CITY_CODES[text.zone]} {dice.randint(3000000, 7999999)}",
        "street": f"Carrera {dice.randint(1, 90)} n.º {dice.randint(1, 120)}-{dice.randint(10, 99)}",
        "tax_id": f"{dice.randint(800, 901)}.{dice.randint(100, 999)}.{dice.randint(100, 999)}-{dice.randint(0, 9)}",
    }  # fmt: skip
    account = market.add(session, "account", text.name, values, by, at)
    if text.type == "customer":
        name_elsewhere(session, "account", account.id, system="ERP", value=f"C-{len(known):04}")


def _add_contact(market: Market, text: AccountText, dice: Any, session: Session, by: Actor, at: datetime) -> None:
    words = texts()
    first, last = dice.choice(words["first_names"]), dice.choice(words["last_names"])
    title = dice.choice(words["titles"].get(text.industry, words["titles"]["other"]))
    account = market.records["account"][text.name]
    address = f"{folded(first).replace(' ', '.')}.{folded(last)}.{len(market.records['contact'])}@{text.domain}"
    values = {
        "first_name": first, "last_name": last, "job_title": title, "account": account.id, "language": "es",
        "email": address, "phone": f"+57 3{dice.randint(100000000, 239999999)}", "city": text.city,
        "country": "Colombia", "preferred_channel": dice.choice(("email", "phone", "chat", "visit")),
        "department": dice.choice(("Compras", "Cocina", "Administración", "Mantenimiento")),
    }  # fmt: skip
    contact = market.add(session, "contact", address, values, by, at)
    market.people[text.name].append(contact)
    if text.parent:  # who buys for one hotel of a group is known in the group
        role = words["roles"].get(title, "other")
        above = {"contact": contact.id, "account": market.records["account"][text.parent].id, "role": role}
        market.add(session, "contact_account", address, above, by, at)
    if dice.random() < 0.3:
        private = {"contact": contact.id, "address": address.split("@")[0] + "@correo.example", "label": "personal"}
        market.add(session, "contact_email", address, private, by, at)


def _note_what_they_hold(
    market: Market, text: AccountText, dice: Any, session: Session, by: Actor, at: datetime
) -> None:
    account = market.records["account"][text.name]
    for code in dice.sample(HELD, dice.randint(1, 4)):
        since = at.date() - timedelta(days=dice.randint(60, 1500))
        is_ending = code == "MAN-A" and dice.random() < 0.5
        values = {
            "account": account.id, "product": market.records["product"][code].id, "quantity": str(dice.randint(1, 4)),
            "since": since, "state": "ending" if is_ending else "active",
            "until": market.play.day(-dice.randint(10, 90)) if is_ending else None,
        }  # fmt: skip
        market.add(session, "relation", f"{text.name} {code}", values, by, at)


def _note_consents(market: Market, text: AccountText, dice: Any, session: Session, by: Actor, at: datetime) -> None:
    """Most agree, some say no, and one in ten takes a yes back later."""
    words = {row.purpose: row.id for row in session.execute(wordings()) if row.language == "es"}
    for contact in market.people[text.name]:
        for purpose in ("marketing", "events"):
            luck = dice.random()
            if luck < 0.35:
                continue
            status = "given" if luck < 0.85 else "refused"
            said = NewConsent(
                contact.id, purpose, status, at, dice.choice(("form", "visit", "paper")),
                channel=dice.choice((None, "email")), wording_id=words[purpose] if status == "given" else None,
                source="Registro en la visita",
            )  # fmt: skip
            record_consent(session, said, by=by, at=at)
            if luck > 0.78 and status == "given":
                changed = NewConsent(
                    contact.id, purpose, "withdrawn", at + timedelta(minutes=40), "email", source="Correo de respuesta"
                )
                record_consent(session, changed, by=by, at=at + timedelta(minutes=41))
