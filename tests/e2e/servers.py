"""Starting and stopping what the browser looks at."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.fakes.ports import free_port

ROOT = Path(__file__).parents[2]
CASEMATE = ("app.py", "--local")
DEMO_BOT = ("-m", "tests.e2e.demo_bot")


class Server:
    """A bot with its local page, as a process of its own that can be stopped and started again."""

    def __init__(self, program: tuple[str, ...], data_dir: Path) -> None:
        self.port = free_port()
        self.base = f"http://localhost:{self.port}"
        self._program = program
        self._data_dir = data_dir
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it is ready. Raises RuntimeError with what it printed where it isn't."""
        self._data_dir.mkdir(parents=True, exist_ok=True)
        log = self._data_dir / "server.log"
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, *self._program, "--port", str(self.port)],
                cwd=ROOT,
                env={**os.environ, "DATA_DIR": str(self._data_dir)},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        give_up = time.monotonic() + 60
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > give_up:
                self.stop()
                raise RuntimeError(f"{self._program} did not start:\n{log.read_text(errors='replace')[-4000:]}")
            time.sleep(0.1)  # between looks at another process, which has no event for us

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        if self._process is not None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(20)
            self._process.kill()
            self._process.wait()
            self._process = None

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


@contextlib.contextmanager
def running(program: tuple[str, ...], data_dir: Path) -> Iterator[Server]:
    """A server for as long as the context lasts."""
    server = Server(program, data_dir)
    server.start()
    try:
        yield server
    finally:
        server.stop()
