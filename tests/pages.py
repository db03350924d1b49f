"""The client that looks: every page a test fetches is checked at once."""

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from agency.kit.db import unit
from agency.people.accounts import operations as accounts
from agency.people.accounts import queries as persons
from tests import markup
from tests.cast import Cast

LABELLED = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button"}
# Words of the agency's kitchen that no client may ever read.
PRIVATE = re.compile(r"себестоимост|маржа|маржи|margin|cost price|себест\.", re.IGNORECASE)


def check_page(body: str, *, for_client: bool = False) -> None:
    """Raise AssertionError when a page breaks a rule of the house."""
    tree = markup.parse(body)
    elements = list(tree.iter())
    heads = sum(e.tag == "h1" for e in elements)
    assert heads == 1, f"{heads} h1 on the page"
    title = tree.find(".//title")
    assert title is not None and (title.text or "").strip(), "the page has no title"
    ids = [e.get("id") for e in elements if e.get("id")]
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    _check_scripts(elements)
    _check_labels(elements)
    _check_buttons(elements)
    text = " ".join(tree.itertext())
    assert "%(" not in text, "an unfilled placeholder on the page"
    if for_client:
        found = PRIVATE.search(text)
        assert not found, f"a client reads {found.group()!r}"  # type: ignore[union-attr]


def _check_scripts(elements: list[Any]) -> None:
    for element in elements:
        assert element.tag != "style", "a style element"
        assert element.tag != "script" or element.get("src"), "an inline script"
        for name in dict(element.attrib):
            assert name != "style" and not name.startswith("on"), f"{name}= on {element.tag}"
            assert not (name in ("href", "src") and str(element.get(name)).startswith(("http:", "https:", "//"))) or (
                element.tag == "a"
            ), f"another host: {element.get(name)}"


def _check_labels(elements: list[Any]) -> None:
    targets = {e.get("for") for e in elements if e.tag == "label"}
    inside = {id(field) for e in elements if e.tag == "label" for field in e.iter()}
    for element in elements:
        tag = element.tag
        if tag not in LABELLED or element.get("type") in UNLABELLED_TYPES:
            continue
        named = element.get("aria-label") or element.get("aria-labelledby") or element.get("id") in targets
        assert named or id(element) in inside, f"a {tag} without a label: {element.get('name')}"


def _check_buttons(elements: list[Any]) -> None:
    """A key beside the words does not say what a button does."""
    for element in elements:
        if element.tag == "button" and not (element.get("aria-label") or element.get("aria-labelledby")):
            words = [*element.itertext()]
            keys = [said for key in element.iter("kbd") for said in key.itertext()]
            assert "".join(words).strip() != "".join(keys).strip(), f"a button without words: {dict(element.attrib)}"


class Visitor:
    """A browser with a cookie jar, signed in as one of the cast or as nobody."""

    def __init__(self, app: Flask, cast: Cast, name: str | None) -> None:
        self.app = app
        self.client = app.test_client()
        self.for_client = False
        if name is not None:
            with app.app_context(), unit():
                person = persons.get(cast.persons[name])
                assert person is not None
                self.for_client = person.kind == "contact"
                secret = accounts.sign_in(person, browser="tests")
            self.client.set_cookie("agency_session", secret)

    def get(self, address: str, status: int = 200, **kwargs: Any) -> TestResponse:
        """Fetch a page, expect its status, and look at it."""
        return self._look(self.client.get(address, **kwargs), status)

    def post(self, address: str, data: Any = None, status: int = 303, **kwargs: Any) -> TestResponse:
        """Send a form with the visitor's own token, expect the status, and look at what comes."""
        headers = {"X-CSRF-Token": self.token(), **kwargs.pop("headers", {})}
        return self._look(self.client.post(address, data=data, headers=headers, **kwargs), status)

    def follow(self, response: TestResponse) -> TestResponse:
        """Go where a redirect points."""
        return self.get(response.headers["Location"])

    def token(self) -> str:
        """The CSRF token of this visitor's forms."""
        if self.client.get_cookie("agency_visit") is None:
            self.client.set_cookie("agency_visit", "a-visitor-of-the-tests")
        cookie = self.client.get_cookie("agency_visit")
        assert cookie is not None
        from agency.kit import ids

        return ids.sign(self.app.config["SECRET_KEY"], "csrf", cookie.value)

    def _look(self, response: TestResponse, status: int) -> TestResponse:
        assert response.status_code == status, f"{response.status_code} instead of {status}: {response.text[:1500]}"
        whole = response.mimetype == "text/html" and "<html" in response.text[:400]
        if whole:
            check_page(response.text, for_client=self.for_client)
        return response


