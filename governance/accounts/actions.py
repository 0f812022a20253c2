"""What a person changes about his own login."""

from .models import User


def choose_language(user: User, language: str) -> None:
    """Pages, notices and mails are in this language from now on."""
    User.objects.filter(pk=user.pk).update(language=language)
    user.language = language
