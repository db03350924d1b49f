"""Who is there: the staff with their roles, and clients with brands, legal entities and contacts."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from agency.people.accounts.models import Person, PersonRole
from agency.people.clients.models import BillingEntity, Brand, Client, Contact
from bench import store
from bench.sizes import Size
from bench.store import Row

WORKING = ("creative", "media", "production")
CONTACTS = 3
NAMES = ("Анна", "Борис", "Вера", "Глеб", "Дина", "Егор", "Жанна", "Захар", "Инна", "Кирилл", "Лида", "Марат")
SURNAMES = ("Ольховик", "Рябинко", "Кленовых", "Ясенюк", "Дубровец", "Соснин", "Липатых", "Вербенко", "Калинец")


@dataclass
class Crowd:
    """Ids of everybody, by what they do; the rest of the building is computed from these."""

    size: Size
    owner: int = 1
    managers: list[int] = field(default_factory=list)
    heads: dict[str, int] = field(default_factory=dict)
    specialists: dict[str, list[int]] = field(default_factory=dict)

    def manager_of(self, client: int) -> int:
        """Who looks after a client."""
        return self.managers[client % len(self.managers)]

    def client_of(self, project: int) -> int:
        """Whose a project is."""
        return (project - 1) % self.size.clients + 1

    def contact_of(self, client: int, which: int = 0) -> int:
        """A person who speaks for a client; the first one approves."""
        return self.size.staff + (client - 1) * CONTACTS + which + 1

    def worker(self, department: str, n: int) -> int:
        """One of the specialists of a department."""
        team = self.specialists[department]
        return team[n % len(team)]


def of(size: Size) -> Crowd:
    """Everybody of an agency of this size, as `gather` writes them."""
    crowd = Crowd(size)
    for person, role, department in _posts(size):
        if role == "account_manager":
            crowd.managers.append(person)
        elif role == "head":
            crowd.heads[department or ""] = person
        elif role == "specialist":
            crowd.specialists.setdefault(department or "", []).append(person)
    return crowd


def gather(size: Size) -> Crowd:
    """Write everybody into the empty agency."""
    crowd = of(size)
    store.put(Person, _staff(size))
    store.put(PersonRole, ({"person_id": one, "role": role, "department": at} for one, role, at in _posts(size)))
    store.change(
        "UPDATE departments SET head_id = :person WHERE code = :code",
        [{"code": code, "person": person} for code, person in crowd.heads.items()],
    )
    _clients(crowd)
    return crowd


def _posts(size: Size) -> Iterator[tuple[int, str, str | None]]:
    """Who holds which role where: an owner, a controller, managers, three heads, and those who do the work."""
    yield 1, "owner", None
    yield 2, "finance", None
    taken = 2
    for n in range(size.managers):
        yield taken + n + 1, "account_manager", "account"
    taken += size.managers
    for n, code in enumerate(WORKING):
        yield taken + n + 1, "head", code
    taken += len(WORKING)
    for n in range(size.staff - taken):
        yield taken + n + 1, "specialist", WORKING[n % len(WORKING)]


def _staff(size: Size) -> Iterator[Row]:
    for n in range(1, size.staff + 1):
        yield _person(n, "staff", f"staff-{n}@agency.example")


def _person(n: int, kind: str, email: str) -> Row:
    name = f"{NAMES[n % len(NAMES)]} {SURNAMES[n // len(NAMES) % len(SURNAMES)]} {n}"
    said = f"{name} {email}"
    return {"id": n, "kind": kind, "name": name, "email": email, "password_hash": None, "search_text": said}


def _clients(crowd: Crowd) -> None:
    numbers = range(1, crowd.size.clients + 1)
    store.put(Client, (
        {"id": n, "code": f"B{n:04}", "name": f"Клиент Берёза {n}", "manager_id": crowd.manager_of(n),
         "own_entity_id": 1, "about": "Пробный клиент для замера.", "search_text": f"Клиент Берёза {n} B{n:04}"}
        for n in numbers
    ))  # fmt: skip
    store.put(Brand, ({"id": n, "client_id": n, "name": f"Берёза {n}"} for n in numbers))
    store.put(BillingEntity, (
        {"id": n, "client_id": n, "name": f"ООО «Берёза {n}»", "requisites": {"inn": f"{9_999_000_000 + n}"}}
        for n in numbers
    ))  # fmt: skip
    store.put(Person, (
        _person(crowd.contact_of(n, which), "contact", f"contact-{n}-{which}@client.example")
        for n in numbers for which in range(CONTACTS)
    ))  # fmt: skip
    store.put(Contact, (
        {"client_id": n, "person_id": crowd.contact_of(n, which), "position": "Маркетинг", "is_approver": which == 0}
        for n in numbers for which in range(CONTACTS)
    ))  # fmt: skip
