"""Two twin clients with every kind of record in several states, lived through the operations.

Every text of a twin carries its marker, so that a byte of one in the other's answer is found by a search.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from agency.attached.comments import operations as comments
from agency.attached.documents.models import Document
from agency.attached.files import operations as files
from agency.attached.hours import operations as hours
from agency.attached.promises import operations as promises
from agency.entrypoints.portal import links
from agency.entrypoints.portal import operations as portal
from agency.flow.briefs import division
from agency.flow.briefs import operations as briefs
from agency.flow.briefs.models import Brief
from agency.flow.payments import operations as payments
from agency.flow.projects import operations as projects
from agency.flow.projects import stages
from agency.flow.projects.models import Project
from agency.flow.reports import operations as reports
from agency.flow.requests import operations as requests
from agency.flow.smetas import operations as smetas
from agency.flow.smetas.models import Smeta
from agency.flow.tasks import operations as tasks
from agency.flow.tasks import plans
from agency.flow.tasks.models import Task
from agency.kit import clock, storage
from agency.kit.db import KINDS, db
from agency.kit.queue import SYSTEM
from agency.people.accounts.identity import NOBODY
from agency.people.clients import cabinet, nuances
from agency.people.clients import operations as clients
from agency.people.clients import queries as known
from agency.people.clients.models import PLACES, Client
from tests.cast import Cast
from tests.flow.briefs import cases

PDF = b"%PDF-1.7\n"
MEGABYTE = 1 << 20
NOT_WORDS = ("routes", "internal_review", "presentation")


@dataclass
class Twin:
    """One client: its marker, its people, and the ids of everything it has, by kind."""

    mark: str
    client_id: int
    manager: str
    approver: str
    ids: dict[str, list[int]] = field(default_factory=dict)

    def say(self, words: str) -> str:
        """Words with the marker of this client."""
        return f"{words} {self.mark}"


class Bytes:
    """An upload as the web edge hands it over."""

    def __init__(self, twin: Twin, name: str) -> None:
        content = f"{twin.say(name)}: два слова о деле.\n".encode()
        self.name = f"{twin.mark} {name}.txt"
        self.staged = storage.stage(BytesIO(content), MEGABYTE)


def build(cast: Cast) -> tuple[Twin, Twin]:
    """Both twins, in the open unit: the first is the hedgehog of the cast, the second its rival."""
    pair = (
        Twin("MARK-A-7f3e", cast.hedgehog, "vera", "irina"), Twin("MARK-B-9c1d", cast.rival, "oleg", "stranger"),
    )
    for twin in pair:
        live(cast, twin)
        db.session.flush()
        _note_ids(twin)
    return pair


def live(cast: Cast, twin: Twin) -> None:
    """Everything that happens to one client."""
    manager, approver = cast.actor(twin.manager), cast.actor(twin.approver)
    client = db.session.get(Client, twin.client_id)
    assert client is not None
    client.name, client.search_text = twin.say(client.name), twin.say(client.name).casefold()
    clients.add_brand(client, twin.say("Бренд"), by=manager)
    nuances.add(client, twin.say("Не звонить до обеда"), list(PLACES), by=manager)
    db.session.flush()
    _let_in(cast, twin, client)
    _ask(cast, twin, client)
    whole = _project(cast, twin, client, "Кампания")
    _agree_brief(cast, twin, whole)
    smeta = _agree_smeta(cast, twin, whole)
    _work(cast, twin, whole, smeta)
    _tell(cast, twin, whole)
    waiting = _project(cast, twin, client, "Ждёт ответа")
    _let_wait(cast, twin, waiting)
    links.mint(cast.person(twin.approver), whole, links.ACTIONS, to=f"/portal/projects/{whole.id}", by=SYSTEM)
    portal.note_opening(whole, by=approver)


def _let_in(cast: Cast, twin: Twin, client: Client) -> None:
    """A colleague who looks, and who will decide for the approver on a day to come."""
    manager, day = cast.actor(twin.manager), clock.today() + timedelta(days=40 + len(known.deputies(client.id)))
    other = clients.add_contact(client, twin.say("Коллега"), f"colleague@{twin.mark.lower()}.example", by=manager)
    own = next(row for row in known.active_contacts(client.id) if row.person_id == cast.persons[twin.approver])
    cabinet.rule(client, "viewers", {own.id}, by=manager)
    cabinet.name_deputy(client, other.person_id, day, day, by=cast.actor(twin.approver))


def _ask(cast: Cast, twin: Twin, client: Client) -> None:
    manager, approver = cast.actor(twin.manager), cast.actor(twin.approver)
    requests.receive(twin.say("Нужен ролик"), by=approver, client=client)
    asked = requests.receive(twin.say("Нужны баннеры"), by=approver, client=client)
    requests.take(asked, by=manager)
    requests.ask(asked, twin.say("К какому дню?"), by=manager)
    files.attach(Bytes(twin, "пример"), asked, approver, "client")
    declined = requests.receive(
        twin.say("Нужен сайт"), by=NOBODY, client=client, email=f"{twin.mark.lower()}@example.example",
    )
    requests.take(declined, by=manager)
    requests.decline(declined, twin.say("не наше"), by=manager, letter=twin.say("К сожалению"))
    comments.write(asked, twin.say("внутренняя заметка"), manager)


def _project(cast: Cast, twin: Twin, client: Client, name: str) -> Project:
    manager, today = cast.actor(twin.manager), clock.today()
    request = requests.receive(twin.say(f"{name}: что нужно"), by=cast.actor(twin.approver), client=client)
    requests.take(request, by=manager)
    names = enumerate(("Бриф", "Идея", "Пуск"), 1)
    plan = projects.Plan(
        client, twin.say(name), cast.person(twin.manager), today, today + timedelta(days=90),
        contact=cast.person(twin.approver), budget=500_000_00, requirements=[twin.say("Только тёплый тон")],
        stages=[(twin.say(stage), today + timedelta(days=14 * n)) for n, stage in names],
    )
    project = projects.open_from(request, plan, by=manager)
    project.report_weekday = 4
    stages.move(project.stages[1], today + timedelta(days=33), twin.say("ждём фото"), by=manager)
    return project


def _brief(cast: Cast, twin: Twin, project: Project) -> Brief:
    manager = cast.actor(twin.manager)
    answers = {key: twin.say(value) if isinstance(value, str) else value for key, value in cases.CLIENT.items()}
    return cases.fill(briefs.open_for(project, by=manager), answers, manager)


def _agree_brief(cast: Cast, twin: Twin, project: Project) -> None:
    manager, approver = cast.actor(twin.manager), cast.actor(twin.approver)
    brief = _brief(cast, twin, project)
    briefs.send(brief, by=manager)
    evidence = {"seen": brief.content_hash, "typed_name": "Имя Фамилия"}
    second = briefs.give_back(brief, twin.say("цель не та"), by=approver, **evidence)
    briefs.send(second, by=manager)
    briefs.approve(second, second.content_hash, twin.say("Имя Фамилия"), by=approver)
    made = {one.department: one for one in division.split(second, by=manager, reason=twin.say("срочно"))}
    db.session.flush()
    creative = made.get("creative")
    if creative is not None:
        answers = {key: twin.say(value) if key not in NOT_WORDS and isinstance(value, str) else value
                   for key, value in cases.CREATIVE.items()}
        cases.fill(creative, answers, manager)
        briefs.issue(creative, by=manager)
        briefs.accept(creative, twin.say("поняли так"), by=cast.actor("head_creative"))


def _rows(twin: Twin) -> list[dict[str, Any]]:
    base = {"unit": "шт", "quantity": Decimal(2), "price": Decimal(10_000), "cost": Decimal(6_000)}
    return [
        {**base, "department": code, "title": twin.say(title), "supplier": twin.say("поставщик"),
         "note": twin.say("внутри"), "client_accepts": code == "creative"}
        for code, title in (("creative", "Идея"), ("media", "План"), ("production", "Съёмка"), ("account", "Ведение"))
    ]


def _smeta(cast: Cast, twin: Twin, project: Project) -> Smeta:
    return smetas.create_from_rows(
        project, _rows(twin), by=cast.actor(twin.manager), valid_until=clock.today() + timedelta(days=14),
        title=twin.say("Смета"), terms=twin.say("Условия"), note=twin.say("заметка"),
        payments=[{"percent": Decimal(50), "trigger": "date", "due_on": clock.today() + timedelta(days=5)},
                  {"trigger": "act", "words": twin.say("после акта")}],
    )


def _agree_smeta(cast: Cast, twin: Twin, project: Project) -> Smeta:
    manager, approver = cast.actor(twin.manager), cast.actor(twin.approver)
    first = _smeta(cast, twin, project)
    smetas.send(first, by=manager)
    smetas.reject(first, twin.say("дорого"), by=approver, seen=first.content_hash)
    second = smetas.new_version(first, by=manager)
    smetas.send(second, by=manager)
    smetas.approve(second, by=approver, seen=second.content_hash, typed_name=twin.say("Имя Фамилия"))
    payments.receive(second.payments[0], by=cast.actor("finance"))
    payments.expect(second.payments[1], clock.today() + timedelta(days=40), twin.say("после акта"), by=manager)
    return second


def _work(cast: Cast, twin: Twin, project: Project, smeta: Smeta) -> None:
    manager, approver = cast.actor(twin.manager), cast.actor(twin.approver)
    made = plans.split(smeta, by=SYSTEM)
    for task in made:
        task.about = twin.say("что сделать")
        task.due_on = clock.today() + timedelta(days=7)
    extra = [_more(project, twin, f"Ещё {n}", manager) for n in range(5)]
    writer, head = cast.actor("copywriter"), cast.actor("head_creative")
    shown = next(task for task in made if task.department == "creative")
    _hand_in(shown, twin, manager, writer)
    tasks.pass_(shown, by=head)
    accepted, returned, stopped, gone, hidden = extra
    for task in (accepted, returned):
        _hand_in(task, twin, manager, writer)
        tasks.pass_(task, by=head)
    tasks.accept(accepted, by=approver, seen=accepted.last_delivery.content_hash, typed_name="Имя Фамилия")  # type: ignore[union-attr]
    seen = returned.last_delivery.content_hash  # type: ignore[union-attr]
    tasks.send_back_by_client(returned, approver, [twin.say("теплее")], seen=seen)
    tasks.release(stopped, by=manager)
    tasks.block(stopped, manager, twin.say("нет фото"), "client")
    plans.move_due(stopped, clock.today() + timedelta(days=20), manager, twin.say("нет фото"))
    tasks.cancel(gone, manager, twin.say("не нужно"))
    hidden.is_public = False
    comments.write(shown, twin.say("внутренняя реплика"), writer)
    hours.log(shown, writer, 90, note=twin.say("работа"))


def _more(project: Project, twin: Twin, title: str, by: Any) -> Task:
    settled = plans.Settled(
        twin.say(title), "creative", twin.say("подробно"), clock.today(), clock.today() + timedelta(days=9), 60, True,
    )
    return plans.make(project, settled, by)


def _hand_in(task: Task, twin: Twin, manager: Any, maker: Any) -> None:
    tasks.release(task, by=manager)
    tasks.take(task, by=maker)
    tasks.start(task, by=maker)
    upload = Bytes(twin, f"версия {task.id}")
    tasks.hand_in(task, maker, note=twin.say("версия"), uploads=[upload])


def _tell(cast: Cast, twin: Twin, project: Project) -> None:
    manager, approver = cast.actor(twin.manager), cast.actor(twin.approver)
    today = clock.today()
    promises.make(project, twin.say("Покажем план"), today + timedelta(days=2), by=manager)
    kept = promises.make(project, twin.say("Пришлём бриф"), today, by=manager)
    promises.keep(kept, by=manager)
    moved = promises.make(project, twin.say("Третий макет"), today, by=manager)
    promises.move(moved, today + timedelta(days=3), twin.say("болеем"), by=manager)
    offer = promises.Offer("bonus", twin.say("Ещё один макет"), 1_280_000, project.currency)
    promises.compensate(moved, offer, by=manager)
    comments.write(project, twin.say("Когда съёмка?"), approver, "client")
    comments.write(project, twin.say("О деньгах между нами"), manager)
    files.attach(Bytes(twin, "логотип"), project, approver, "client")
    files.attach(Bytes(twin, "для своих"), project, manager, "inner")
    project_is_active = project.state == "active"
    if not project_is_active:
        projects.start(project, by=manager)
    report = reports.begin(project, by=manager)
    reports.say(report, twin.say("Всё идёт по плану."), by=manager)
    owner = cast.actor("owner")
    reports.approve(report, by=owner)
    reports.send(report, by=manager)
    for document in db.session.query(Document).filter_by(project_id=project.id):
        content = PDF + f"{twin.mark} {document.id}".encode()
        document.state, document.storage_key, document.size = "ready", storage.put(content), len(content)
        document.pages, document.ready_at = 1, clock.now()


def _let_wait(cast: Cast, twin: Twin, project: Project) -> None:
    manager = cast.actor(twin.manager)
    briefs.send(_brief(cast, twin, project), by=manager)
    smetas.send(_smeta(cast, twin, project), by=manager, without_brief=twin.say("клиент спешит"))
    task = _more(project, twin, "Проба", manager)
    _hand_in(task, twin, manager, cast.actor("copywriter"))
    tasks.pass_(task, by=cast.actor("head_creative"))
    draft = _more(project, twin, "В плане", manager)
    assert draft.state == "backlog"
    drafted = reports.begin(project, clock.today(), by=SYSTEM) if project.is_going else None
    if drafted is not None:
        reports.say(drafted, twin.say("Черновик."), by=manager)


def _note_ids(twin: Twin) -> None:
    """Remember the ids of every record that names this client."""
    for kind, model in KINDS.items():
        column = model.__table__.c.get("client_id") if kind != "client" else model.__table__.c.id
        if column is not None:
            rows = db.session.query(model.__table__.c.id).filter(column == twin.client_id).order_by("id")
            twin.ids[kind] = [row[0] for row in rows]
