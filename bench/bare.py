"""The measure beside every page: bare Flask, SQLAlchemy and Jinja, served as the house is.

It shows 50 of a hundred thousand rows, and changes one by comparing and setting its version.
"""

import sys

from flask import Flask, render_template
from gunicorn.app.base import BaseApplication
from sqlalchemy import create_engine, event, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

ROWS = 50
TEMPLATE = """<!doctype html><html lang="ru"><title>Задачи</title><h1>Задачи</h1><table>{% for task in tasks %}
<tr><td>{{ task.id }}</td><td><a href="{{ url_for('show', id=task.id) }}">{{ task.title }}</a></td>
<td>{{ task.state }}</td>
<td>{{ task.department }}</td><td>{{ task.due_on.isoformat() if task.due_on else "" }}</td></tr>{% endfor %}</table>"""


def page(url: str) -> Flask:
    """The bare application over the tasks of a database."""
    from agency.app import rooms

    rooms()
    from agency.flow.tasks.models import Task

    app, engine, writing = Flask("bare"), create_engine(url), create_engine(url)
    event.listen(engine, "connect", _pragmas)
    app.config["ENGINES"] = engine, writing
    # Compiled once, as a template in a file would be.
    template = app.jinja_env.from_string(TEMPLATE)

    @app.get("/")
    def show() -> str:
        with Session(engine) as session:
            rows = select(Task).where(Task.department == "creative", Task.state == "done").limit(ROWS)
            return render_template(template, tasks=list(session.scalars(rows)))

    @app.post("/<int:id>")
    def change(id: int) -> tuple[str, int]:
        with Session(writing) as session:
            seen = session.scalars(select(Task.version).where(Task.id == id)).one()
            newer = update(Task).where(Task.id == id, Task.version == seen).values(version=seen + 1)
            changed = session.execute(newer, execution_options={"synchronize_session": False})
            session.commit()
        return "", 200 if changed.rowcount else 409  # type: ignore[attr-defined]

    return app


def _pragmas(connection: object, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "query_only=ON"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


class Server(BaseApplication):
    """Gunicorn as the house starts it: two processes of four threads."""

    def __init__(self, url: str, port: int) -> None:
        self.url, self.port = url, port
        super().__init__()

    def load_config(self) -> None:
        """The same choices as the house's own."""
        choices = {
            "bind": f"127.0.0.1:{self.port}", "worker_class": "gthread", "workers": 2, "threads": 4,
            "preload_app": True, "reuse_port": True, "keepalive": 5, "loglevel": "warning",
            "control_socket_disable": True, "post_fork": _forget,
        }
        for name, value in choices.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The bare application."""
        return page(self.url)


def _forget(server: BaseApplication, _worker: object) -> None:
    engines: tuple[Engine, ...] = server.app.wsgi().config["ENGINES"]  # type: ignore[attr-defined]
    for engine in engines:
        engine.dispose(close=False)


if __name__ == "__main__":
    Server(sys.argv[1], int(sys.argv[2])).run()
