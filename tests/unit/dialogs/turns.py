"""Turns to hand to steps, without a channel."""

from datetime import UTC, datetime
from typing import Any

from dialogs.turn import Actor, Command, Turn
from playbook.model import Case
from playbook.team import Person, load_team
from storage.base import Reader
from storage.records import Place
from tests.fakes.house import MAILS
from tests.fakes.values import a_case

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ADA, BO, DANA = "t/ada", "t/bo", "t/dana"
TEAM = load_team().with_people(
    [
        Person(id=ADA, name="Ada Lovelace", manager=DANA, email="ada@example.com"),
        Person(id=BO, name="Bo Okafor", manager=DANA),
        Person(id="t/bob", name="Bob Hu"),
        Person(id=DANA, name="Dana Reyes", roles=frozenset({"manager"})),
    ]
)
OWN = Place(
    id="msteams|a:ada",
    channel="msteams",
    conversation="a:ada",
    service_url="http://127.0.0.1:1",
    bot_id="b",
    person=ADA,
    heard_at=NOW,
)


def turn(read: Reader | None = None, **changes: Any) -> Turn:
    """Ada's, in her own chat; `read` is a store for steps that ask one."""
    made = Turn(
        actor=Actor(ADA, "Ada Lovelace", frozenset({"engineer"}), "29:ada"),
        place=OWN,
        said=Command("help"),
        once="msteams|a:ada|1",
        now=NOW,
        zone="Europe/London",
        team=TEAM,
        mails=MAILS,
        read=read,  # type: ignore[arg-type]
        home=OWN.id,
    )
    return made._replace(**changes)


def case(**facts: Any) -> Case:
    return a_case(NOW, **facts)
