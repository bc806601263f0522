"""The embedded store: what a durable commit costs, beside plain sqlite3, and what a hundred thousand cases change.

One commit is a submit turn's: a case changed (words and all), a flow and a draft new, an `expect` and a `once`.
"""

import asyncio
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from bench.figures import Figure
from bench.stores import filled
from playbook.model import Case, Contact, Draft
from storage import files
from storage.base import Conflict, Key, Once, Save, Where
from storage.codec import Codec, fingerprint, micros
from storage.kinds import BY_TYPE
from storage.queries import column
from storage.records import Flow
from storage.tinydb_store import TinyStore

MANY, FEW = 100_000, 1_000
ROUNDS, COMMITS = 8, 50  # rounds alternate between those compared: the machine's moods meet both
WORDS = "pump valve driver login certificate latency cluster node disk token queue replica portal backup".split()
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
_CODECS = tuple(Codec(BY_TYPE[kind]) for kind in (Case, Flow, Draft))  # of what a turn changes, in this order


class Costs(NamedTuple):
    """Of one commit, in milliseconds: median wall clock, and processor time of all threads."""

    wall: float
    cpu: float


def run() -> list[Figure]:
    """All figures of the store; some two minutes, and 600 MB in the temporary folder."""
    with TemporaryDirectory(prefix="casemate-bench-") as name:
        folder = Path(name)
        for part, cases in (("few", FEW), ("many", MANY)):
            asyncio.run(filled(folder / part, map(sample_case, range(cases))))
        shutil.copytree(folder / "many", folder / "plain")
        return [*commits(folder), *turns(folder / "many"), *start(folder / "many")]


def commits(folder: Path) -> list[Figure]:
    few, many, plain = asyncio.run(_compared(folder))
    return [
        Figure("durable commit at 100,000 cases, wall", many.wall, "ms", None, ""),
        Figure("durable commit at 100,000 cases, wall", many.wall / few.wall, "×", 1.3, "the same at 1,000 cases"),
        Figure("durable commit at 100,000 cases, CPU", many.cpu / few.cpu, "×", None, "the same at 1,000 cases"),
        Figure("durable commit at 100,000 cases, wall", many.wall / plain.wall, "×", 2.0, "plain sqlite3, same writes"),
        Figure("durable commit at 100,000 cases, CPU", many.cpu / plain.cpu, "×", None, "plain sqlite3, same writes"),
        Figure("durable commit at 100,000 cases, CPU", many.cpu, "ms", None, f"plain sqlite3: {plain.cpu:.3f} ms"),
    ]


def turns(folder: Path, tasks: int = 32, each: int = 40) -> list[Figure]:
    """A turn's work for the store: five reads one after the other, and one commit; many turns at once."""

    async def measured() -> Costs:
        store = await TinyStore.open(folder)

        async def turn(task: int, n: int) -> None:
            some = random.Random(f"{task} {n}")
            await store.seen(f"turn {task} {n}")
            found = await store.get(Case, f"c{some.randrange(MANY)}")
            assert found is not None
            await store.find(Case, [Where("number", "=", found.value.number)], limit=1)
            await store.get(Flow, "none")
            await store.get(Draft, "none")
            changes = _changes(found.value, found.version, f"turn-{task}-{n}", some)
            await store.commit(changes, expect=_expected(changes), once=Once(f"turn {task} {n}", datetime.now(UTC)))

        async def several(task: int) -> None:
            for n in range(each):
                try:
                    await turn(task, n)
                except Conflict:  # two turns of one case: the router would step again
                    continue

        cpu, wall = time.process_time(), time.perf_counter()
        await asyncio.gather(*(several(task) for task in range(tasks)))
        cost = Costs(
            *(
                (now - then) * 1000 / (tasks * each)
                for now, then in ((time.perf_counter(), wall), (time.process_time(), cpu))
            )
        )
        await store.close()
        return cost

    cost = asyncio.run(measured())
    return [
        Figure(f"five reads and a commit, {tasks} at once, CPU", cost.cpu, "ms", 1.0, "our own aim for a turn"),
        Figure(f"five reads and a commit, {tasks} at once, turns", 1000 / cost.wall, "/s", None, ""),
    ]


_OPEN = """
import asyncio, resource, sys, time
from pathlib import Path
from playbook.model import Case
from storage.base import Where
from storage.tinydb_store import TinyStore

async def main():
    began = time.perf_counter()
    store = await TinyStore.open(Path(sys.argv[1]))
    assert (await store.find(Case, order="-touched_at", limit=5)).next
    opened = time.perf_counter() - began
    assert await store.search(Case, "pump")
    searched = time.perf_counter() - began - opened
    await store.close()
    print(opened * 1000, searched * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

asyncio.run(main())
"""


def start(folder: Path) -> list[Figure]:
    """Opening, a page and the longest search there is (a word of every case), in a process of its own."""
    command = [sys.executable, "-c", _OPEN, str(folder)]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(3)]
    unit = 2**20 if sys.platform == "darwin" else 2**10  # ru_maxrss: bytes there, kB elsewhere
    return [
        Figure("store opened and a page read, 100,000 cases", min(float(one[0]) for one in runs), "ms", None, ""),
        Figure("search of a word that every case has", min(float(one[1]) for one in runs), "ms", None, ""),
        Figure(
            "memory of that process", max(int(one[2]) for one in runs) / unit, "MB", 120, "the bar of the whole bot"
        ),
    ]


async def _compared(folder: Path) -> tuple[Costs, Costs, Costs]:
    few, many = await TinyStore.open(folder / "few"), await TinyStore.open(folder / "many")
    plain = Plain(folder / "plain")
    measured: dict[str, list[Costs]] = {"few": [], "many": [], "plain": []}
    chance = random.Random(1)
    for number in range(ROUNDS):
        for name, store, size in (("few", few, FEW), ("many", many, MANY)):
            cases = [await store.get(Case, f"c{chance.randrange(size)}") for _ in range(COMMITS)]
            walls, cpu = [], time.process_time()
            for n, found in enumerate(cases):
                assert found is not None
                changes = _changes(found.value, found.version, f"{name}-{number}-{n}", chance)
                began = time.perf_counter()
                try:
                    await store.commit(changes, expect=_expected(changes), once=Once(f"{number} {n}", START))
                except Conflict:  # drawn twice in a round
                    continue
                walls.append((time.perf_counter() - began) * 1000)
            measured[name].append(Costs(statistics.median(walls), (time.process_time() - cpu) * 1000 / COMMITS))
        cases_plain = [plain.case(f"c{chance.randrange(MANY)}") for _ in range(COMMITS)]
        walls, cpu = [], time.process_time()
        for n, (value, version) in enumerate(cases_plain):
            changes = _changes(value, version, f"plain-{number}-{n}", chance)
            began = time.perf_counter()
            plain.commit(changes, f"{number} {n}")
            walls.append((time.perf_counter() - began) * 1000)
        measured["plain"].append(Costs(statistics.median(walls), (time.process_time() - cpu) * 1000 / COMMITS))
    await few.close()
    await many.close()
    plain.close()
    few_costs, many_costs, plain_costs = (
        Costs(statistics.median(one.wall for one in rounds), statistics.median(one.cpu for one in rounds))
        for rounds in measured.values()
    )
    return few_costs, many_costs, plain_costs


class Plain:
    """The same writes by hand: one connection, no threads, no layers, the statements written out."""

    def __init__(self, folder: Path) -> None:
        self._con = sqlite3.connect(folder / files.NAME, isolation_level=None, cached_statements=512)
        self._con.execute("PRAGMA journal_mode = WAL")
        self._con.execute("PRAGMA synchronous = FULL")
        self._con.execute("PRAGMA cache_size = -16000")
        self._decode = msgspec.json.Decoder(Case).decode
        case, flow, draft = ([column(field) for field in codec.fields] for codec in _CODECS)
        sets = ", ".join(f"{one} = ?" for one in [*case, "mark", "body"])
        self._update = f"UPDATE doc_case SET version = version + 1, {sets} WHERE seq = ?"
        self._insert_flow = _insert("flow", [*flow, "body"])
        self._insert_draft = _insert("draft", [*draft, "mark", "body"])

    def case(self, id: str) -> tuple[Case, int]:
        body, version = self._con.execute("SELECT body, version FROM doc_case WHERE id = ?", (id,)).fetchone()
        return self._decode(body), version

    def commit(self, changes: list[Save], once: str) -> None:
        case, flow, draft = (codec.row(change.value) for codec, change in zip(_CODECS, changes, strict=True))
        run = self._con.execute
        run("BEGIN IMMEDIATE")
        run("SELECT version FROM doc_case WHERE id = ?", (case.id,)).fetchone()
        (seq,) = run("SELECT seq FROM doc_case WHERE id = ?", (case.id,)).fetchone()
        run(self._update, (*case.cells, fingerprint(case.words), case.body, seq))
        run("DELETE FROM fts_case WHERE rowid = ?", (seq,))
        run("INSERT INTO fts_case (rowid, words) VALUES (?, ?)", (seq, case.words))
        run(self._insert_flow, (flow.id, *flow.cells, flow.body))
        written = run(self._insert_draft, (draft.id, *draft.cells, fingerprint(draft.words), draft.body))
        run("INSERT INTO fts_draft (rowid, words) VALUES (?, ?)", (written.lastrowid, draft.words))
        run("INSERT INTO once VALUES (?, ?, '', '{}')", (once, micros(START)))
        run("COMMIT")

    def close(self) -> None:
        self._con.close()


def _insert(kind: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO doc_{kind} (id, version, {', '.join(columns)}) VALUES (?, 1, {', '.join('?' * len(columns))})"


def sample_case(n: int) -> Case:
    some = random.Random(n)
    text = " ".join(some.choices(WORDS, k=60))
    at = START + timedelta(minutes=n)
    return Case(
        id=f"c{n}",
        number=f"2611220030{n:06}",
        title=text[:60],
        owner=f"t/{n % 40}",
        contacts=(Contact(name="Tanaka Yuki", email="tanaka@example.com"),),
        symptom=text,
        cause=text[:200],
        created_at=at,
        recorded_at=at,
        touched_at=at,
    )


def _changes(case: Case, version: int, id: str, some: random.Random) -> list[Save]:
    now, text = datetime.now(UTC), " ".join(some.choices(WORDS, k=60))
    values = {"case_number": case.number, "resolution": text, "symptom": case.symptom}
    return [
        Save(msgspec.structs.replace(case, resolution=text, touched_at=now), version),
        Save(
            Flow(
                id=id, name="lqr", step="text", person=case.owner, place_id="p", case_id=case.id, values=values,
                started_at=now, touched_at=now,
            )
        ),
        Save(
            Draft(
                id=id, case_id=case.id, by=case.owner, kind="lqr", subject=case.title, text=text * 4,
                made_text=text * 4, created_at=now, touched_at=now,
            )
        ),
    ]  # fmt: skip


def _expected(changes: list[Save]) -> dict[Key, int]:
    case = changes[0]
    assert isinstance(case.value, Case)
    return {Key("case", case.value.id): case.version}


if __name__ == "__main__":
    from bench.figures import table

    print(table(run()))
