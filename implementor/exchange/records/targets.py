"""The columns that a file may fill for records of a kind: made from its catalogue, named in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from implementor.exchange.mapping import TargetField
from implementor.exchange.records.declaring import EXTERNAL_ID, RecordImport
from implementor.foundation import live
from implementor.foundation.extension import is_key
from implementor.foundation.fields import LISTS, Field, Kind
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say, speaking
from implementor.web.language import speech_of

KINDS = {
    Kind.WHOLE: "number", Kind.DECIMAL: "number", Kind.MONEY: "number", Kind.PERCENT: "number", Kind.DATE: "date",
    Kind.MOMENT: "moment", Kind.MARKDOWN: "markdown", Kind.TAGS: "list",
    Kind.CHOICES: "list",
}  # fmt: skip
KEY_HEADERS = (
    "external id|external key|id externo|clave externa|id|key|clave|codigo|código|code|identificador|identifier|"
    "record id|ref|referencia|reference|nº|n°|no."
)
CURRENCY_HEADERS = (
    "currency|currency code|currencyisocode|currency iso code|iso currency|moneda|divisa|código de moneda|"
    "código de divisa"
)
LANGUAGES = ("en", "es")


def targets_of(declared: RecordImport) -> tuple[TargetField, ...]:
    """Everything that a column can fill, the key elsewhere first."""
    key_headers = declared.headers.get(EXTERNAL_ID, "")
    key = TargetField(EXTERNAL_ID, say("Key in the other system"), _names(key_headers, KEY_HEADERS), "key")
    fields = [_target(declared, one) for one in declared.entity.declared.values() if is_filled(declared, one)]
    extra = [
        TargetField(one.name, one.label, (*in_both(one.label), *_names(one.headers)), one.kind, one.repeatable)
        for one in declared.extra
    ]
    return (key, *fields, *extra)


def own_targets_of(declared: RecordImport) -> tuple[TargetField, ...]:
    """The fields of one's own that a column can fill; found by their key too, which stays when they are renamed."""
    own = (one for one in declared.entity.fields.values() if is_key(one.name) and is_filled(declared, one))
    targets = (_target(declared, one) for one in own)
    return (*(replace(one, labels=(*one.labels, one.name)) for one in targets), *_renamed(declared))


def _renamed(declared: RecordImport) -> Iterator[TargetField]:
    """Declared fields that the company calls otherwise; files that know the old name are still understood."""
    entity = declared.entity
    for name, label in live.present().shape(entity.kind).labels.items():
        if name in entity.declared and is_filled(declared, entity.declared[name]):
            before = _target(declared, entity.declared[name])
            yield replace(before, label=label, labels=(*in_both(label), *before.labels))


def is_filled(declared: RecordImport, one: Field) -> bool:
    """Whether a file may fill a field of the catalogue; the currency of an amount wherever it may fill the amount."""
    if one.name in declared.left_out or one.is_order:
        return False
    if one.part_of and not one.editable:
        return is_filled(declared, declared.entity.fields[one.part_of])
    reachable = one.kind is not Kind.REFERENCE or one.is_person or bool(one.options or declared.link_of(one.name))
    return reachable and (one.editable or one.name in declared.taken_in)


def is_open(declared: RecordImport, name: str, by: Actor) -> bool:
    """Whether a person may fill a target: the fields that it writes to are neither hidden from nor shut to them."""
    fields = declared.entity.fields
    if not declared.is_open_to(by):
        return False
    if name in fields:
        return fields[name].is_open_to(by)
    extra = next((one for one in declared.extra if one.name == name), None)
    written = (*extra.fills, *(field for field, more in declared.spill.items() if more == name)) if extra else ()
    return all(fields[each].is_open_to(by) for each in written)


def _target(declared: RecordImport, one: Field) -> TargetField:
    link = declared.link_of(one.name)
    names = (*in_both(one.label), *_names(declared.headers.get(one.name, ""), link.headers if link else ""))
    if one.kind is Kind.CURRENCY and one.part_of:
        names += _beside(declared, declared.entity.fields[one.part_of])
    kind = declared.looks.get(one.name) or ("person" if one.is_person else KINDS.get(one.kind, "text"))
    return TargetField(one.name, one.label, names, kind, one.kind in LISTS)


def _beside(declared: RecordImport, amount: Field) -> tuple[str, ...]:
    """What the column of an amount's currency is called: a currency, or that of the amount by any of its names."""
    called = (*in_both(amount.label), *_names(declared.headers.get(amount.name, "")))
    return (
        *_names(CURRENCY_HEADERS),  # a name further down counts less, and there are hundreds of the others
        *(f"{name} {word}" for name in called for word in ("currency", "currency code", "moneda", "divisa")),
        *(f"{word} {name}" for name in called for word in ("currency of", "moneda de", "moneda", "divisa")),
    )


def in_both(label: Phrase) -> tuple[str, ...]:
    """A label as readers of each language see it."""
    said = []
    for language in LANGUAGES:
        with speaking(speech_of(language, "UTC")):
            said.append(str(label))
    return tuple(dict.fromkeys(said))


def _names(*lists: str) -> tuple[str, ...]:
    return tuple(name for one in lists for name in one.split("|") if name)
