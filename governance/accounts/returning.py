"""Back to the page a form stood on, and never out of the portal."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def page_before(request: HttpRequest, *, otherwise: str = "/") -> str:
    """The page that the form names as `next`, when it is one of the portal's."""
    page = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if inside else otherwise
