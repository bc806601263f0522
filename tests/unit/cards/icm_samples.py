"""Cards of incidents and of the measures of swarms, as they were looked at."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import msgspec

from cards.board_swarms import Span, swarms_board
from cards.draft import draft_card
from cards.elements import Ref
from cards.form import form_card
from cards.icm import body_card, go_lines, icm_card, icms_card, no_go_card, pg_named_lines
from dialogs.icm import ask_form
from dialogs.icm_text import details_form
from playbook.icm import judged
from playbook.model import Icm, IcmState, Rung, Sentiment
from playbook.product_groups import ProductGroup
from playbook.swarm_measures import Measures
from playbook.team import load_team
from tests.fakes.house import MAILS
from tests.unit.cards.samples import ANN, BO, CASE, DRAFT, DRAFT_REF, NOW, NUMBER, PEOPLE, words

REF = Ref("icm", "i1", 3)
ASK = Ref("icm-ask", "f1", 2)
TEAM = msgspec.structs.replace(
    load_team(), product_groups=(ProductGroup(area="compute"), ProductGroup(area="networking"))
)
BUG = MAILS.get("icm/bug")
TYPED = {
    "route": "bug",
    "area": "compute",
    "evidence": "The page on resizing says that the network card stays.",
    "no_go": "none",
}
ICM = Icm(
    id="i1",
    case_id=CASE.id,
    by=ANN,
    number="501234567",
    title="Remote Desktop times out after a resize, westeurope, since 19 November",
    route="bug",
    why="There is evidence of a bug.",
    area="compute",
    body=BUG.make(BUG.sample).text,
    state=IcmState.OPEN,
    opened_at=NOW - timedelta(hours=3),
    touched_at=NOW,
)
DRAFTED = msgspec.structs.replace(ICM, number="", state=IcmState.DRAFTED)
ASKED = msgspec.structs.replace(
    ICM,
    csat="asked",
    csat_from=ANN,
    csat_to=BO,
    sentiment="Angry, and polite about it",
    sentiment_why="Two dates for the fix passed without a word from us.",
    customer_words="We told our own customers Friday, twice.",
    could_have="A call after the first date, and a named person at the product group.",
)
APPROVED = msgspec.structs.replace(
    ASKED,
    csat="approved",
    csat_by=BO,
    avoided_by="A fixed call each week until the fix has a date.",
    title=f"[CSAT Impacting] {ICM.title}",
    owner_name="Noa Levi",
    owner_email="noa.levi@contoso.example",
    pg_in_mails="The case is CSAT-impacting and flagged as exceptionally bad.",
)
ENDED = msgspec.structs.replace(ICM, state=IcmState.CLOSED)
AS_OF = "Mon 23 Nov, 09:42 UTC"
WEEKS = Measures(
    asked=14,
    answered=13,
    open=2,
    median_wait=timedelta(minutes=12),
    most_wait=timedelta(hours=2, minutes=5),
    rungs=Counter({Rung.ONE: 2, Rung.TEAM: 8, Rung.SMES: 3, Rung.PRODUCT_GROUP: 1}),
    outcomes=Counter({"solved": 7, "way_on": 3, "bug": 1, "": 1}),
    reused=2,
    uses=3,
)


def _icm(icm: Icm, **more: Any) -> Callable[[], dict[str, Any]]:
    return lambda: icm_card(icm, CASE, REF, people=PEOPLE, words=words, **more)


def _no_go(errors: Mapping[str, str]) -> Callable[[], dict[str, Any]]:
    values = TYPED | {"no_go": "know_how"}
    return lambda: no_go_card(judged(values, CASE), NUMBER, ASK, values, errors)


ICM_SAMPLES: dict[str, Callable[[], dict[str, Any]]] = {
    "icm_ask": lambda: form_card(ask_form(CASE, TEAM), TYPED, {}, ASK),
    "icm_ask_wrong": lambda: form_card(
        ask_form(CASE, TEAM),
        TYPED | {"said_by": "Ann Berger"},
        {"said_by": "Ann Berger is neither an SME nor a senior engineer in the team file: ask one of those."},
        ASK,
    ),
    "icm_no_go": _no_go({}),
    "icm_no_go_no_reason": _no_go({"override_reason": "Please fill in: why it is opened all the same."}),
    "icm_details": lambda: form_card(
        details_form(BUG, CASE),
        {id: str(value) for id, value in BUG.sample.items()},
        {},
        ASK,
        above=go_lines(judged(TYPED, CASE), "CSS escalation"),  # type: ignore[arg-type]
    ),
    "icm_quota_wrong": lambda: form_card(
        details_form(MAILS.get("icm/quota"), CASE),
        {
            "icm_title": "200 cores",
            "subscription_id": "prod",
            "regions": "westeurop",
            "amount": "many",
            "unit": "cores",
        },
        {
            "subscription_id": "This is no subscription id: it has 32 hexadecimal digits, like 0f8fad5b-d9cb-469f-a165-70867728950e.",
            "regions": "There is no region “westeurop”. Did you mean westeurope?",
            "amount": "Please write the amount as a number alone, such as 200; its unit stands beside it.",
            "reason": "Please fill in: the reason.",
        },
        ASK,
    ),
    "icm_body": lambda: body_card(DRAFTED, NUMBER, ASK, {}, {}, ""),
    "icm_body_wrong": lambda: body_card(
        DRAFTED, NUMBER, ASK, {"icm_number": "501234567"}, {"icm_number": "Incident 501234567 is recorded already."}, ""
    ),
    "icm_drafted": _icm(DRAFTED),
    "icm_open": _icm(ICM),
    "icm_unhappy": lambda: icm_card(
        ICM, msgspec.structs.replace(CASE, sentiment=Sentiment.UNHAPPY), REF, people=PEOPLE, words=words
    ),
    "icm_asked": _icm(ASKED),
    "icm_approved": _icm(APPROVED, looped_in=True),
    "icm_ended": _icm(ENDED),
    "icm_several": lambda: icms_card([ICM, DRAFTED, ENDED], CASE),
    "icm_which": lambda: icms_card([ICM, APPROVED], CASE, "news"),
    "icm_draft_names_pg": lambda: draft_card(
        DRAFT, CASE, (), DRAFT_REF, what="Standard closure", can_open=True, above=pg_named_lines(["Emi Ito"], NUMBER)
    ),
    "swarms_board": lambda: swarms_board(
        [Span(30, WEEKS), Span(90, WEEKS._replace(asked=40, answered=40, open=0))], as_of=AS_OF
    ),
    "swarms_board_none": lambda: swarms_board([Span(30, WEEKS._replace(asked=0)), Span(90, WEEKS)], as_of=AS_OF),
}
