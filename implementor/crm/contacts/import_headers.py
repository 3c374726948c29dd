"""The names that columns of contacts go by in files of other systems, in both languages."""

from __future__ import annotations

from implementor.exchange.records.declaring import EXTERNAL_ID

HEADERS = {
    EXTERNAL_ID: "contact id|contactid|contact key|id de contacto|id contacto|clave de contacto|person id|person key|"
    "rec_id|rec id|unique_id|unique id|customer id|customerid|prospectivebuyerkey|prospect key|record id",
    "salutation": "salutation|title|prefix|tratamiento|saludo",
    "first_name": "first name|firstname|given name|givenname|given_name|forename|nombre|nombres|primer nombre|"
    "nombre de pila",
    "last_name": "last name|lastname|surname|family name|familyname|apellido|apellidos|primer apellido",
    "birthday": "birthday|birthdate|birth date|date of birth|date_of_birth|dob|fecha de nacimiento|nacimiento",
    "language": "language|idioma|lengua|preferred language",
    "account": "account|account name|accountname|account id|accountid|company|company name|companyname|organization|"
    "organisation|organization name|employer|empresa|cuenta|compania|compañía|organizacion|organización|razon social",
    "job_title": "job title|jobtitle|contact title|contacttitle|position|puesto|cargo|occupation|ocupacion|ocupación",
    "department": "department|departamento|area|área",
    "email": "email|e-mail|email address|emailaddress|e-mail address|mail|correo|correo electronico|"
    "correo electrónico|email 1|primary email",
    "phone": "phone|telephone|phone number|phonenumber|telefono|teléfono|tel|main phone|primary phone|phone 1|"
    "telefono 1|teléfono principal",
    "preferred_channel": "preferred channel|preferred contact method|canal preferido|medio de contacto",
    "street": "street|address|mailing street|mailingstreet|address line 1|addressline1|address_1|address 1|"
    "street address|direccion|dirección|calle|domicilio",
    "postcode": "postal code|postalcode|postcode|zip|zip code|mailing postal code|mailingpostalcode|mailing zip|"
    "codigo postal|código postal|cp",
    "city": "city|town|suburb|mailing city|mailingcity|ciudad|poblacion|población|municipio|localidad",
    "region": "region|state|province|mailing state|mailingstate|stateprovincecode|provincia|estado|comunidad",
    "country": "country|mailing country|mailingcountry|pais|país",
    "description": "description|notes|comments|descripcion|descripción|notas|observaciones",
    "owner": "owner|contact owner|sales rep|account manager|propietario|responsable|comercial|vendedor",
}
EXTRA_HEADERS = {
    "full_name": "full name|fullname|name|contact name|contactname|contact|person|nombre completo|"
    "nombre y apellidos|contacto|persona de contacto|apellidos y nombre|display name",
    "mobile": "mobile|mobile phone|mobilephone|cell|cell phone|cellphone|movil|móvil|celular|telefono movil|"
    "teléfono móvil",
    "work_phone": "work phone|business phone|office phone|telefono del trabajo|teléfono trabajo|telefono oficina",
    "home_phone": "home phone|homephone|telefono particular|teléfono casa|telefono de casa",
    "fax": "fax|fax number|numero de fax|número de fax",
    "other_phones": "other phone|otherphone|phone 2|phone2|second phone|telefono 2|teléfono 2|otro telefono|"
    "otro teléfono|alternate phone",
    "other_emails": "other email|email 2|email2|e-mail 2|second email|secondary email|alternate email|correo 2|"
    "otro correo|correo alternativo",
    "role": "role|contact role|rol|role at account|buying role",
    "opted_out": "email opt out|hasoptedoutofemail|opt out|opted out|unsubscribed|no email|baja|no desea correo|"
    "do not email",
    "invalid_email": "email bounced|bounced|invalid email|correo invalido|correo inválido",
    "do_not_call": "do not call|donotcall|no llamar|lista robinson",
}


def named(name: str) -> str:
    """The names of a column, separated by |."""
    return EXTRA_HEADERS.get(name, "")
