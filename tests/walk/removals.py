"""The removal list: guards of the product, each with the test that turns red when the guard is taken away.

As a plugin of pytest (`-p tests.walk.removals`, the guard's name in AGENCY_REMOVED) it takes one away while the
product is imported; nothing on the disk is changed.
"""

import os
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

TOP = Path(__file__).parents[2]
REMOVED = "AGENCY_REMOVED"


@dataclass(frozen=True)
class Guard:
    """A piece of the product's source, what stands there when the guard is gone, and who must notice."""

    file: str
    text: str
    instead: str
    test: str
    # A second wall behind it, which alone would hold as well.
    behind: tuple[str, str, str] | None = None

    def pieces(self) -> list[tuple[str, str, str]]:
        """File, text and what stands there instead, of each wall."""
        return [(self.file, self.text, self.instead), *([self.behind] if self.behind else [])]


_P = "tests/promises/test_p"
_P01, _P02 = f"{_P}01_frozen.py::", f"{_P}02_what_was_approved_was_seen.py::test_p02_"
_P05 = f"{_P}05_no_update_is_lost.py::test_p05_the_second_of_two_editors_sees_both_versions[sqlite-"
_P08 = f"{_P}08_what_was_sent_is_fetched_byte_for_byte.py::"
_P11 = f"{_P}11_a_client_never_sees_anything_of_another.py::test_every_door_of_the_other_client_does_not_exist[sqlite]"
_P12 = f"{_P}12_roles_can_do_what_the_table_says_and_nothing_else.py::"
_P16 = f"{_P}16_states_move_only_along_their_arrows.py::test_p16_"
_P18 = f"{_P}18_a_link_is_narrow_dated_and_revocable.py::test_"
_P21 = f"{_P}21_a_guessed_password_costs_the_guesser.py::test_"
_P23 = f"{_P}23_a_table_cannot_run_on_its_readers_machine.py::test_no_cell_of_any_table_is_a_formula[sqlite]"
_P24 = f"{_P}24_mail_headers.py::test_p24_"
_P29 = f"{_P}29_time_is_right.py::test_"
_ACCOUNTS_FORM = "tests/people/accounts/test_views.py::test_a_form_without_its_token_is_refused"
_ORIGIN = "tests/kit/web/test_errors.py::test_another_origin_is_refused_however_it_is_written"
_QUEUE = "tests/kit/test_queue.py::test_"
_ROUTES, _STATES, _LINKS = "agency/kit/web/routes.py", "agency/kit/states.py", "agency/entrypoints/portal/links.py"
_LEASES, _SHEETS, _STORE = "agency/kit/queue/leases.py", "agency/kit/sheets.py", "agency/kit/storage/local.py"
_TASKS = "agency/flow/tasks"
_SMETAS, _FREEZING = "agency/flow/smetas/operations.py", "agency/flow/smetas/freezing.py"

GUARDS = {
    "a page asks whether the record may be seen": Guard(
        _ROUTES, "if record is None or not policy.sees(g.actor, record):", "if record is None:", _P11),
    "a page asks for the right to a record": Guard(
        _ROUTES, "policy.demand(g.actor, key, record)", "pass", f"{_P12}test_the_walk[sqlite-specialist]"),
    "a page asks for a right at all": Guard(
        _ROUTES, "policy.demand(g.actor, key)\n", "pass\n", f"{_P12}test_the_walk[sqlite-specialist]"),
    "the rooms of the staff are shut to clients": Guard(
        _ROUTES, 'return who.kind == "contact" and', 'return False and who.kind == "contact" and',
        f"{_P12}test_the_walk[sqlite-approver of A]"),
    "nobody is asked to sign in": Guard(
        _ROUTES,
        'if g.actor.kind == "nobody":\n                return', 'if g.actor.kind == "nobody!":\n                return',
        f"{_P12}test_the_walk[sqlite-nobody]"),
    "an undeclared route is found": Guard(
        _ROUTES, 'if not (hasattr(view, "needs") or hasattr(view, "public")) and name', "if False and name",
        "tests/house/test_routes.py::test_a_route_without_a_rule_is_closed_and_the_app_would_not_start[sqlite]"),
    "a move asks for the right": Guard(
        _STATES, "        policy.demand(by, move.policy, record)\n", "",
        f"{_P16}every_state_every_move_everybody[sqlite-smeta]"),
    "a move is along an arrow": Guard(
        _STATES, "move = self.moves.get((verb, record.state))\n        if move is None:\n            raise",
        "move = self.moves.get((verb, record.state)) or next(m for m in self.all if m.verb == verb)\n"
        "        if move is None:\n            raise", f"{_P16}every_state_every_move_everybody[sqlite-smeta]"),
    "a move wants its answers": Guard(
        _STATES, 'if details.get(name) in (None, "", []):', "if False:",
        f"{_P16}what_a_move_asks_for_must_be_answered[sqlite-request]"),
    "a move leaves a fact": Guard(
        "agency/kit/journal.py", "    db.session.add(row)\n    db.session.flush()\n    db.session.add(Outbox",
        "    return row\n    db.session.add(Outbox", f"{_P16}every_state_every_move_everybody[sqlite-request]"),
    "a fact has its row in the outbox": Guard(
        "agency/kit/journal.py", "    db.session.add(Outbox(fact_id=row.id))\n", "",
        f"{_QUEUE}a_fact_starts_its_consequences_once"),
    "what was approved is what was seen": Guard(
        _SMETAS, "if seen != smeta.content_hash or seal(smeta) != seen:", "if False:",
        f"{_P02}a_yes_counts_only_for_what_was_seen[smeta-sqlite]",
        ("agency/attached/approvals/operations.py", "if seen != about.content_hash:", "if False:")),
    "lines of a frozen estimate": Guard(
        _FREEZING, 'yield table, "DELETE", _not_draft(state, "OLD")', "pass",
        f"{_P01}test_raw_sql_is_refused_by_triggers[sqlite]"),
    "new lines of a frozen estimate": Guard(
        _FREEZING, 'yield table, "INSERT", _not_draft(state, "NEW")', "pass",
        f"{_P01}test_raw_sql_is_refused_by_triggers[sqlite]"),
    "figures of a frozen estimate": Guard(
        _FREEZING, "(OLD.state <> 'draft' AND {_differs(CONTENT)})", "(1 = 0)",
        f"{_P01}test_raw_sql_is_refused_by_triggers[sqlite]"),
    "a frozen estimate is not thrown away": Guard(
        _FREEZING, 'yield "smetas", "DELETE", "OLD.state <> \'draft\' OR OLD.sent_at IS NOT NULL"', "pass",
        f"{_P01}test_raw_sql_is_refused_by_triggers[sqlite]"),
    "an approved estimate stays approved": Guard(
        _FREEZING, "OLD.sent_at IS NOT NULL AND OLD.state <> 'sent' AND NEW.state <> OLD.state", "1 = 0",
        f"{_P01}test_an_approved_version_cannot_leave_its_state[sqlite]"),
    "a stale form is noticed": Guard(
        "agency/kit/web/versions.py", "if seen == str(record.version):", "if True:",
        f"{_P05}a project's card]"),
    "a stale task is noticed": Guard(
        f"{_TASKS}/settling.py", "if form.version.data != str(task.version):", "if False:", f"{_P05}a task]"),
    "a stale day is noticed": Guard(
        f"{_TASKS}/steps.py", "if form.version.data and form.version.data != str(task.version):", "if False:",
        f"{_P05}the day of a task]"),
    "a stale row of a plan is noticed": Guard(
        f"{_TASKS}/plan_page.py", "if form.version.data != str(task.version):", "if False:",
        f"{_P05}the plan of a project]"),
    "stale hours are noticed": Guard(
        f"{_TASKS}/views.py", "if form.sent() and form.version.data != str(entry.version):", "if False:",
        f"{_P05}one's own time in two windows]"),
    "a stale answer of a brief is noticed": Guard(
        "agency/flow/briefs/writing.py", "if part.edition != edition:", "if False:", f"{_P05}a part of a brief]"),
    "a stale grid is noticed": Guard(
        "agency/flow/smetas/views.py", 'stale = request.form.get("version") != str(smeta.version)', "stale = False",
        f"{_P05}the grid of an estimate]"),
    "a token of a form": Guard(
        "agency/kit/web/csrf.py", "if not ids.same(sent, token()):", "if False:", _ACCOUNTS_FORM),
    "a form from another place": Guard(
        "agency/kit/web/csrf.py", 'if origin and origin != "null" and _host_of(origin) != request.host:', "if False:",
        _ORIGIN),
    "looking cannot write": Guard(
        "agency/kit/db/engine.py",
        'connection.execute("PRAGMA query_only=ON")', "pass",
        "tests/kit/test_db.py::test_outside_a_unit_nothing_can_be_written[sqlite]"),
    "a unit is not held by another": Guard(
        "agency/kit/db/units.py", 'raise RuntimeError("a unit of work cannot hold another one")', "pass",
        "tests/kit/test_db.py::test_a_unit_cannot_hold_another_or_an_aside"),
    "a link has an end": Guard(_LINKS, " or row.until <= clock.now()", "", f"{_P18}a_link_ends_to_the_second[sqlite]"),
    "a link can be revoked": Guard(
        _LINKS, " or row.revoked_at is not None", "",
        f"{_P18}a_revoked_link_lets_nobody_in_and_puts_out_who_is[sqlite]"),
    "a link is kept as a digest": Guard(
        _LINKS, "token_hash=ids.digest(token)", "token_hash=token", f"{_P18}only_the_digest_is_kept[sqlite]"),
    "guesses at one account are counted": Guard(
        "agency/people/accounts/views.py", "if not limits.allow(bucket, GUESSES, GUESS_SPAN) or not", "if not",
        f"{_P21}of_a_thousand_guesses_twenty_at_most_are_weighed_and_the_victim_comes_in[sqlite]"),
    "guesses from one place are counted": Guard(
        "agency/people/accounts/views.py",
        'f"sign-in:{request.remote_addr}", 10 * GUESSES', 'f"sign-in:{request.remote_addr}", 999 * GUESSES',
        f"{_P21}guessing_at_everybody_from_one_place_is_slowed_down_as_well[sqlite]"),
    "somebody unknown is hashed for": Guard(
        "agency/people/accounts/passwords.py",
        "return _hasher[0].verify(stored or _nobodys[0], password) and stored is not None",
        "return bool(stored) and _hasher[0].verify(stored, password)",
        f"{_P21}somebody_unknown_costs_the_same_time[sqlite]"),
    "a cell of CSV is no formula": Guard(_SHEETS, 'return f"\'{value}" if', "return value if", _P23),
    "a cell of XLSX is a string": Guard(
        _SHEETS,
        "            page.write_string(row, at, value)\n", "            page.write_formula(row, at, value)\n", _P23),
    "a file is read by its hash": Guard(
        _STORE, "if hashlib.sha256(data).hexdigest() != key:", "if False:",
        f"{_P08}test_p08_one_flipped_bit_in_each_of_100_stored_files_is_always_noticed"),
    "a file is opened by its hash": Guard(
        _STORE, 'if hashlib.file_digest(file, "sha256").hexdigest() != key:', "if False:",
        f"{_P08}test_p08_one_flipped_bit_in_each_of_100_stored_files_is_always_noticed"),
    "an address is one": Guard(
        "agency/kit/mail/addresses.py", "if not good or", "if", f"{_P24}an_address_is_exactly_one_or_is_refused"),
    "a header is one line": Guard(
        "agency/kit/mail/addresses.py", '" " if unicodedata.category(sign) in _BAD or sign in _TURNS else sign', "sign",
        f"{_P24}no_name_or_subject_changes_the_form_of_the_headers"),
    "a job is leased while it is ready": Guard(
        _LEASES, 'if row is None or row.state != "ready" or row.run_at > now:', "if row is None:",
        f"{_QUEUE}a_job_is_done_once_however_often_the_bell_rings",
        (_LEASES, 'where(Job.id == job_id, Job.state == "ready")', "where(Job.id == job_id)")),
    "a lease is fenced by its token": Guard(
        _LEASES, ', Job.state == "leased", Job.lease_token == held.token)', ")",
        f"{_QUEUE}a_sleeper_cannot_end_a_job_that_another_one_is_doing"),
    "a job has five attempts": Guard(
        _LEASES, "if final or held.attempts >= MAX_ATTEMPTS:", "if final:",
        f"{_QUEUE}an_error_leaves_no_effect_and_waits_longer_each_time_until_it_is_parked"),
    "a relay is fenced by its lease": Guard(
        "workers/relay.py",
        "    with unit():\n        named.hold(lease, number)\n        facts", "    with unit():\n        facts",
        f"{_QUEUE}a_relay_that_lost_its_lease_starts_nothing"),
    "an instant is aware": Guard(
        "agency/kit/db/types.py",
        "if value.tzinfo is None:\n            raise ValueError", "if False:\n            raise ValueError",
        f"{_P29}a_naive_instant_is_refused_everywhere"),
    "a line of the calendar comes once": Guard(
        "workers/schedule.py", 'return f"{clock.local(due):%Y-%m-%d %H:%M}"', 'return f"{clock.now()}"',
        f"{_P29}a_clock_that_jumps_and_a_scheduler_that_begins_anew_ask_once[sqlite]"),
    "a payment is never more than is left": Guard(
        "agency/flow/smetas/schedule.py",
        "return min(amount, left) if amount >= 0 else max(amount, left)", "return amount",
        f"{_P}14_money_is_exact.py::test_payments_add_up_to_the_total"),
}  # fmt: skip


def take_away(guard: Guard) -> None:
    """Import the product without the guard from now on."""
    whole = SourceFileLoader.get_code

    def get_code(self: Any, fullname: str) -> Any:
        here = [piece for piece in guard.pieces() if self.path == str(TOP / piece[0])]
        if not here:
            return whole(self, fullname)
        source = Path(self.path).read_text()
        for _file, text, instead in here:
            assert source.count(text) == 1, guard
            source = source.replace(text, instead)
        return compile(source, self.path, "exec")

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


if os.environ.get(REMOVED):
    take_away(GUARDS[os.environ[REMOVED]])
