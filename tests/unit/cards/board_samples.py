"""The board, and a part of one's own things, in their states."""

from collections.abc import Callable, Mapping

from cards.board import BoardRow, board_card
from cards.digest import DigestRow, Section
from cards.elements import Card, Ref
from cards.my import part_card

REF = Ref("board", "f8", 3)
ROWS = (
    BoardRow(
        "[2611220030001234] Cannot connect to VM after the maintenance window",
        "Ann Berger · Severity A · Investigation · waiting on us · Ana Souza · Contoso",
        "First response due",
        "today, 08:30 UTC",
        True,
        "/case 2611220030001234",
    ),
    BoardRow(
        "[26112301] Sign-in loops on the kiosk tablets",
        "Nobody's · Severity not known · Validation · waiting on us",
        "First response due",
        "today, 16:00 UTC",
        False,
        "/case 26112301",
    ),
    BoardRow(
        "[26111900400088] Nightly export is empty",
        "Bo Chen · Severity C · Escalation · waiting on the vendor · Kenji Tanaka",
        "Next step due",
        "yesterday, 15:00 UTC",
        True,
        "/case 26111900400088",
    ),
    BoardRow(
        "[26111900400089] No title yet",
        "Bo Chen · Severity B · Resolution · waiting on the customer",
        "Untouched since",
        "Thu 12 Nov, 09:00 UTC",
        False,
        "/case 26111900400089",
    ),
)
LATE = Section(
    "Overdue",
    [
        DigestRow("Call Ana Souza", "yesterday, 15:00 UTC · [26112301] Sign-in loops", "/remind show f1"),
        DigestRow("Send the logs to the vendor", "Thu 19 Nov, 09:00 UTC", "/remind show f2"),
    ],
    urgent=True,
)

BOARD_SAMPLES: Mapping[str, Callable[[], Card]] = {
    "board": lambda: board_card(
        ROWS,
        REF,
        told="nearest first response first",
        page=1,
        more=True,
        narrow=False,
        note="As of Mon 23 Nov, 09:42 UTC",
    ),
    "board_filtered": lambda: board_card(
        ROWS[:1],
        REF,
        told="yours · severity A · waiting on us · “virtual machines” · last touched first",
        page=3,
        more=True,
        narrow=True,
        cut=True,
        note="As of Mon 23 Nov, 09:42 UTC",
    ),
    "board_nothing_fits": lambda: board_card(
        (),
        REF,
        told="severity A · last touched first",
        page=1,
        more=False,
        narrow=True,
        note="As of Mon 23 Nov, 09:42 UTC",
    ),
    "board_empty": lambda: board_card((), REF, told="last touched first", page=1, more=False, narrow=False),
    "my_part": lambda: part_card(LATE, Ref("my_part", "f9", 2), page=2, more=True, note="As of Mon 23 Nov, 09:42 UTC"),
    "my_part_empty": lambda: part_card(Section("Later"), Ref("my_part", "f9", 2), page=1, more=False),
}
