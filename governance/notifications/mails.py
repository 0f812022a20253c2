"""A notice as an e-mail: what, until when, and the link; nothing else about anybody."""

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from governance.directory.models import Person

from .models import Notice
from .wordings import text_of


def language_of(person: Person) -> str:
    """The reader's language; the house's for somebody without a login."""
    return person.user.language if person.user_id else settings.LANGUAGE_CODE


def mail_for(notice: Notice) -> EmailMessage:
    """The mail in the reader's language. Sent twice after a crash, it carries the same Message-ID twice."""
    person = notice.person
    with translation.override(language_of(person)):
        title, body = text_of(notice)
        context = {"title": title, "body": body, "url": f"{settings.PORTAL_URL}{notice.path}"}
        return EmailMessage(
            subject=" ".join(_("[Group governance] {title}").format(title=title).split()),
            body=render_to_string("notifications/notice_mail.txt", context),
            to=[person.email],
            headers={"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"},
        )


def message_id(notice: Notice) -> str:
    digest = hashlib.sha256(f"{notice.organisation_id}:{notice.key}".encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(settings.PORTAL_URL).hostname or 'portal'}>"
