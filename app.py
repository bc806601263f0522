"""Casemate's one composition root, and its command line.

python app.py [--local] [--port N] [--demo]      the bot
python app.py lint FILE|-                        read mails by the rules, a JSON object a line
python app.py check                              read team file and mails as a start would
python app.py backup FILE | restore FILE | export FILE
"""

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playbook.guide import OURS as OUR_GUIDE
from playbook.guide import Guide
from playbook.mails import OURS as OUR_MAILS
from playbook.mails import Mails
from playbook.team import Person, Team, load_team
from playbook.toml_file import FileMistake


def main(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """The exit status: 0 all is well, 1 what was read has errors, 2 it could not be done."""
    try:
        if argv and argv[0] in TOOLS:
            return TOOLS[argv[0]](argv[1:], environ)
        if argv and not argv[0].startswith("-"):
            return _say(f"There is no command {argv[0]!r}; there are {', '.join(TOOLS)}. Without one the bot starts.")
        return asyncio.run(run(argv, environ))
    except KeyboardInterrupt:
        return 0
    except SystemExit as refused:  # one sentence, and argparse's own ends
        return _say(str(refused.code)) if isinstance(refused.code, str) else int(refused.code or 0)
    except FileMistake as problem:
        return _say(str(problem))
    except OSError as problem:
        return _say(f"{problem.filename}: {problem.strerror}." if problem.filename else str(problem))


def _say(sentence: str, status: int = 2) -> int:
    print(sentence, file=sys.stderr)
    return status


# ---- the bot -------------------------------------------------------------------------------------


async def run(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    from bot import log
    from bot.settings import Settings, check_start

    settings = Settings.read(argv, environ)
    check_start(settings)
    log.set_up("WARNING" if settings.local else "INFO")
    with _uncollected():
        from bot.assembly import assemble
        from bot.host import serve
        from storage.base import StoreError
        from storage.open import open_store

        team, mails = read_words(settings.team_file, local=settings.local)
        guide = read_guide(settings.team_file)
    async with AsyncExitStack() as stack:
        try:
            store = await open_store(settings.database_url or settings.data_dir)
        except StoreError as problem:
            return _say(str(problem))
        stack.push_async_callback(store.close)
        if settings.demo:
            from bot.local_chat.demo import add_demo

            await add_demo(store, datetime.now(UTC))
        bot = await assemble(settings, store, team, mails, guide, stack, now=lambda: datetime.now(UTC))

        def listening() -> None:
            bot.start()
            _settle_garbage()
            where = f"http://localhost:{settings.port}/" if settings.local else f"port {settings.port}"
            print(f"Casemate is at {where}", flush=True)

        await serve(bot.app, settings, metrics=bot.metrics, on_listening=listening)
    return 0


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is made in here stays: to look through it for garbage again and again would take a tenth of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _settle_garbage() -> None:
    """What is there by now stays until the end, and hardly anything that turns make refers to itself: without this a full
    collection would walk through all of it now and then, for nothing, and hold up whoever clicks then for a tenth of a
    second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def read_words(team_file: Path | None, *, local: bool) -> tuple[Team, Mails]:
    """The team and its mails, checked. Raises `FileMistake` with file, line and sentence."""
    from playbook.rules import lint

    team = load_team(team_file)
    if local:
        from bot.local_chat.people import people

        names = ("name", "zone", "areas", "email", "phone")
        team = team.with_people(
            Person(
                id=one.person_id,
                roles=frozenset(one.roles),
                manager=f"emulator/{one.manager}" if one.manager else "",
                **{name: getattr(one, name) for name in names},
            )
            for one in people()
        )
    return team, Mails.load(OUR_MAILS, *_beside(team_file, "mails"), lint=lint)


def read_guide(team_file: Path | None) -> Guide:
    """The guide's pages, the team's own laid over ours, checked. Raises `FileMistake`."""
    return Guide.load(OUR_GUIDE, *_beside(team_file, "guide"))


def _beside(team_file: Path | None, name: str) -> list[Path]:
    """The folder of that name next to the team file, where there is one."""
    return [team_file.parent / name] if team_file and (team_file.parent / name).is_dir() else []


# ---- the tools -----------------------------------------------------------------------------------


def _lint(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    from playbook.rules.lines import run as lint_lines

    if len(argv) != 1:
        return _say("lint takes one file, or - for standard input: one JSON object a line.")
    if argv[0] == "-":
        return lint_lines(sys.stdin, sys.stdout, sys.stderr)
    with Path(argv[0]).open(encoding="utf-8", errors="surrogateescape") as lines:
        return lint_lines(lines, sys.stdout, sys.stderr)


def _check(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    if len(argv) > 1:
        return _say("check takes one team file, or none: then the one that TEAM_FILE names.")
    path = argv[0] if argv else environ.get("TEAM_FILE", "")
    team, mails = read_words(Path(path) if path else None, local=False)
    people, scenarios, pages = len(team.people), len(mails.ids()), len(read_guide(Path(path) if path else None).pages())
    print(f"People: {people}. Mails: {scenarios}. Pages of the guide: {pages}. All is well.")
    return 0


def _with_store(tool: str) -> Callable[[Sequence[str], Mapping[str, str]], int]:
    def run_tool(argv: Sequence[str], environ: Mapping[str, str]) -> int:
        from storage.backup import backup, restore
        from storage.base import StoreError
        from storage.export import export

        if len(argv) != 1:
            return _say(f"{tool} takes one file.")
        folder, file = Path(environ.get("DATA_DIR") or "data"), Path(argv[0])
        try:
            if tool == "restore":
                aside = restore(file, folder, _progress)
                print(f"Restored from {file}." + (f" What was there is kept as {aside}." if aside else ""))
            else:
                {"backup": backup, "export": export}[tool](folder, file, _progress)
                print(f"Written to {file}.")
        except StoreError as problem:
            return _say(str(problem))
        return 0

    return run_tool


def _progress(done: int, total: int) -> None:
    """A line that grows, for people; nothing where the output is not a terminal."""
    if sys.stderr.isatty():
        end = "\n" if done >= total else ""
        print(f"\r{100 * done // max(total, 1):3d} %", end=end, file=sys.stderr, flush=True)


TOOLS: Mapping[str, Callable[[Sequence[str], Mapping[str, str]], int]] = {
    "lint": _lint,
    "check": _check,
    "backup": _with_store("backup"),
    "restore": _with_store("restore"),
    "export": _with_store("export"),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
