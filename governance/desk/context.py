"""What every page shows around its content: navigation, counts, who is signed in."""

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    return {}
