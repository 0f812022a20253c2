"""Ready text (转发文字): what one copies into WeChat, where people live."""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .wordings import in_full, marked


def ready_text(
    request: str | Promise,
    *,
    path: str,
    title: str = "",
    due: datetime | None = None,
    provisional: bool = False,
    name: str = "",
    language: str | None = None,
) -> str:
    """Greeting, what is asked for, until when, and the link; in `language`, else in the active one.

    `request` may hold the place %(title)s. Holds no more personal data than the reader's own name: the text travels
    through chats that the portal cannot see.
    """
    with translation.override(language or translation.get_language() or settings.LANGUAGE_CODE):
        lines = [_("Hello {name},").format(name=name) if name else _("Hello,")]
        lines.append(str(request).replace("%(title)s", title).replace("%%", "%"))
        if due is not None:
            lines.append(_("Please see to it by {due}.").format(due=marked(in_full(due), provisional)))
        lines.append(f"{settings.PORTAL_URL}{path}")
    return "\n".join(lines)
