"""Blocks of network addresses: what one household or office can change at will counts as one."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

UNKNOWN = "unknown"


def address_block(address: str | None) -> str:
    """The block an address is counted under: IPv4 alone, IPv6 by its first 64 bits."""
    try:
        parsed = ip_address((address or "").partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(parsed, IPv6Address):
        return _block_of_six(parsed)
    return str(parsed)


def _block_of_six(address: IPv6Address) -> str:
    inside: IPv4Address | None = address.ipv4_mapped
    if inside is not None:
        return str(inside)
    return str(IPv6Network((address, 64), strict=False))
