"""Accounts from files: known by their key elsewhere, their tax number or their name."""

from __future__ import annotations

from typing import Any

from flask import url_for

from implementor.crm.accounts.catalogue import ACCOUNT
from implementor.crm.accounts.models import Account
from implementor.crm.accounts.sameness import SAME_ACCOUNT
from implementor.crm.records.importing import by_column, named_link
from implementor.crm.records.queries import change_condition
from implementor.duplicates.entry import bearers_among, ids_bearing
from implementor.duplicates.normal_forms import tax_id_key
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Exclusive, Key, RecordImport
from implementor.foundation.text import folded

HEADERS = {
    EXTERNAL_ID: "account id|account number|account key|customer id|customerid|customer number|customer key|"
    "customeralternatekey|id de cliente|numero de cliente|código de cliente|codigo cliente|id cliente|reseller key|"
    "resellerkey|reseller alternate key|erp id|org id|organization id|company id",
    "name": "account|account name|company|company name|companyname|customer|customer name|organization|organisation|"
    "organization name|reseller name|resellername|business name|legal name|empresa|cuenta|cliente|razon social|"
    "razón social|nombre de la empresa|nombre de la cuenta|nombre comercial|organizacion|organización|name|nombre",
    "parent": "parent account|parent|parent company|subsidiary of|subsidiary_of|matriz|cuenta matriz|grupo|group|"
    "empresa matriz|filial de",
    "type": "account type|customer type|tipo de cuenta|tipo de cliente|business type|businesstype|tipo",
    "industry": "sector|industry|industria|ramo|actividad|product line|productline|vertical|giro",
    "segment": "segment|segmento|tier|rating|clase",
    "zone": "zone|zona|territory|territorio|sales territory|region de ventas|office location|office_location",
    "tax_id": "vat|vat number|tax id|tax number|nif|cif|rfc|rut|nit|ruc|cuit",
    "employees": "employees|number of employees|numberofemployees|number employees|headcount|empleados|"
    "numero de empleados|número de empleados|plantilla",
    "founded": "founded|year established|year_established|year opened|yearopened|fundada|año de fundación|fundacion",
    "revenue": "revenue|annual revenue|annualrevenue|annual sales|annualsales|turnover|ingresos|facturacion|"
    "facturación|ingresos anuales|ventas anuales",
    "currency": "currency|moneda|divisa",
    "email": "email|e-mail|email address|correo|correo electronico|correo electrónico",
    "phone": "phone|telephone|phone number|telefono|teléfono|tel",
    "website": "website|web|url|homepage|sitio web|pagina web|página web|domain|dominio",
    "street": "address|street|billing street|billingstreet|address line 1|addressline1|street address|direccion|"
    "dirección|calle|domicilio",
    "postcode": "postal code|postalcode|postcode|zip|zip code|billing postal code|billingpostalcode|codigo postal|"
    "código postal|cp",
    "city": "city|town|billing city|billingcity|ciudad|poblacion|población|municipio|localidad",
    "region": "region|state|province|billing state|billingstate|provincia|estado|comunidad",
    "country": "country|billing country|billingcountry|pais|país",
    "description": "description|notes|comments|descripcion|descripción|notas|observaciones",
    "owner": "owner|account owner|sales rep|account manager|propietario|responsable|comercial|vendedor|gestor",
}


def new_account(name: str) -> dict[str, Any]:
    """The columns of an account of which only the name is known."""
    return {"name": name, "name_key": folded(name)}


def complete(row: dict[str, Any]) -> None:
    """Keep the key beside the name."""
    row["name_key"] = folded(row["name"])


def tax_number(draft: Draft) -> str | None:
    """The tax number as it is compared, however it is spelled."""
    return tax_id_key(draft.values.get("tax_id") or "") or None


def account_link(field: str, headers: str) -> Any:
    """A link to an account by name or by its key elsewhere; made where it is missing."""
    return named_link(field, Account, Account.name_key, make=new_account, headers=headers)


ACCOUNT_IMPORT = RecordImport(
    entity=ACCOUNT,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("accounts.index", sort="-created_at"),
    needs=("name",),
    headers=HEADERS,
    keys=(
        Key(tax_number, lambda session, texts: ids_bearing(session, "account", "tax_id", texts)),
        by_column(Account, "name", Account.name_key),
    ),
    links=(account_link("parent", ""),),
    complete=complete,
    exclusive=Exclusive("tax_id", tax_id_key, bearers_among(SAME_ACCOUNT, "tax_id")),
    may_change=lambda actor: change_condition(Account, actor),
)
