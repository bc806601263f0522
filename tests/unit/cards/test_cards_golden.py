"""Each card in each state is what it was when it was last looked at; `UPDATE_GOLDEN=1` writes the files anew."""

import json
import os
from pathlib import Path

import pytest

from tests.unit.cards.board_samples import BOARD_SAMPLES
from tests.unit.cards.case_samples import CASE_SAMPLES
from tests.unit.cards.chase_samples import CHASE_SAMPLES
from tests.unit.cards.handover_samples import HANDOVER_SAMPLES
from tests.unit.cards.hold_samples import HOLD_SAMPLES
from tests.unit.cards.icm_samples import ICM_SAMPLES
from tests.unit.cards.intake_samples import INTAKE_SAMPLES
from tests.unit.cards.swarm_samples import SWARM_SAMPLES
from tests.unit.cards.ticket_samples import TICKET_SAMPLES
from tests.unit.cards.time_samples import TIME_SAMPLES
from tests.unit.cards.valid import check_card
from tests.unit.cards.way_samples import WAY_SAMPLES

GOLDEN = Path(__file__).parent / "golden"
ROOMS = (
    CASE_SAMPLES,
    HOLD_SAMPLES,
    HANDOVER_SAMPLES,
    TIME_SAMPLES,
    INTAKE_SAMPLES,
    CHASE_SAMPLES,
    SWARM_SAMPLES,
    TICKET_SAMPLES,
    BOARD_SAMPLES,
    ICM_SAMPLES,
    WAY_SAMPLES,
)
ALL = {name: make for room in ROOMS for name, make in room.items()}


@pytest.mark.parametrize("name", ALL)
def test_card_is_as_it_was_looked_at(name: str) -> None:
    card = ALL[name]()
    check_card(card)
    file = GOLDEN / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", "utf-8")
    assert json.loads(file.read_text("utf-8")) == card


def test_no_golden_file_is_left_over() -> None:
    assert {file.stem for file in GOLDEN.glob("*.json")} == set(ALL)
    assert len(ALL) == sum(map(len, ROOMS))  # none stands for two
