"""Echo bots to be measured against; each runs in bench/peers/.venv, made by `environment`."""

import subprocess
import sys
from pathlib import Path

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
