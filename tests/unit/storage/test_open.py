"""Which store a setting means."""

from pathlib import Path

import pytest

from storage.base import Save, StoreUnavailable
from storage.open import open_store
from storage.records import Setting


@pytest.mark.parametrize("kind", [str, Path])
async def test_a_folder_is_the_embedded_store(tmp_path: Path, kind: type) -> None:
    store = await open_store(kind(tmp_path / "new" / "data"))
    await store.commit([Save(Setting(id="a", value="1"))])
    await store.close()
    assert (tmp_path / "new" / "data" / "casemate.sqlite3").is_file()


@pytest.mark.parametrize("url", ["postgres://u:secret@h/d", "postgresql://u:secret@h/d", "mysql://u:secret@h/d"])
async def test_what_is_not_there_yet_is_a_sentence_without_the_password(url: str) -> None:
    with pytest.raises(StoreUnavailable, match="DATA_DIR") as caught:
        await open_store(url)
    assert "secret" not in str(caught.value)
