"""Echo bots to be measured against; each runs in bench/peers/.venv, made by `environment`."""

import subprocess
import sys
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from bench.servers import Server, free_port, serving

HERE = Path(__file__).parent
PYTHON = HERE / ".venv" / "bin" / "python"
NAMES = ("bare", "stock", "agents")


def environment() -> Path:
    """The peers' Python, made when it is missing or older than their requirements."""
    wanted = HERE / "requirements.txt"
    made = HERE / ".venv" / ".made-from-requirements"
    if not made.exists() or made.stat().st_mtime < wanted.stat().st_mtime:
        subprocess.run([sys.executable, "-m", "venv", HERE / ".venv"], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
        subprocess.run([PYTHON, *install, wanted], check=True)
        made.touch()
    return PYTHON


def peer(name: str, folder: Path, env: Mapping[str, str]) -> AbstractAsyncContextManager[Server]:
    """The echo bot of that name, listening; its log is put into the folder."""
    port = free_port()
    command = [environment(), HERE / f"{name}.py"]
    return serving(command, {**env, "PORT": str(port)}, port=port, log=folder / f"{name}.log")
