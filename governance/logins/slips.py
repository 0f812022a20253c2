"""A link as a slip of paper: the square code a phone reads, and the words beside it."""

import io
from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString, mark_safe

from governance.directory.models import Invitation
from governance.directory.queries.invitations import link_of


@dataclass(frozen=True)
class Slip:
    """One person's slip."""

    invitation: Invitation
    link: str
    code: SafeString


def slip_of(invitation: Invitation) -> Slip:
    link = link_of(invitation)
    return Slip(invitation, link, code_of(link))


def code_of(link: str) -> SafeString:
    """The link as an SVG drawing: no style attribute, so that the portal's own policy shows it; a white edge of four
    modules, as readers expect it."""
    drawn = io.BytesIO()
    segno.make_qr(link, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, dark="#000", light="#fff", nl=False,
        svgclass="slip-code", lineclass=None,
    )  # fmt: skip
    return mark_safe(drawn.getvalue().decode())
