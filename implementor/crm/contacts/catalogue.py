"""The fields of contacts, said once for lists, pages, forms, bulk edit, import and export."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import aliased

from implementor.crm.accounts.models import Account
from implementor.crm.contacts import queries, words
from implementor.crm.contacts.models import Contact
from implementor.crm.records.fields import noted_fields, owner_field
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import Phrase, say

AtAccount = aliased(Account, name="contact_at_account")
ABOUT, WORK, REACHED, ADDRESS = say("Person"), say("At work"), say("How to reach them"), say("Address")
PERSONAL: dict[str, Any] = {"personal": True}

CONTACT = entity(
    Entity(
        kind="contact",
        label=say("Contact"),
        label_plural=say("Contacts"),
        model=Contact,
        default_columns=("name", "account", "job_title", "email", "phone", "owner", "updated_at"),
        default_sort="name",
        title_field="name",
        unique_order=Contact.id,
        search_for=queries.contact_like,
    )
)


def _word(name: str, label: Phrase, column: Any, list_of_words: str, group: Phrase, **more: Any) -> Field:
    """A choice among the words of a list."""
    return Field(
        name, Kind.CHOICE, label, column, picklist=list_of_words, filterable=True, bulk=True, group=group, **more
    )


if not CONTACT.fields:
    CONTACT.declare(
        (
            Field(
                "name", Kind.LINE, say("Name"), Contact.name, editable=False, sortable=True, nullable=False,
                sort_column=Contact.sort_key, width="wide", group=ABOUT, **PERSONAL,
            ),
            Field(
                "salutation", Kind.CHOICE, say("Salutation"), Contact.salutation, picklist=words.SALUTATION, bulk=True,
                group=ABOUT,
            ),
            Field(
                "first_name", Kind.LINE, say("First name"), Contact.first_name, longest=100, group=ABOUT, **PERSONAL,
            ),
            Field(
                "last_name", Kind.LINE, say("Last name"), Contact.last_name, required=True, nullable=False,
                longest=100, group=ABOUT, **PERSONAL,
            ),
            Field("birthday", Kind.DATE, say("Birthday"), Contact.birthday, group=ABOUT, **PERSONAL),
            _word("language", say("Language"), Contact.language, words.LANGUAGE, ABOUT, groupable=True),
            owner_field(Contact, group=ABOUT),
            Field(
                "description", Kind.TEXT, say("Description"), Contact.description, longest=20_000, group=ABOUT,
                **PERSONAL,
            ),
            Field(
                "account", Kind.REFERENCE, say("Account"), Contact.account_id, target="account",
                shown=AtAccount.name, join=lambda found: found.outerjoin(AtAccount, AtAccount.id == Contact.account_id),
                filterable=True, matches=queries.at_any_account, group=WORK,
                hint=say("The main one; others can be added on the contact's page."),
            ),
            Field("job_title", Kind.LINE, say("Job title"), Contact.job_title, longest=120, group=WORK),
            Field(
                "department", Kind.LINE, say("Department"), Contact.department, longest=120, filterable=True,
                bulk=True, group=WORK,
            ),
            Field(
                "email", Kind.EMAIL, say("E-mail"), Contact.email, filterable=True, matches=queries.with_any_email,
                group=REACHED, **PERSONAL,
            ),
            Field(
                "phone", Kind.PHONE, say("Telephone"), Contact.phone, filterable=True, matches=queries.with_any_phone,
                group=REACHED, **PERSONAL,
            ),
            _word("preferred_channel", say("Preferred channel"), Contact.preferred_channel, words.CHANNEL, REACHED),
            Field("street", Kind.LINE, say("Street"), Contact.street, longest=250, group=ADDRESS, **PERSONAL),
            Field("postcode", Kind.LINE, say("Postcode"), Contact.postcode, longest=20, group=ADDRESS, **PERSONAL),
            Field("city", Kind.LINE, say("City"), Contact.city, longest=100, group=ADDRESS, **PERSONAL),
            Field("region", Kind.LINE, say("Region"), Contact.region, longest=100, group=ADDRESS, **PERSONAL),
            Field(
                "country", Kind.LINE, say("Country"), Contact.country, longest=100, filterable=True, bulk=True,
                group=ADDRESS, **PERSONAL,
            ),
            *noted_fields(Contact),
        )
    )  # fmt: skip
