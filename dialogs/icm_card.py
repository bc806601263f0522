"""An incident's own card, for all who have to do with it; its buttons and the words behind `/icm N` are one table."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from cards.elements import Ref
from cards.icm import icm_card, icms_card
from dialogs import icm_csat, icm_forms, icm_mail, icm_pg, icms
from dialogs.deliveries import Going
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.may import require
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.model import Case, Icm, IcmState
from playbook.words import instant_words
from storage.base import Versioned
from storage.records import Delivery

Act = Callable[[Turn, Versioned[Case], Versioned[Icm]], Awaitable[Outcome]]
GONE = "This incident, or its case, is not there any more."


class Word(NamedTuple):
    """What can be said behind `/icm N` and clicked on the card: of which incidents, and with which right."""

    run: Act
    fits: Callable[[Icm], bool]
    none: str  # said where none fits
    action: str = "icm.open"


def _drafted(icm: Icm) -> bool:
    return icm.state is IcmState.DRAFTED


def _open(icm: Icm) -> bool:
    return icm.state is IcmState.OPEN


def _running(icm: Icm) -> bool:
    return icm.state is not IcmState.CLOSED


NO_OPEN = "has no open incident. /icm {} shows what there is."
NONE_YET = "has no incident yet: /icm {} begins one."
WORDS: Mapping[str, Word] = {
    "number": Word(partial(icm_forms.open_form, "number"), _drafted, "has no incident that waits for its number."),
    "edit": Word(partial(icm_forms.open_form, "edit"), _running, NONE_YET),
    "news": Word(partial(icm_forms.open_form, "news"), _open, NO_OPEN),
    "ended": Word(partial(icm_forms.open_form, "ended"), _open, NO_OPEN),
    "csat": Word(icm_csat.open_ask, _running, NONE_YET),
    "approve": Word(partial(icm_csat.open_review, "approve"), lambda icm: icm.csat == "asked",
                    "has no incident that waits for a review.", "icm.review"),
    "refuse": Word(partial(icm_csat.open_review, "refuse"), lambda icm: icm.csat == "asked",
                   "has no incident that waits for a review.", "icm.review"),
    "mail": Word(icm_mail.open_mail, _running, NONE_YET),
    "loop": Word(icm_csat.open_loop, _running, NONE_YET),
    "pg": Word(icm_pg.open_of, _running, NONE_YET),
}  # fmt: skip


async def act(turn: Turn, case: Versioned[Case], there: Sequence[Versioned[Icm]], word: str, said: str) -> Outcome:
    """`/icm N <word> [incident]`. Where several fit, the card that asks which."""
    which = WORDS[word]
    if word == "pg" and not said and not any(which.fits(one.value) for one in there):
        return await icm_pg.open_case(turn, case)  # it can be asked before there is an incident
    require(turn, which.action)
    fit = icms.choose(there, said, which.fits)
    if not fit and said:
        raise UserError(f"Case {case.value.number} has no incident “{said[:40]}”.")
    if not fit:
        raise UserError(f"Case {case.value.number} {which.none.format(case.value.number)}")
    if len(fit) > 1:
        card = icms_card([one.value for one in fit], case.value, word)
        return Outcome(reply=Reply(card=card, private=True), current_case=case.value.id)
    if not which.fits(fit[0].value):
        raise UserError(f"Case {case.value.number} {which.none.format(case.value.number)}")
    return await which.run(turn, case, fit[0])


async def _clicked(word: str, turn: Turn, loaded: Loaded) -> Outcome:
    if loaded.icm is None or loaded.case is None:
        raise UserError(GONE)
    which = WORDS[word]
    if not which.fits(loaded.icm.value):
        raise UserError(f"Case {loaded.case.value.number} {which.none.format(loaded.case.value.number)}")
    return await which.run(turn, loaded.case, loaded.icm)


async def view(sight: Sight, icm: Versioned[Icm]) -> Card:
    case = await sight.read.get(Case, icm.value.case_id)
    return icm_card(
        icm.value,
        case.value if case else None,
        Ref("icm", icm.value.id, icm.version),
        people=sight.team.names,
        words=partial(instant_words, zone=sight.zone, now=sight.now),
        looped_in=bool(icm.value.csat) and await icms.looped_in(sight.read, icm.value.case_id),
    )


async def build_review(sight: Sight, delivery: Delivery) -> Going:
    """The card for the SME who is asked, in their own chat; nothing once it was reviewed."""
    icm = await sight.read.get(Icm, delivery.of.removeprefix("icm/"))
    if icm is None or icm.value.csat != "asked" or icm.value.csat_to != delivery.person:
        return Going()
    return Going(await view(sight, icm), of=delivery.of, rev=icm.version)


FLOW = FlowDef(
    "icm",
    {word: StepDef(partial(_clicked, word), which.action) for word, which in WORDS.items()},
    keeps=Icm,
    view=view,
)
