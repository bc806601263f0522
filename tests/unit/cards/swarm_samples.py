"""A swarm's card in each state, and what is asked and offered in people's own chats."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from cards.elements import Ref
from cards.form import form_card
from cards.swarm import Standing, swarm_card
from cards.swarm_ask import already, ask_card, offer_card, once_more
from dialogs.swarm import form_of
from playbook.model import MemberState, Rung, Severity, Swarm, SwarmFinding, SwarmMember, SwarmState
from playbook.swarming import CHECKS
from playbook.team import load_team
from tests.unit.cards.samples import ANN, CASE, NOW, PEOPLE, words

REF = Ref("swarm", "sw1", 3)
AGO = NOW - timedelta(minutes=40)
SWARM = Swarm(
    id="sw1",
    case_id=CASE.id,
    by=ANN,
    area="networking",
    question="Why does the TLS handshake fail only from the office in Osaka?",
    tried="Traces on both ends: the client hello leaves Osaka with SNI and arrives without it.\nKenji Tanaka tried two networks.",
    checked=("tooling", "guides"),
    help="idea",
    severity=Severity.B,
    rung_since=AGO,
    rung_over_at=NOW + timedelta(minutes=20),
    place_id="msteams|19:support",
    opened_at=AGO,
    note="Asked by Ann Weber, 08:20 UTC",
    touched_at=AGO,
)


def member(name: str, state: MemberState = MemberState.JOINED) -> SwarmMember:
    return SwarmMember(id=f"sw1:{name}", swarm_id="sw1", person=f"t/{name}", name=name, state=state, at=NOW)


MANY = [member(f"Helper {n:03} of the Wide World") for n in range(200)]
THERE = [member("Bo Okafor"), member("Cy Young", MemberState.ASKED), member("Dana Reyes", MemberState.DECLINED)]
FOUND = [
    SwarmFinding(id=f"f{n}", swarm_id="sw1", person="t/bo", name="Bo Okafor", text=text, at=NOW)
    for n, text in enumerate(["A proxy in Osaka strips SNI.", "Kenji Tanaka's route differs from Tokyo's."])
]
CLOSED = replace(
    SWARM,
    state=SwarmState.CLOSED,
    outcome="solved",
    finding="A proxy in Osaka strips SNI; it is set to inspect traffic.",
    next_action="Write the closing mail",
    next_action_at=NOW + timedelta(days=1),
    closed_at=NOW,
    note="Closed by Ann Weber, 09:00 UTC",
)
URGENT = replace(SWARM, severity=Severity.A, rung=Rung.SMES)


def _card(swarm: Swarm, *, there: Any = (), found: Any = (), note: str = "") -> dict[str, Any]:
    now = Standing(CASE, there, found, PEOPLE)
    return swarm_card(swarm, now, REF, words=words, note=note or swarm.note)


def _form(values: dict[str, str], errors: dict[str, str], above: Any = ()) -> dict[str, Any]:
    form = form_of(CASE, load_team(), ["networking", "storage"], values.get("area", ""))
    return form_card(form, values, errors, Ref("swarm-ask", "fl1", 1), above=above)


_VALUES = {"question": SWARM.question, "tried": SWARM.tried, "checked": "tooling,guides", "area": "networking"}

SWARM_SAMPLES: Mapping[str, Callable[[], dict[str, Any]]] = {
    "swarm_form": lambda: _form(_VALUES | {"severity": "B"}, {}),
    "swarm_form_once_more": lambda: _form(
        _VALUES | {"area": "dns", "help": "idea"}, {}, once_more([CHECKS["icms"], CHECKS["outage"]], [CLOSED], REF)
    ),
    "swarm_form_second": lambda: _form(_VALUES | {"severity": "B"}, {}, already(SWARM)),
    "swarm_form_wrong": lambda: _form(_VALUES, {"help": "Please fill in: what kind of help.", "colleague": "Whom?"}),
    "swarm_open": lambda: _card(SWARM),
    "swarm_joined": lambda: _card(SWARM, there=THERE, found=FOUND, note="Finding by Bo Okafor, 09:00 UTC"),
    "swarm_many": lambda: _card(SWARM, there=MANY, found=FOUND * 5),
    "swarm_urgent": lambda: _card(URGENT, there=THERE),
    "swarm_one": lambda: _card(replace(SWARM, rung=Rung.ONE), there=THERE[1:2]),
    "swarm_closed": lambda: _card(CLOSED, there=THERE, found=FOUND),
    "swarm_ask": lambda: ask_card(URGENT, CASE, "Ann Weber", REF),
    "swarm_offer": lambda: offer_card(
        SWARM, CASE, "Nobody has joined on the rung “team” in its time.", "Next: SMEs: Cy Young.", REF, can_climb=True
    ),
    "swarm_offer_top": lambda: offer_card(
        URGENT,
        CASE,
        "Cy Young declined, and nobody else can be asked on the rung “SMEs”.",
        "The team file names no channel with the product group.",
        REF,
        can_climb=False,
    ),
}
