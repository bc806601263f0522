"""Server processes: started, awaited, measured from outside, stopped. Linux only (/proc)."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import aiohttp

HOUSE = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


class Server(NamedTuple):
    process: subprocess.Popen[bytes]
    url: str
    started_in: float  # seconds from the process's start to its first good answer

    def cpu_ms(self) -> float:
        """User and system time so far in milliseconds, children (also ended ones) included."""
        return sum(cpu_ticks(pid) for pid in family(self.process.pid)) * 1000 / TICKS

    async def calm(self) -> None:
        """Until half a second has cost it no more than a clock tick: what follows a start is over."""
        before = float("-inf")
        while self.cpu_ms() - before > 1000 / TICKS:
            before = self.cpu_ms()
            await asyncio.sleep(0.5)

    def memory_mb(self) -> float:
        """What the process and its children hold in memory now (RSS)."""
        return sum(rss_kb(pid) for pid in family(self.process.pid)) / 1024


def family(pid: int) -> list[int]:
    """The process and all its descendants that live."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def cpu_ticks(pid: int) -> int:
    """utime + stime + those of ended children: fields 14 to 17 of proc(5)'s stat."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in after_name[11:15])


def rss_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def casemate(data: Path, env: Mapping[str, str] | None = None) -> contextlib.AbstractAsyncContextManager[Server]:
    """Our own bot in local mode over the store in `data`, once it may take traffic. Its log is beside the folder."""
    port = free_port()
    command: list[str | Path] = [sys.executable, HOUSE / "app.py", "--local", "--port", str(port)]
    env = {**(env or {}), "DATA_DIR": str(data)}
    return serving(command, env, port=port, ready="/readyz", log=data.with_name(f"{data.name}.log"))


@contextlib.asynccontextmanager
async def serving(
    command: Sequence[str | Path], env: Mapping[str, str], *, port: int, ready: str = "/", log: Path
) -> AsyncIterator[Server]:
    """A server that has answered `ready` with less than 500; ended, if need be killed, on the way out.

    Raises RuntimeError, with the end of its log, when it ends or doesn't answer within 60 s.
    """
    began = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(part) for part in command], cwd=HOUSE, env={**_environ(), **env}, stdout=out, stderr=out
        )
    url = f"http://127.0.0.1:{port}"
    try:
        await _answers(process, url + ready, log, began)
        yield Server(process, url, time.perf_counter() - began)
    finally:
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, 15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environ() -> dict[str, str]:
    """Ours, but that Python keeps what it compiles: packages come compiled, and our own code is to start alike."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


async def _answers(process: subprocess.Popen[bytes], url: str, log: Path, began: float) -> None:
    async with aiohttp.ClientSession() as http:
        while time.perf_counter() - began < 60:
            if process.poll() is not None:
                break
            with contextlib.suppress(aiohttp.ClientError):
                async with http.get(url) as response:
                    if response.status < 500:
                        return
            await asyncio.sleep(0.01)
    tail = log.read_text(errors="replace")[-2000:]
    raise RuntimeError(f"{url} doesn't answer. The end of its log:\n{tail}")
