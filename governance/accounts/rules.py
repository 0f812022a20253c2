"""What a password must be, and what is kept of where somebody signed in: without database."""

import ipaddress

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's own rule, with a sentence that every language of ours has."""

    def get_error_message(self) -> str:
        return _("The password is too short: at least {n} characters.").format(n=self.min_length)


def coarse_place(address: str) -> str:
    """The network an address lies in, not the address: 203.0.*.*, 2001:db8::/32; empty for the company's own network
    and for what is no address."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    if found.version == 6 and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_private or found.is_loopback or found.is_link_local:
        return ""
    if found.version == 4:
        return ".".join([*str(found).split(".")[:2], "*", "*"])
    return str(ipaddress.IPv6Network((found, 32), strict=False))
