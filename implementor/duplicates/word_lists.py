"""Words that say nothing about who somebody is: desks' mailboxes, everybody's mail providers, legal forms, titles."""

from __future__ import annotations


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


ROLE_MAILBOXES = _set_of(
    "abuse account accounts admin administracion administration administracio atencion ayuda billing booking bookings "
    "buzon careers cliente clientes comercial compras contabilidad contact contacto correo customerservice direccion "
    "empleo enquiries enquiry export facturacion facturas finance gerencia hello help helpdesk hola hostmaster hr info "
    "informacion information inquiries invoice invoices it jobs legal mail marketing noreply no-reply office oficina "
    "orders pedidos postmaster prensa press privacy proveedores purchasing reception recepcion reservas "
    "recursoshumanos rrhh sales secretaria security service servicio servicios shop sistemas soporte support tienda "
    "team ventas webmaster welcome"
)
"""Addresses that belong to a desk, not to a person: several people share them."""

PUBLIC_DOMAINS = _set_of(
    "aol.com fastmail.com gmail.com gmx.com gmx.de gmx.net googlemail.com hotmail.co.uk hotmail.com hotmail.es "
    "hotmail.fr icloud.com libero.it live.com mac.com mail.com mail.ru me.com msn.com orange.es orange.fr outlook.com "
    "outlook.es proton.me protonmail.com qq.com rocketmail.com t-online.de telefonica.net terra.es web.de yahoo.co.uk "
    "yahoo.com yahoo.es yahoo.fr yandex.ru ymail.com zoho.com 163.com"
)
"""Mail providers of everybody: sharing one says nothing about a company."""

LEGAL_FORMS = _set_of(
    "ab ag aps as asa bv co company corp corporation cv eirl eurl gmbh inc incorporated kft kg lda limitada limited "
    "llc llp ltd ltda nv ooo oy oyj plc pte pty pvt sa saa sab sac sapi sarl sas sau sca scl scoop se sl sll slne slp "
    "slu snc soc sociedad sp spa spol spzoo srl sro ug"
)
ARTICLES = _set_of("the and y e of de del la el los las les le und et di da do")
TITLES = _set_of("mr mrs ms miss dr dra prof sr sra srta don dona ing lic mme herr frau")
