"""Work behind the pages, done by the real processes: PDFs, mails, the way from a fact to its job, and memory."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from subprocess import Popen
from tempfile import TemporaryDirectory

from flask import Flask
from sqlalchemy import func, select

from agency.attached.documents import operations as documents
from agency.attached.documents import paper, registry
from agency.attached.documents.frozen import freeze
from agency.attached.documents.models import Document
from agency.entrypoints.cli import queue_server
from agency.flow.briefs.models import Brief
from agency.flow.projects.models import Project
from agency.kit import clock, ids, journal, mail, pdf, words
from agency.kit.db import db, db_reading, unit
from agency.kit.journal import Outbox
from agency.kit.mail import Letter, Mail
from agency.kit.queue import SYSTEM
from bench import friday, place, processes, served
from bench.load import Times
from bench.sink import Sink
from bench.sizes import Size
from bench.tables import table

PATIENCE = 600.0
WARM_UP = 4
MAILS_A_PDF = 10
RELAYS = 20
Rows = list[tuple[str, str]]


def measure(folder: Path, size: Size, many: int, reports: int) -> str:
    """Every figure of the work behind the pages, as a table; `reports` of a Friday, or none."""
    with ExitStack() as stack:
        sink = stack.enter_context(Sink())
        env = place.environ(folder, {"AGENCY_SMTP_URL": f"smtp://127.0.0.1:{sink.port}"})
        started = stack.enter_context(_processes(env))
        app = place.app(env)
        stack.enter_context(app.app_context())
        rows = [*_pdfs(app, started["worker pdf"], many), *_mails(sink, many * MAILS_A_PDF), *_relay(folder)]
        if reports:
            rows += friday.measure(app, size, int(env["AGENCY_PORT"]), reports)
        rows += [(f"memory of {name}", f"{processes.mebibytes(one.pid):.0f} MiB") for name, one in started.items()]
        db.session.remove()
    return table(("work", "figure"), rows)


@contextmanager
def _processes(env: dict[str, str]) -> Iterator[dict[str, Popen[bytes]]]:
    """Queue server, web, three workers and the schedule, as the supervisor starts them."""
    program = queue_server.program()
    if program is None:
        raise SystemExit("no queue server was found")
    with TemporaryDirectory(prefix="agency-bench-") as folder, ExitStack() as stack:
        socket = Path(folder) / "queue.sock"
        env["AGENCY_REDIS_URL"] = f"unix://{socket}"
        started = {"queue": stack.enter_context(served.running(
            queue_server.arguments(program, Path(folder), socket), place.for_child({}),
        ))}  # fmt: skip
        _until(lambda: queue_server.answers(socket))
        names = ("serve", "worker pdf", "worker mail", "worker quick", "schedule")
        for name in names:
            started[name] = stack.enter_context(served.running(place.command(*name.split()), place.for_child(env)))
        yield started


def _until(done: Callable[[], bool]) -> float:
    """Wait until something is so; the seconds it took."""
    began = time.monotonic()
    while not done():
        if time.monotonic() - began > PATIENCE:
            raise TimeoutError("the work is not done in time")
        time.sleep(0.05)
    return time.monotonic() - began


def _pdfs(app: Flask, worker: Popen[bytes], many: int) -> Rows:
    """Briefs drawn by one worker, beside the same HTML drawn in one warm process with nothing around it."""
    _until(lambda: _drawn(_want(WARM_UP)) == WARM_UP)
    before = processes.seconds(worker.pid)
    wanted = _want(many)
    spent = _until(lambda: _drawn(wanted) == len(wanted))
    cost = (processes.seconds(worker.pid) - before) / len(wanted)
    bare = _bare(app, min(many, 10))
    return [
        ("PDFs a minute by one worker", f"{60 * len(wanted) / spent:.0f}"),
        ("processor time a PDF", f"{cost * 1000:.0f} ms"),
        ("the same HTML, bare warm render", f"{bare * 1000:.0f} ms"),
        ("ratio", f"{cost / bare:.2f}"),
    ]


_wanted: list[int] = []


def _want(many: int) -> list[int]:
    """Ask for the PDFs of briefs that have none; asked again, the same ones."""
    if many == WARM_UP and _wanted:
        return _wanted
    with unit():
        drawn = select(Document.subject_id).where(Document.subject_kind == Brief.KIND)
        rows = select(Brief).where(Brief.type == "client", Brief.id.not_in(drawn)).order_by(Brief.id).limit(many)
        found = [documents.want(one, "brief", "ru", "client", SYSTEM).id for one in db.session.scalars(rows)]
    if many == WARM_UP:
        _wanted.extend(found)
    return found


def _drawn(wanted: list[int]) -> int:
    with db_reading():
        rows = select(func.count()).where(Document.id.in_(wanted), Document.state == "ready")
        return db.session.scalar(rows) or 0


def _bare(app: Flask, many: int) -> float:
    """Processor time of one warm render, fonts installed, with no child process, no limits and no storage."""
    from agency.kit.pdf import fonts

    pdf.preload()
    from weasyprint import HTML

    with db_reading():
        brief = db.session.scalars(select(Brief).where(Brief.type == "client").order_by(Brief.id)).first()
        with words.using("ru"):
            context = paper.thaw(freeze(registry.sheet("brief").context(brief, "client")), str)
            html = app.jinja_env.get_template(registry.sheet("brief").template).render(context)
    base, spent = fonts.STATIC.resolve().as_uri() + "/", []
    for _turn in range(many + 1):
        began = time.process_time()
        HTML(string=html, base_url=base).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
        spent.append(time.process_time() - began)
    return median(spent[1:])


def _mails(sink: Sink, many: int) -> Rows:
    """Letters with an attachment, each to a person of its own, from the row to a server that takes them."""
    paper_bytes, name = b"%PDF-1.7 " + b"x" * 100_000, ids.short()
    with unit():
        project = db.session.scalars(select(Project).order_by(Project.id)).first()
        for n in range(many):
            mail.post(
                Letter([("Анна", f"{name}-{n}@client.example")], "Отчёт", "Отчёт во вложении.", "<p>Отчёт</p>",
                       [("report.pdf", paper_bytes, "application/pdf")]),
                about=project, by=SYSTEM,
            )  # fmt: skip
    _until(lambda: sink.count > 0)
    began, first = time.monotonic(), sink.count
    _until(lambda: _sent(name) == many)
    return [("mails a second into a sink, 100 kB each", f"{(many - first) / (time.monotonic() - began):.1f}")]


def _sent(name: str) -> int:
    with db_reading():
        rows = select(func.count()).where(Mail.to_address.startswith(name), Mail.state == "sent")
        return db.session.scalar(rows) or 0


def _relay(folder: Path) -> Rows:
    """From the commit of a fact to the moment its consequences have been started."""
    times = Times()
    for _turn in range(RELAYS):
        with unit():
            project = db.session.scalars(select(Project).order_by(Project.id)).first()
            fact = journal.fact("project.changed", about=project, by=SYSTEM)
            fact_id = fact.id
        began = clock.now()
        _until(lambda fact_id=fact_id: _relayed(fact_id))  # type: ignore[misc]
        times.each.append(max(0.0, (_relayed_at(fact_id) - began).total_seconds() * 1000))
    return [("from a fact to its jobs", f"p50 {times.part(50):.0f} ms, p95 {times.part(95):.0f} ms")]


def _relayed(fact_id: int) -> bool:
    with db_reading():
        return db.session.scalar(select(Outbox.relayed_at).where(Outbox.fact_id == fact_id)) is not None


def _relayed_at(fact_id: int):  # noqa: ANN202
    with db_reading():
        return db.session.scalars(select(Outbox.relayed_at).where(Outbox.fact_id == fact_id)).one()
