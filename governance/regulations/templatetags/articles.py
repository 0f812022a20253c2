"""An article's name that leads to its place on the regulation's page."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.calendar.templatetags.when import clause_words

from ..models import RegulationVersion
from ..words import anchor

register = template.Library()


@register.simple_tag
def article(number: str | None, version: RegulationVersion | None = None) -> SafeString | str:
    """`{% article "4.1" group.version %}`: 第四条第 1 项 as a link into that version; nothing for none."""
    if not number:
        return ""
    if version is None:
        return clause_words(number)
    url = f"{reverse('regulation', args=[version.regulation_id])}?version={version.pk}#{anchor(number)}"
    return format_html('<a href="{}">{}</a>', url, clause_words(number))
