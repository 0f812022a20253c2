"""A notice as an e-mail: what, until when, and the link; nothing else about anybody."""

import hashlib
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from governance.directory.models import Person

from .models import Notice
from .wordings import text_of

# By kind of notice: the link of its mail where that link opens something by itself. Such a link stands in no row; it is
# made from the notice's subject when the mail is sent, and an empty one says that it is no longer good.
Link = Callable[[Notice], str]
links: dict[str, Link] = {}


def register_link(kind: str, link: Link) -> None:
    """Let an app make the links of a kind's mails at the moment of sending."""
    links[kind] = link


def language_of(person: Person) -> str:
    """The reader's language; the house's for somebody without a login."""
    return person.user.language if person.user_id else settings.LANGUAGE_CODE


def mail_for(notice: Notice) -> EmailMessage | None:
    """The mail in the reader's language; None when its link is no longer good. Sent twice after a crash, it carries the
    same Message-ID twice."""
    person = notice.person
    url = links[notice.kind](notice) if notice.kind in links else f"{settings.PORTAL_URL}{notice.path}"
    if not url:
        return None
    with translation.override(language_of(person)):
        title, body = text_of(notice)
        context = {"title": title, "body": body, "url": url}
        return EmailMessage(
            subject=" ".join(_("[Group governance] {title}").format(title=title).split()),
            body=render_to_string("notifications/notice_mail.txt", context),
            to=[person.email],
            headers={"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"},
        )


def message_id(notice: Notice) -> str:
    digest = hashlib.sha256(f"{notice.organisation_id}:{notice.key}".encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(settings.PORTAL_URL).hostname or 'portal'}>"
