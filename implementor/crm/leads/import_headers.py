"""What other systems call the fields of a lead, and the words in them, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from implementor.crm.leads.lifecycle import CONVERTED, LOST, MQL, NEW, RECYCLED, SAL, SQL
from implementor.exchange.records.declaring import EXTERNAL_ID
from implementor.foundation.text import folded

FULL_NAME, MOBILE, SECOND_STATUS, CONVERTED_FLAG = "full_name", "mobile", "second_status", "is_converted"
REASON, LOST_AT, RECYCLED_AT = "reason", "lost_at", "recycled_at"
HEADERS = {
    EXTERNAL_ID: "lead id|leadid|lead number|lead key|prospect id|prospectivebuyerkey|prospectalternatekey|record id|"
    "record id - contact|hs_object_id|id de lead|id lead|id de prospecto|numero de lead|número de lead|mql id|mql_id|"
    "lead no|lead #|n.º de lead|nº de lead|id del lead|id. del candidato|id del candidato|id de candidato|"
    "id. de registro|id de registro|id del objeto|(do not modify) lead|(no modificar) cliente potencial",
    "first_name": "first name|firstname|given name|nombre|nombres|nombre de pila",
    "last_name": "last name|lastname|surname|family name|apellido|apellidos",
    "company": "company|company name|companyname|account|account name|organization|organisation|empresa|compañia|"
    "compañía|nombre de la empresa|organizacion|organización|razon social|razón social|associated company|"
    "nombre de empresa|cuenta|razón social del cliente|organization - name|organización - nombre|"
    "nombre de la compañía",
    "job_title": "title|job title|jobtitle|position|puesto|cargo|ocupacion|ocupación|occupation",
    "industry": "industry|sector|industria|ramo|giro|actividad|business segment|business_segment|market segment|"
    "segment|sector de actividad",
    "language": "language|preferred language|idioma|lengua",
    "source": "lead source|leadsource|source|original source|original source type|lead origin|origen|origen del lead|"
    "fuente|fuente original|procedencia|canal de entrada|origen del candidato|origen del prospecto|channel|"
    "marketing channel|acquisition channel|utm source|utm_source|canal|canal de captación|medio|fuente del lead|"
    "latest source|first touch source|lead_source|lead - source|prospecto - origen|fuente de posible cliente|"
    "fuente del posible cliente|origen de cliente potencial|origen del cliente potencial|fuente de prospecto",
    "campaign": "campaign|campaign name|first conversion|utm campaign|utm_campaign|campaña|campana|"
    "nombre de la campaña|landing page|landing_page_id|utm campaign name|campaña de origen|recent conversion",
    "need": "need|needs|interest|product interest|requirement|message|necesidad|interes|interés|producto de interes|"
    "producto de interés|mensaje|consulta|topic|tema|asunto|lead - title|prospecto - título",
    "urgency": "clasificación|urgency|rating|timeframe|purchase timeframe|lead rating|urgencia|plazo|temperatura|"
    "valoracion|"
    "valoración",
    "potential": "potential|expected amount|expected value|estimated value|budget|potencial|importe estimado|"
    "valor estimado|presupuesto|importe potencial|value|lead value|deal value|deal amount|amount|"
    "estimated deal value|est. value|annual revenue potential|opportunity amount|pipeline value|valor|valor del lead|"
    "importe|monto|valor potencial|importe previsto|valor de la oportunidad|valor est.|lead - value|"
    "prospecto - valor",
    "score": "score|lead score|hubspot score|leadscore|puntuacion|puntuación|puntaje|puntuación del lead|lead scoring|"
    "calificación numérica",
    "description": "description|notes|comments|descripcion|descripción|notas|observaciones|comentarios",
    "email": "email|e-mail|email address|emailaddress|correo|correo electronico|correo electrónico|mail|"
    "person - email|person - email - work|persona - correo electrónico|persona - correo electrónico - trabajo",
    "opted_out": "hasoptedoutofemail|email opt out|opted out|unsubscribed|unsubscribed from all email|no email|"
    "do not email|baja|no desea correo|sin publicidad|no publicidad|do not mail|no enviar correo|"
    "ha rechazado recibir correo electrónico|cancelada la suscripción a todo el correo electrónico|"
    "darse de baja de todos los correos|do not allow emails|no permitir correos electrónicos",
    "phone": "phone|phone number|telephone|telefono|teléfono|tel|work phone|business phone|"
    "teléfono del trabajo|person - phone|person - phone - work|persona - teléfono|persona - teléfono - trabajo",
    "do_not_call": "do not allow phone calls|no permitir llamadas de teléfono|donotcall|do not call|no llamar|"
    "no contactar por teléfono",
    "website": "website|website url|web|url|company domain name|sitio web|pagina web|página web|dominio",
    "street": "street|street address|address|addressline1|address line 1|direccion|dirección|calle|domicilio",
    "postcode": "postal code|postalcode|zip|zip code|postcode|codigo postal|código postal|cp",
    "city": "city|town|ciudad|poblacion|población|municipio|localidad",
    # a bare "estado" is where a lead stands, unless something else says that
    "region": "state|region|state/region|province|stateprovincecode|provincia|comunidad|comunidad autónoma|"
    "state/province|estado/provincia|provincia/estado|departamento|región|state or province|estado",
    "country": "country|country/region|countryregion|pais|país|país/región|country/territory|market|ip country",
    "owner": "owner|lead owner|contact owner|assigned to|sales rep|propietario|propietario del lead|responsable|"
    "comercial|vendedor|asignado a|lead owner name|sales owner|owner name|account executive|sdr|bdr|sales person|"
    "salesperson|assigned rep|agent|propietario del contacto|propietario del candidato|propietario de candidato|"
    "propietario del registro|agente|gestor|ejecutivo de cuenta|ejecutivo|lead - owner|prospecto - propietario|"
    "propietario de posible cliente|propietario del posible cliente|propietario de cliente potencial",
    "stage": "lifecycle stage|lifecyclestage|etapa del ciclo de vida|stage|lead stage|etapa|fase|status|lead status|"
    "lead_status|estado|estado del lead|estado del candidato|funnel stage|current stage|lead lifecycle stage|"
    "etapa actual|fase del embudo|ciclo de vida|current status|estado de candidato|situacion|situación|"
    "estado de posible cliente|estado del posible cliente|estado de cliente potencial|estado de prospecto",
    "began_at": "create date|created date|createddate|created|created at|fecha de creacion|fecha de creación|"
    "fecha de alta|fecha de entrada|alta|creation date|date created|created on|created time|created_date|"
    "lead created|lead created date|lead date|date added|inquiry date|first contact date|first_contact_date|"
    "first seen|entry date|fecha de primer contacto|primer contacto|fecha creación|fecha creacion|creado|creado el|"
    "fecha del lead|fecha alta|hora de creación|lead - created|lead - lead created|lead - lead created on|"
    "prospecto - fecha de creación|prospecto - creado",
    "mql_at": "became a marketing qualified lead date|became mql date|mql date|date entered marketing qualified lead|"
    "fecha mql|fecha de mql|fecha de calificación de marketing|mql_date|date mql|became mql|mql at|mql on|"
    "marketing qualified date|marketing qualified on|date entered mql|"
    "date entered marketing qualified lead lifecycle stage pipeline|became a marketing qualified lead|"
    "fecha paso a mql|fecha en que se convirtió en lead calificado para marketing|"
    "se convirtió en lead calificado para marketing|"
    "fecha en la que se convirtió en un lead calificado para marketing|fecha calificación marketing|"
    "fecha de cualificación de marketing",
    "sal_at": "sal date|became sal date|accepted date|sales accepted date|fecha sal|fecha de aceptacion|"
    "fecha de aceptación|sal_date|date sal|became sal|sal at|sales accepted on|accepted on|accepted at|date accepted|"
    "date entered sal|date entered sales accepted lead|sales acceptance date|aceptado el|fecha aceptado|"
    "fecha aceptación ventas|fecha de aceptación por ventas|fecha paso a sal",
    "sql_at": "became a sales qualified lead date|became sql date|sql date|date entered sales qualified lead|"
    "fecha sql|fecha de sql|fecha de calificación de ventas|sql_date|date sql|became sql|sql at|sql on|"
    "sales qualified date|sales qualified on|date entered sql|"
    "date entered sales qualified lead lifecycle stage pipeline|became a sales qualified lead|fecha paso a sql|"
    "fecha en que se convirtió en lead calificado para ventas|se convirtió en lead calificado para ventas|"
    "fecha en la que se convirtió en un lead calificado para ventas|fecha calificación ventas|"
    "fecha de cualificación de ventas",
    "converted_at": "converted date|converteddate|became a customer date|became an opportunity date|conversion date|"
    "fecha de conversion|fecha de conversión|fecha de cliente|converted_date|converted on|converted at|"
    "date converted|won date|won_date|closed won date|customer date|opportunity date|opportunity created date|"
    "conversion_date|became an opportunity|became a customer|convertido el|fecha convertido|fecha de oportunidad|"
    "fecha de venta|fecha en que se convirtió en cliente|se convirtió en cliente|"
    "fecha en que se convirtió en oportunidad",
    FULL_NAME: "person - name|persona - nombre|name|full name|fullname|contact name|contacto|nombre completo|"
    "nombre y apellidos|persona de contacto",
    MOBILE: "person - phone - mobile|persona - teléfono - móvil|mobile|mobile phone|mobilephone|mobile phone number|"
    "cell|movil|móvil|telefono movil|teléfono móvil|"
    "celular",
    SECOND_STATUS: "further status|second status|sales status|contact status|current status|sub status|substatus|"
    "status detail|status 2|estado comercial|estado de ventas|estado actual|subestado|detalle del estado|estado 2|"
    "status|lead status|lead_status|estado|estado del lead|estado del candidato|estado de candidato",
    CONVERTED_FLAG: "converted|isconverted|is converted|is_converted|converted?|convertido|convertida|es convertido|"
    "¿convertido?",
    REASON: "lost reason|loss reason|lost_reason|reason lost|reason for loss|closed lost reason|disqualified reason|"
    "disqualification reason|unqualified reason|rejection reason|rejected reason|reject reason|recycle reason|"
    "recycled reason|nurture reason|status reason|razón para el estado|reason|motivo de pérdida|motivo de perdida|"
    "razón de pérdida|"
    "razon de perdida|motivo pérdida|motivo de descarte|motivo de descalificación|motivo de rechazo|"
    "motivo de reciclaje|razón de pérdida del lead|motivo",
    LOST_AT: "lost date|lost_date|lost on|lost at|date lost|disqualified date|disqualified on|unqualified date|"
    "rejected date|closed lost date|fecha de pérdida|fecha de perdida|fecha perdida|fecha de descarte|perdido el|"
    "fecha de rechazo",
    RECYCLED_AT: "recycled date|recycled_date|recycled on|recycled at|date recycled|nurture date|recycle date|"
    "fecha de reciclaje|fecha de reciclado|reciclado el|fecha de devolución a marketing",
}


def _by_word(words: Mapping[str, str]) -> dict[str, str]:
    return {folded(word): key for key, listed in words.items() for word in listed.split("|")}


MEANINGS: Mapping[str, Mapping[str, str]] = {
    "stage": _by_word({
        NEW: "not contacted|intento de contacto|inquiry|enquiry|visitor|raw lead|contacto|consulta recibida|"
        "abierto - no contactado|"
        "abierto - sin contactar|no contactado|1. new|new lead|nuevo lead|unworked|created|new|open|"
        "open - not contacted|subscriber|lead|attempted to contact|raw|other|nuevo|nueva|abierto|abierta|"
        "sin contactar|suscriptor|prospecto|pendiente|otro",
        MQL: "pre qualified|pre-qualified|prequalified|precalificado|precualificado|lead calificado para marketing|"
        "lead cualificado para marketing|calificado para marketing|"
        "cualificado para marketing|marketing-qualified|marketing qualified lead (mql)|"
        "mql (marketing qualified lead)|mql|marketing qualified|marketing qualified lead|marketingqualifiedlead|"
        "nurturing|lead calificado por marketing|lead cualificado por marketing|calificado por marketing|"
        "cualificado por marketing|calificado de marketing",
        SAL: "accepted by sales|sales-accepted|sales accepted lead (sal)|sal (sales accepted lead)|trabajando|"
        "trabajando - contactado|lead aceptado|open - contacted|discovery|sal|sales accepted|sales accepted lead|"
        "accepted|working|working - contacted|contacted|in progress|assigned|connected|aceptado|aceptado por ventas|"
        "lead aceptado por ventas|contactado|en curso|en proceso|asignado|en gestion|en gestión",
        SQL: "lead calificado para ventas|lead cualificado para ventas|calificado para ventas|cualificado para ventas|"
        "sales-qualified|sales qualified lead (sql)|sql (sales qualified lead)|meeting booked|demo scheduled|sql|"
        "sales qualified|sales qualified lead|salesqualifiedlead|qualified|lead calificado por ventas|"
        "lead cualificado por ventas|calificado por ventas|cualificado por ventas|calificado|cualificado",
        CONVERTED: "closed won|closed-won|open deal|cerrado - convertido|cerrada - convertida|venta|"
        "converted to opportunity|converted|closed - converted|opportunity|customer|evangelist|qualified - converted|"
        "won|convertido|convertida|oportunidad|cliente|evangelizador|ganado",
        RECYCLED: "contact in future|contactar en el futuro|contacto en el futuro|returned to marketing|"
        "back to marketing|recycle|nurturing later|on hold|reciclar|en espera|"
        "recycled|nurture|bad timing|reciclado|reciclada|devuelto a marketing|devuelto|no es el momento",
        LOST: "junk lead|lost lead|lead perdido|cliente potencial perdido|posible cliente perdido|"
        "cliente potencial no deseado|posible cliente no deseado|descalificado|descalificada|closed lost|closed-lost|"
        "cerrado - no convertido|cerrada - no convertida|rejected|invalid|spam|"
        "not qualified|no convertido|lost|closed - not converted|disqualified|unqualified|dead|junk|not interested|"
        "perdido|perdida|descartado|descartada|no calificado|no cualificado|no interesado|rechazado",
    }),
    "urgency": _by_word({
        "now": "activo|hot|high|immediate|urgent|alta|urgente|inmediata|caliente",
        "quarter": "intermedio|warm|medium|media|templado|tibio",
        "later": "inactivo|cold|low|baja|frio|frío",
    }),
    REASON: _by_word({
        "timing": "bad timing|not now|timing|no es el momento|mal momento|aplazado",
        "budget": "no budget|budget|sin presupuesto|presupuesto",
        "no_answer": "cannot contact|no se puede contactar|no response|unresponsive|no reply|unreachable|went dark|"
        "sin respuesta|no responde|no contesta",
        "competitor": "competition|lost to competitor|went with competitor|competitor|competencia|competidor",
        "price": "price|too expensive|pricing|cost|precio|muy caro|demasiado caro|coste",
        "no_need": "no longer interested|ya no está interesado|no need|not interested|no interest|sin necesidad|"
        "no interesado|sin interés",
        "wrong_data": "invalid data|bad data|wrong number|wrong email|spam|fake|datos erróneos|datos incorrectos",
        "no_customer": "not a fit|no fit|bad fit|unqualified|not qualified|not a customer|no encaja|no cualificado|"
        "no calificado",
        "duplicate": "duplicate|duplicate lead|duplicado|lead duplicado",
        "other": "other|others|otro|otros|otra",
    }),
}  # fmt: skip
"""Field -> folded word -> what it means here; what the person importing says goes before them."""
