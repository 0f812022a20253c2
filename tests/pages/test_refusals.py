"""What a reader sees when an address is used by the wrong method: a page with a way on, never an empty one."""

import pytest
from django.utils import translation

from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("get", "/language/", "POST"), ("post", "/jobs/", "GET, HEAD"), ("put", "/", "GET, HEAD")],
)
def test_wrong_method_is_said_in_a_page(client, language, method, path, allowed):
    client.force_login(make_user(language=language))
    response = getattr(client, method)(path)
    with translation.override(language):
        said = translation.gettext("Nothing was done")
    assert (response.status_code, response.headers["Allow"]) == (405, allowed)
    assert f"<title>{said}" in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_wrong_method_inside_a_page_is_said_in_a_fragment(client):
    client.force_login(make_user(language="en"))
    response = client.get("/language/", headers={"hx-request": "true"})
    assert response.status_code == 405
    assert "Nothing was done" in response.content.decode()
    assert "<html" not in response.content.decode()
