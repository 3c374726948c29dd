"""What other systems call the fields of a lead, and the words in them, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from implementor.crm.leads.lifecycle import CONVERTED, LOST, MQL, NEW, RECYCLED, SAL, SQL
from implementor.exchange.records.declaring import EXTERNAL_ID
from implementor.foundation.text import folded

FULL_NAME, MOBILE = "full_name", "mobile"
HEADERS = {
    EXTERNAL_ID: "lead id|leadid|lead number|lead key|prospect id|prospectivebuyerkey|prospectalternatekey|record id|"
    "record id - contact|hs_object_id|id de lead|id lead|id de prospecto|numero de lead|número de lead",
    "first_name": "first name|firstname|given name|nombre|nombres|nombre de pila",
    "last_name": "last name|lastname|surname|family name|apellido|apellidos",
    "company": "company|company name|companyname|account|account name|organization|organisation|empresa|compañia|"
    "compañía|nombre de la empresa|organizacion|organización|razon social|razón social",
    "job_title": "title|job title|jobtitle|position|puesto|cargo|ocupacion|ocupación|occupation",
    "industry": "industry|sector|industria|ramo|giro|actividad",
    "language": "language|preferred language|idioma|lengua",
    "source": "lead source|leadsource|source|original source|original source type|lead origin|origen|origen del lead|"
    "fuente|fuente original|procedencia|canal de entrada",
    "campaign": "campaign|campaign name|first conversion|utm campaign|utm_campaign|campaña|"
    "campana|nombre de la campaña",
    "need": "need|needs|interest|product interest|requirement|message|necesidad|interes|interés|"
    "producto de interes|producto de interés|mensaje|consulta",
    "urgency": "urgency|rating|timeframe|purchase timeframe|lead rating|urgencia|plazo|temperatura|"
    "valoracion|valoración",
    "potential": "potential|expected amount|expected value|estimated value|budget|potencial|importe estimado|"
    "valor estimado|presupuesto|importe potencial",
    "score": "score|lead score|hubspot score|leadscore|puntuacion|puntuación|puntaje",
    "description": "description|notes|comments|descripcion|descripción|notas|observaciones|comentarios",
    "email": "email|e-mail|email address|emailaddress|correo|correo electronico|correo electrónico|mail",
    "opted_out": "hasoptedoutofemail|email opt out|opted out|unsubscribed|unsubscribed from all email|no email|"
    "do not email|baja|no desea correo|sin publicidad|no publicidad",
    "phone": "phone|phone number|telephone|telefono|teléfono|tel|work phone",
    "do_not_call": "donotcall|do not call|no llamar",
    "website": "website|website url|web|url|company domain name|sitio web|pagina web|página web|dominio",
    "street": "street|street address|address|addressline1|address line 1|direccion|dirección|calle|domicilio",
    "postcode": "postal code|postalcode|zip|zip code|postcode|codigo postal|código postal|cp",
    "city": "city|town|ciudad|poblacion|población|municipio|localidad",
    "region": "state|region|state/region|province|stateprovincecode|provincia|estado|comunidad",
    "country": "country|country/region|countryregion|pais|país|país/región",
    "owner": "owner|lead owner|contact owner|assigned to|sales rep|propietario|propietario del lead|responsable|"
    "comercial|vendedor|asignado a",
    "stage": "status|lead status|lifecycle stage|lifecyclestage|stage|lead stage|etapa|etapa del ciclo de vida|fase|"
    "estado del lead|situacion|situación|ciclo de vida",
    "began_at": "create date|created date|createddate|created|created at|fecha de creacion|fecha de creación|"
    "fecha de alta|fecha de entrada|alta",
    "mql_at": "became a marketing qualified lead date|became mql date|mql date|date entered marketing qualified lead|"
    "fecha mql|fecha de mql|fecha de calificación de marketing",
    "sal_at": "sal date|became sal date|accepted date|sales accepted date|fecha sal|fecha de aceptacion|"
    "fecha de aceptación",
    "sql_at": "became a sales qualified lead date|became sql date|sql date|date entered sales qualified lead|fecha sql|"
    "fecha de sql|fecha de calificación de ventas",
    "converted_at": "converted date|converteddate|became a customer date|became an opportunity date|conversion date|"
    "fecha de conversion|fecha de conversión|fecha de cliente",
    FULL_NAME: "name|full name|fullname|contact name|contacto|nombre completo|nombre y apellidos|persona de contacto",
    MOBILE: "mobile|mobile phone|mobilephone|mobile phone number|cell|movil|móvil|telefono movil|"
    "teléfono móvil|celular",
}


def _by_word(words: Mapping[str, str]) -> dict[str, str]:
    return {folded(word): key for key, listed in words.items() for word in listed.split("|")}


MEANINGS: Mapping[str, Mapping[str, str]] = {
    "stage": _by_word({
        NEW: "new|open|open - not contacted|subscriber|lead|attempted to contact|raw|other|nuevo|nueva|abierto|abierta|"
        "sin contactar|suscriptor|prospecto|pendiente|otro",
        MQL: "mql|marketing qualified|marketing qualified lead|marketingqualifiedlead|nurturing|"
        "lead calificado por marketing|lead cualificado por marketing|calificado por marketing|"
        "cualificado por marketing|calificado de marketing",
        SAL: "sal|sales accepted|sales accepted lead|accepted|working|working - contacted|contacted|in progress|"
        "assigned|"
        "connected|aceptado|aceptado por ventas|lead aceptado por ventas|contactado|en curso|en proceso|asignado|"
        "en gestion|en gestión",
        SQL: "sql|sales qualified|sales qualified lead|salesqualifiedlead|qualified|lead calificado por ventas|"
        "lead cualificado por ventas|calificado por ventas|cualificado por ventas|calificado|cualificado",
        CONVERTED: "converted|closed - converted|opportunity|customer|evangelist|qualified - converted|won|convertido|"
        "convertida|oportunidad|cliente|evangelizador|ganado",
        RECYCLED: "recycled|nurture|bad timing|reciclado|reciclada|devuelto a marketing|devuelto|no es el momento",
        LOST: "lost|closed - not converted|disqualified|unqualified|dead|junk|not interested|perdido|perdida|"
        "descartado|descartada|no calificado|no cualificado|no interesado|rechazado",
    }),
    "urgency": _by_word({
        "now": "hot|high|immediate|urgent|alta|urgente|inmediata|caliente",
        "quarter": "warm|medium|media|templado|tibio",
        "later": "cold|low|baja|frio|frío",
    }),
}  # fmt: skip
"""Field -> folded word -> what it means here; what the person importing says goes before them."""
