"""A document kind for tests, and a hand that draws what waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, has_app_context
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import select

from agency.attached.documents import registry
from agency.kit import queue
from agency.kit.db import db
from workers.loading import load_jobs

TEMPLATE = """{% extends "pdf/_document.html" %}
{% block doc_title %}{{ title }}{% endblock %}
{% block doc_number %}{{ number }}{% endblock %}
{% block content %}
<p>{{ _("Download") }}: {{ sum|money("RUB") }}, {{ on|day }}</p>
<table><thead><tr><th>№</th><th>{{ who }}</th></tr></thead>
<tbody>{% for row in rows %}<tr><td>{{ loop.index }}</td><td>{{ row }}</td></tr>{% endfor %}</tbody></table>
{{ rich }}{% for picture in pictures %}<img alt="" src="{{ picture }}">{% endfor %}
{% if broken %}{{ broken.nothing.at_all }}{% endif %}
{% endblock %}"""


@contextmanager
def test_paper(app: Flask, shown: dict[str, Any]) -> Iterator[str]:
    """Declare the kind "test_paper", which shows `shown`; its name is what `want` takes."""
    loader, sheets = app.jinja_env.loader, dict(registry._sheets)
    app.jinja_env.loader = ChoiceLoader([DictLoader({"test.pdf.html": TEMPLATE}), loader])

    @registry.document("test_paper", template="test.pdf.html")
    def context(record: Any, audience: str) -> dict[str, Any]:
        return {"agency_name": "Агентство Демо", "who": record.name, "audience": audience, **shown}

    try:
        yield "test_paper"
    finally:
        app.jinja_env.loader = loader
        registry._sheets.clear()
        registry._sheets.update(sheets)


def draw_all(app: Flask) -> list[str]:
    """Do every waiting job of documents here and now, and tell how each ended."""
    load_jobs()
    with app.app_context():
        waiting = select(queue.Job.id).where(queue.Job.name == "documents.render", queue.Job.state == "ready")
        found = list(db.session.scalars(waiting.order_by(queue.Job.id)))
        db.session.rollback()
        ended = [queue.perform(job_id) for job_id in found]
    if has_app_context():
        db.session.rollback()  # the test's own session saw the time before
    return ended
