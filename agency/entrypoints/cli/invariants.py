"""Every invariant of the data, as SQL that names the rows which break it."""

from dataclasses import dataclass

from sqlalchemy import inspect

from agency.kit.db import KINDS, db
from agency.kit.states import REGISTRY


@dataclass(frozen=True)
class Invariant:
    """A promise about the data: `sql` selects (what, id) of the rows that break it."""

    name: str
    says: str
    sql: str


MONEY = (
    Invariant(
        "smeta.sum",
        "net and tax of an estimate add up to its total",
        "SELECT 'smeta', id FROM smetas WHERE vat_mode = 'on_top' AND net + vat <> gross",
    ),
    Invariant(
        "smeta.payments",
        "the payments of an estimate that was sent add up to its total",
        """SELECT 'smeta', s.id FROM smetas s JOIN payment_rows p ON p.smeta_id = s.id
                 WHERE s.sent_at IS NOT NULL GROUP BY s.id, s.gross HAVING SUM(p.amount) <> s.gross""",
    ),
    Invariant(
        "smeta.sealed",
        "an estimate that was sent carries the hash of its content",
        "SELECT 'smeta', id FROM smetas WHERE sent_at IS NOT NULL AND content_hash = ''",
    ),
    Invariant(
        "smeta.evidence",
        "an approved estimate has one evidence, of the very content it has",
        """SELECT 'smeta', s.id FROM smetas s LEFT JOIN approvals a ON a.subject_kind = 'smeta'
                 AND a.subject_id = s.id AND a.decision = 'approved' AND a.content_hash = s.content_hash
                 WHERE s.state = 'approved' GROUP BY s.id HAVING COUNT(a.id) <> 1""",
    ),
    Invariant(
        "smeta.one_base",
        "a project has at most one approved base estimate",
        """SELECT 'project', project_id FROM smetas WHERE kind = 'base' AND state = 'approved'
                 GROUP BY project_id HAVING COUNT(*) > 1""",
    ),
    Invariant(
        "task.logged",
        "the minutes on a task are the sum of its entries",
        """SELECT 'task', t.id FROM tasks t LEFT JOIN (
                   SELECT subject_id, SUM(minutes) AS minutes FROM time_entries WHERE subject_kind = 'task'
                   GROUP BY subject_id
                 ) e ON e.subject_id = t.id WHERE t.logged_minutes <> COALESCE(e.minutes, 0)""",
    ),
    Invariant(
        "project.stands",
        "a project stands where it stands until the forecast of its first stage that is not done",
        """SELECT 'project', p.id FROM projects p WHERE p.stands_until IS DISTINCT FROM (
                   SELECT s.forecast_on FROM project_stages s WHERE s.project_id = p.id AND s.done_on IS NULL
                   ORDER BY s.ordinal LIMIT 1
                 )""",
    ),
    Invariant(
        "payment.bounds",
        "nobody paid more than a payment row asks for",
        """SELECT 'payment_row', id FROM payment_rows
                 WHERE (amount >= 0 AND (paid < 0 OR paid > amount)) OR (amount < 0 AND (paid > 0 OR paid < amount))""",
    ),
    Invariant(
        "payment.owed",
        "what a client agreed to pay, and nothing else, is owed in the currency of its estimate",
        """SELECT 'payment_row', p.id FROM payment_rows p JOIN smetas s ON s.id = p.smeta_id
                 WHERE COALESCE(p.owed_in, '') <> CASE s.state WHEN 'approved' THEN s.currency ELSE '' END""",
    ),
    Invariant(
        "payment.receipts",
        "what was paid is the sum of its receipts",
        """SELECT 'payment_row', p.id FROM payment_rows p LEFT JOIN receipts r ON r.payment_row_id = p.id
                 GROUP BY p.id, p.paid HAVING p.paid <> COALESCE(SUM(r.amount), 0)""",
    ),
)

PAPERS = (
    Invariant(
        "brief.sealed",
        "a brief that was sent carries the hash of its content",
        "SELECT 'brief', id FROM briefs WHERE sent_at IS NOT NULL AND content_hash = ''",
    ),
    Invariant(
        "brief.evidence",
        "an approved client brief has one evidence, of the very content it has",
        """SELECT 'brief', b.id FROM briefs b LEFT JOIN approvals a ON a.subject_kind = 'brief'
                 AND a.subject_id = b.id AND a.decision = 'approved' AND a.content_hash = b.content_hash
                 WHERE b.state = 'approved' AND b.department IS NULL GROUP BY b.id HAVING COUNT(a.id) <> 1""",
    ),
    Invariant(
        "brief.read_back",
        "an accepted department brief says how its head understood it",
        "SELECT 'brief', id FROM briefs WHERE state = 'accepted' AND read_back = ''",
    ),
    Invariant(
        "report.sealed",
        "a report that was sent has a number and the hash of its content",
        "SELECT 'report', id FROM reports WHERE state = 'sent' AND (n IS NULL OR content_hash = '')",
    ),
    Invariant(
        "report.numbers",
        "the reports of a project are numbered without a gap",
        """SELECT 'project', project_id FROM reports WHERE n IS NOT NULL
                 GROUP BY project_id HAVING MAX(n) <> COUNT(*)""",
    ),
    Invariant(
        "requirement.numbers",
        "the marks of a project's requirements run from 1 without a gap",
        """SELECT 'project', project_id FROM requirements
                 GROUP BY project_id HAVING MAX(n) <> COUNT(*) OR MIN(n) <> 1""",
    ),
    Invariant(
        "document.kept",
        "a document that is ready has its bytes",
        "SELECT 'document', id FROM documents WHERE state = 'ready' AND storage_key IS NULL",
    ),
)

WORK = (
    Invariant(
        "task.line",
        "a task belongs to the project of its estimate line",
        """SELECT 'task', t.id FROM tasks t JOIN smeta_lines l ON l.id = t.smeta_line_id
                 JOIN smetas s ON s.id = l.smeta_id WHERE s.project_id <> t.project_id""",
    ),
    Invariant(
        "task.agreed",
        "tasks are made from approved estimates only",
        """SELECT 'task', t.id FROM tasks t JOIN smeta_lines l ON l.id = t.smeta_line_id
                 JOIN smetas s ON s.id = l.smeta_id WHERE s.state NOT IN ('approved', 'superseded')""",
    ),
    Invariant(
        "task.assignee",
        "work in hands has hands",
        """SELECT 'task', id FROM tasks WHERE assignee_id IS NULL
                 AND state IN ('taken', 'in_progress', 'in_review')""",
    ),
    Invariant(
        "task.done",
        "a task that is done says when",
        "SELECT 'task', id FROM tasks WHERE state = 'done' AND done_at IS NULL",
    ),
    Invariant(
        "task.blocked",
        "a blocked task knows where it goes back to",
        "SELECT 'task', id FROM tasks WHERE state = 'blocked' AND before_block = ''",
    ),
    Invariant(
        "hours.project",
        "time is logged in the project of its task",
        """SELECT 'time_entry', e.id FROM time_entries e LEFT JOIN tasks t ON t.id = e.subject_id
                 WHERE e.subject_kind = 'task' AND (t.id IS NULL OR t.project_id <> e.project_id)""",
    ),
)

MACHINERY = (
    Invariant(
        "fact.outbox",
        "every fact has its outbox row",
        "SELECT 'fact', f.id FROM facts f LEFT JOIN outbox o ON o.fact_id = f.id WHERE o.fact_id IS NULL",
    ),
    Invariant("job.done", "no job was given up", "SELECT 'job', id FROM jobs WHERE state = 'failed'"),
    Invariant(
        "mail.content",
        "every mail has its frozen bytes",
        "SELECT 'mail', m.id FROM mails m LEFT JOIN mail_contents c ON c.mail_id = m.id WHERE c.mail_id IS NULL",
    ),
    Invariant(
        "session.link",
        "a session by a link belongs to the link's person",
        """SELECT 'link', l.id FROM links l JOIN sessions s ON s.link_id = l.id
                 WHERE s.person_id <> l.person_id""",
    ),
    Invariant(
        "request.project",
        "a qualified request has its project",
        """SELECT 'request', r.id FROM requests r LEFT JOIN projects p ON p.request_id = r.id
                 WHERE r.state = 'qualified' AND p.id IS NULL""",
    ),
)


def every() -> list[Invariant]:
    """The invariants above, and those that follow from the tables and state tables themselves."""
    return [*MONEY, *PAPERS, *WORK, *MACHINERY, *_tenants(), *_subjects(), *_states()]


def _tenants() -> list[Invariant]:
    """Every row that names a project names that project's client."""
    found = []
    for name, table in sorted(db.metadata.tables.items()):
        if name != "projects" and {"project_id", "client_id", "id"} <= set(table.columns.keys()):
            found.append(
                Invariant(
                    f"{name}.tenant",
                    f"rows of {name} belong to the client of their project",
                    f"SELECT '{name}', x.id FROM {name} x JOIN projects p ON p.id = x.project_id "  # noqa: S608 - names of our own tables
                    "WHERE x.client_id IS NULL OR x.client_id <> p.client_id",
                )
            )
    return found


def _subjects() -> list[Invariant]:
    """Nothing hangs on a record that is not there."""
    found = []
    for name, table in sorted(db.metadata.tables.items()):
        if not {"subject_kind", "subject_id", "id"} <= set(table.columns.keys()) or name in ("facts", "openings"):
            continue
        for kind, model in sorted(KINDS.items()):
            subject = inspect(model).local_table.name
            found.append(
                Invariant(
                    f"{name}.{kind}",
                    f"{name} hang on a {kind} that exists",
                    f"SELECT '{name}', x.id FROM {name} x LEFT JOIN {subject} s ON s.id = x.subject_id "  # noqa: S608
                    f"WHERE x.subject_kind = '{kind}' AND s.id IS NULL",
                )
            )
    return found


def _states() -> list[Invariant]:
    """Every record stands in a state of its table of moves."""
    found = []
    for kind, moves in sorted(REGISTRY.items()):
        if kind not in KINDS:
            continue
        table = inspect(KINDS[kind]).local_table.name
        allowed = ", ".join(f"'{state}'" for state in moves.states)
        found.append(
            Invariant(
                f"{kind}.state",
                f"a {kind} stands in a known state",
                f"SELECT '{kind}', id FROM {table} WHERE state NOT IN ({allowed})",  # noqa: S608
            )
        )
    return found
