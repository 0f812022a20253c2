"""A person before the portal without JavaScript: reads pages, fills in the forms that stand on them, presses buttons.

What cannot be found on the page cannot be filled in or pressed, so a journey fails where a page leaves something out.
"""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

BLANKS = re.compile(r"\s+")


class Form:
    """One form of a page: where it goes, and what stands in it."""

    def __init__(self, attributes):
        self.method = attributes.get("method", "get").lower()
        self.action = attributes.get("action") or ""
        self.controls = []  # (name, kind, value, chosen)

    def values(self):
        """What the browser would send as the page stands."""
        sent = {}
        for name, kind, value, chosen in self.controls:
            if kind in ("checkbox", "radio", "option") and not chosen or kind == "file":
                continue
            sent.setdefault(name, []).append(value)
        return sent


class Page(HTMLParser):
    """The forms, links and buttons of a page. A control belongs to the form around it, or to the one it names."""

    VOID = {"input", "br", "img", "link", "meta", "use"}

    def __init__(self, url, markup):
        super().__init__(convert_charrefs=True)
        self.url = url
        self.forms, self.named, self.links, self.buttons = [], {}, [], []
        self.text = []
        self.open_form = self.in_select = self.in_textarea = self.in_link = self.in_button = None
        self.waiting = []  # controls of a form that stands further down
        self.feed(markup)
        for form_id, control in self.waiting:
            self.named[form_id].controls.append(control)

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open_form = Form(attributes)
            self.forms.append(self.open_form)
            if attributes.get("id"):
                self.named[attributes["id"]] = self.open_form
        elif tag == "input" and attributes.get("name") and "disabled" not in attributes:
            kind = attributes.get("type", "text")
            value = attributes.get("value", "on" if kind == "checkbox" else "")
            self.add(attributes, (attributes["name"], kind, value, "checked" in attributes))
        elif tag == "select" and attributes.get("name"):
            self.in_select = [attributes, []]
        elif tag == "option" and self.in_select:
            self.in_select[1].append((attributes.get("value", ""), "selected" in attributes))
        elif tag == "textarea":
            self.in_textarea = [attributes, ""]
        elif tag == "a" and attributes.get("href"):
            self.in_link = [attributes["href"], ""]
        elif tag == "button":
            self.in_button = [attributes, "", self.open_form]

    def add(self, attributes, control):
        if attributes.get("form"):
            self.waiting.append((attributes["form"], control))
        elif self.open_form is not None:
            self.open_form.controls.append(control)

    def handle_endtag(self, tag):
        if tag == "form":
            self.open_form = None
        elif tag == "select" and self.in_select:
            attributes, options = self.in_select
            if options and not any(chosen for _value, chosen in options):
                options[0] = (options[0][0], True)
            for value, chosen in options:
                self.add(attributes, (attributes["name"], "option", value, chosen))
            self.in_select = None
        elif tag == "textarea" and self.in_textarea:
            attributes, text = self.in_textarea
            if attributes.get("name"):
                self.add(attributes, (attributes["name"], "textarea", text.lstrip("\n"), True))
            self.in_textarea = None
        elif tag == "a" and self.in_link:
            self.links.append((BLANKS.sub(" ", self.in_link[1]).strip(), self.in_link[0]))
            self.in_link = None
        elif tag == "button" and self.in_button:
            attributes, text, form = self.in_button
            self.buttons.append((BLANKS.sub(" ", text).strip(), attributes, form))
            self.in_button = None

    def handle_data(self, data):
        self.text.append(data)
        for reading in (self.in_textarea, self.in_link, self.in_button):
            if reading is not None:
                reading[1] += data

    @property
    def words(self):
        return BLANKS.sub(" ", "".join(self.text))


class Reader:
    """One person and what lies before him."""

    def __init__(self, client, user):
        self.client, self.user = client, user
        self.page = None

    def open(self, url):
        self.client.force_login(self.user)
        return self.take(self.client.get(url, follow=True))

    def take(self, response):
        assert response.status_code == 200, (response.status_code, response.content.decode()[-3000:])
        self.page = Page(response.request["PATH_INFO"], response.content.decode())
        return self

    def follow(self, words):
        """Go where the first link with these words leads."""
        found = [url for text, url in self.page.links if text == words]
        assert found, f"no link “{words}” among {[text for text, _url in self.page.links]}"
        return self.open(urljoin(self.page.url, found[0]))

    def take_up(self, title):
        """Open the desk and go to the item of that title."""
        return self.open("/").follow(title)

    def press(self, words, *, status=200, **fields):
        """Fill the button's form in and press it; `fields` must stand in that form. Lists tick several boxes."""
        found = [(attributes, form) for text, attributes, form in self.page.buttons if text == words]
        assert found, f"no button “{words}” among {[text for text, _attributes, _form in self.page.buttons]}"
        attributes, form = found[0]
        assert "disabled" not in attributes, f"the button “{words}” is disabled"
        form = self.page.named[attributes["form"]] if attributes.get("form") else form
        assert form, f"the button “{words}” belongs to no form"
        assert form.method == "post", f"the button “{words}” sends nothing"
        sent = form.values()
        offered = {name for name, *_rest in form.controls}
        for name, value in fields.items():
            assert name in offered, f"no field {name} among {sorted(offered)}"
            sent[name] = value if isinstance(value, list) else [value]
        if attributes.get("name"):
            sent[attributes["name"]] = [attributes.get("value", "")]
        assert sent.pop("csrfmiddlewaretoken", None), "the form lacks its token"
        url = urljoin(self.page.url, attributes.get("formaction") or form.action or self.page.url)
        self.client.force_login(self.user)
        response = self.client.post(urlsplit(url).path, sent, follow=True)
        if status != 200:
            assert response.status_code == status
            return self
        return self.take(response)

    def reads(self, words):
        """Whether these words stand on the page before him."""
        return words in self.page.words
