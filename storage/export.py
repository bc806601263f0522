"""The whole store as a plain TinyDB file: JSON that stock TinyDB opens, and that outlives this program."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from storage import files, schema
from storage.backup import Progress
from storage.codec import Codec
from storage.errors import telling, writing
from storage.kinds import KINDS
from storage.sqlite_storage import CasemateDB, KindTable

_OFTEN = 1000  # documents between two calls of `progress`


def export(folder: Path, target: Path, progress: Progress = lambda done, total: None) -> None:
    """Writes the store of a folder, as it is at this instant, as JSON; the bot may run meanwhile.

    Tables are named as the kinds are; TinyDB numbers documents, so each keeps its own id inside.
    Nothing is held in memory but one document. `target` appears when it is whole. Raises
    StoreUnavailable when there is no store or it is older or newer than this code, StoreFull when there
    is no room.
    """
    source = files.present(folder / files.NAME)
    part = target.with_name(target.name + ".part")
    codecs = [Codec(kind) for kind in KINDS]
    with telling(source), closing(CasemateDB(files.reading(source), codecs)) as db:
        db.connection.execute("BEGIN")  # one snapshot for all tables
        schema.version(db.connection, source)
        there = schema.kinds(db.connection)
        tables = [db.documents(codec.kind.name) for codec in codecs if codec.kind.name in there]
        with writing(target):
            try:
                made = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # customers' data
                # ASCII: stock TinyDB reads in whatever encoding the machine prefers
                with os.fdopen(made, "w", encoding="ascii") as out:
                    out.writelines(_pieces(tables, progress))
                    out.flush()
                    os.fsync(out.fileno())
                part.replace(target)
            except BaseException:
                part.unlink(missing_ok=True)
                raise


def _pieces(tables: Sequence[KindTable], progress: Progress) -> Iterator[str]:
    done, total = 0, sum(len(table) for table in tables)
    yield "{"
    for place, table in enumerate(tables):
        yield f"{',' if place else ''}\n{json.dumps(table.name)}: {{"
        for number, document in enumerate(table, start=1):
            yield f"{',' if number > 1 else ''}\n{json.dumps(str(number))}: {json.dumps(document)}"
            done += 1
            if done % _OFTEN == 0:
                progress(done, total)
        yield "}"
    yield "}\n"
    progress(done, total)
