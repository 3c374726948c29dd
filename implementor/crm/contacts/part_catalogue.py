"""The fields of what a contact has several of: accounts with a role, mail addresses, telephones."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import aliased

from implementor.crm.accounts.models import Account
from implementor.crm.contacts import words
from implementor.crm.contacts.models import Contact, ContactAccount, ContactEmail, ContactPhone
from implementor.crm.records.fields import noted_fields
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import Phrase, say


def _contact_of(model: Any) -> Field:
    """The contact that a row belongs to."""
    named = aliased(Contact, name=f"{model.__tablename__}_of")
    return Field(
        "contact",
        Kind.REFERENCE,
        say("Contact"),
        model.contact_id,
        target="contact",
        shown=named.name,
        join=lambda found: found.join(named, named.id == model.contact_id),
        required=True,
        nullable=False,
        filterable=True,
    )


def _primary(model: Any) -> Field:
    """Whether the contact names this row; choosing it takes the choice from another."""
    return Field("primary", Kind.YES_NO, say("Primary"), model.is_primary, nullable=False)


def _flag(name: str, label: Phrase, column: Any, hint: Phrase | None = None) -> Field:
    return Field(name, Kind.YES_NO, label, column, hint=hint, nullable=False, filterable=True)


Worked = aliased(Account, name="contact_account_named")
AT_ACCOUNT = entity(
    Entity(
        kind="contact_account",
        label=say("Account of the contact"),
        label_plural=say("Accounts of the contact"),
        model=ContactAccount,
        default_columns=("contact", "account", "role", "primary", "until"),
        default_sort="created_at",
        title_field="account_name",
        unique_order=ContactAccount.id,
    )
)
EMAIL = entity(
    Entity(
        kind="contact_email",
        label=say("Mail address"),
        label_plural=say("Mail addresses"),
        model=ContactEmail,
        default_columns=("contact", "address", "label", "primary", "invalid", "opted_out"),
        default_sort="created_at",
        title_field="address",
        unique_order=ContactEmail.id,
    )
)
PHONE = entity(
    Entity(
        kind="contact_phone",
        label=say("Telephone"),
        label_plural=say("Telephones"),
        model=ContactPhone,
        default_columns=("contact", "number", "label", "primary", "invalid", "do_not_call"),
        default_sort="created_at",
        title_field="number",
        unique_order=ContactPhone.id,
    )
)

if not AT_ACCOUNT.fields:
    AT_ACCOUNT.declare(
        (
            _contact_of(ContactAccount),
            Field(
                "account", Kind.REFERENCE, say("Account"), ContactAccount.account_id, target="account",
                shown=Worked.name, join=lambda found: found.join(Worked, Worked.id == ContactAccount.account_id),
                required=True, nullable=False, filterable=True,
            ),
            Field(
                "account_name", Kind.LINE, say("Account"), ContactAccount.account_name, editable=False, is_order=True,
            ),
            Field("role", Kind.CHOICE, say("Role"), ContactAccount.role, picklist=words.ROLE, filterable=True),
            _primary(ContactAccount),
            Field(
                "until", Kind.DATE, say("Until"), ContactAccount.until, filterable=True,
                hint=say("The last day, of somebody who left."),
            ),
            *noted_fields(ContactAccount),
        )
    )  # fmt: skip
    EMAIL.declare(
        (
            _contact_of(ContactEmail),
            Field(
                "address", Kind.EMAIL, say("Mail address"), ContactEmail.address, required=True, nullable=False,
                personal=True,
            ),
            Field("label", Kind.CHOICE, say("Kind"), ContactEmail.label, picklist=words.EMAIL_LABEL, filterable=True),
            _primary(ContactEmail),
            _flag("invalid", say("Reaches nobody"), ContactEmail.is_invalid),
            _flag("opted_out", say("No advertising"), ContactEmail.is_opted_out),
            *noted_fields(ContactEmail),
        )
    )  # fmt: skip
    PHONE.declare(
        (
            _contact_of(ContactPhone),
            Field(
                "number", Kind.PHONE, say("Number"), ContactPhone.number, required=True, nullable=False, personal=True,
            ),
            Field("label", Kind.CHOICE, say("Kind"), ContactPhone.label, picklist=words.PHONE_LABEL, filterable=True),
            _primary(ContactPhone),
            _flag("invalid", say("Reaches nobody"), ContactPhone.is_invalid),
            _flag("do_not_call", say("Do not call"), ContactPhone.do_not_call),
            *noted_fields(ContactPhone),
        )
    )  # fmt: skip
