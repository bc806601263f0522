"""From the process's start to `/readyz` with many cases in the store, and the memory it then holds."""

import asyncio
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.channel import open_channel
from bench.figures import Figure
from bench.servers import HOUSE, casemate
from bench.stores import filled
from playbook.model import Case, Contact, Plan, Severity, Stage

ROUNDS = 5
BEGAN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def run(cases: int = 100_000) -> list[Figure]:
    starts, imports, memory = asyncio.run(measure(cases))
    ratios = [ours / theirs for ours, theirs in zip(starts, imports, strict=True)]
    there = f"with {cases:,} cases"
    return [
        Figure(f"start to healthy {there}", median(ratios), "×", 2.0, "import of the SDK alone"),
        Figure(f"memory {there}", median(memory), "MB", 120.0, "as soon as it is healthy"),
        Figure(f"start to healthy {there}", median(starts), "s", None, "ours"),
        Figure("import of the SDK alone", median(imports), "s", None, "peer"),
    ]


async def measure(cases: int) -> tuple[list[float], list[float], list[float]]:
    """Seconds to start, seconds to import, megabytes held: one of each a round."""
    starts, imports, memory = [], [], []
    with TemporaryDirectory(prefix="casemate-bench-") as name:
        folder = Path(name)
        await filled(folder / "data", map(case, range(cases)))
        async with open_channel(folder) as channel:
            for _ in range(ROUNDS):
                imports.append(import_seconds())
                async with casemate(folder / "data", channel.env) as ours:
                    starts.append(ours.started_in)
                    memory.append(ours.memory_mb())
    return starts, imports, memory


def import_seconds() -> float:
    """What Python takes to import botbuilder, from the process's start to its end."""
    began = time.perf_counter()
    code = "import botbuilder.core, botbuilder.integration.aiohttp"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=HOUSE)
    return time.perf_counter() - began


def case(number: int) -> Case:
    """A case as it is after some days' work: a kilobyte of words, and a contact."""
    opened = BEGAN + timedelta(minutes=number)
    closed = number % 5 != 0
    return Case(
        id=f"seed-{number:08d}",
        number=f"26112200400{number:06d}",
        title=f"Cannot connect to VM web-{number} after the maintenance window",
        product="Virtual Machines",
        owner=f"tenant/engineer-{number % 50}",
        contacts=(Contact(name="Aiko Tanaka", address_as="Tanaka-san", email=f"aiko.tanaka{number}@contoso.example"),),
        plan=Plan.PREMIER_UNIFIED,
        severity=Severity.B,
        zone="Asia/Tokyo",
        country="JP",
        stage=Stage.CLOSED if closed else Stage.INVESTIGATION,
        symptom="The machine refused RDP connections from the office network since Tuesday morning. " * 4,
        cause="A rule of the network security group that allowed port 3389 was removed by a policy. " * 3,
        resolution="We added the rule to the policy's exceptions and tested the connection together. " * 3,
        created_at=opened,
        recorded_at=opened,
        fqr_sent_at=opened + timedelta(hours=2),
        closed_at=opened + timedelta(days=3) if closed else None,
        touched_at=opened + timedelta(days=3),
    )
