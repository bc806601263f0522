"""An escalation to the vendor: its ticket, the chase that comes again, the add-on question, and its end."""

from playbook.model import (
    Escalated,
    EscalationEnded,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Note,
    Stage,
    Undone,
    WaitingOn,
)
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, inputs, one

TO = {"vendor": "Contoso support", "vendor_ticket": "T-77", "priority": "B"}


async def chase(scene: Scene) -> FollowUp:
    return one([each for each in await scene.all(FollowUp) if each.kind is FollowUpKind.ESCALATION])


async def explained(scene: Scene, ada: Chat, form: Sent) -> None:
    """The mail that says why the on-premises side isn't covered, and closes the case."""
    mail = await scene.opens(ada, form, "Explain")
    draft = await scene.press(
        ada,
        mail,
        "Draft",
        scenario_found="The gateway runs in your data centre",
        how_to_mend="Book the add-on",
        who_can_help="Your account manager",
    )
    await scene.press(ada, draft, "I sent it")


async def test_the_vendor_is_chased_until_it_is_handed_back(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20")
    form = await scene.say(ada, f"/case {NUMBER} escalate T-77")
    done = await scene.press(ada, form, "Escalate", **TO)
    assert "T-77" in done.words
    case = await scene.case()
    assert (case.stage, case.waiting_on) == (Stage.ESCALATION, WaitingOn.VENDOR)
    assert one([fact for fact in await scene.facts() if isinstance(fact, Escalated)]).ticket == "T-77"
    first = await chase(scene)
    await scene.look(seconds=(first.due_at - scene.clock.at).total_seconds())
    ping = ada.sent[-1]
    assert "Contoso support" in ping.words
    assert "Update" in ping.titles
    await scene.press(ada, ping, "Done")
    again = await chase(scene)
    assert again.state is FollowUpState.WAITING
    assert again.due_at > first.due_at

    done = await scene.recorded(ada, "handed-back", text="Fixed in build 1234")
    case = await scene.case()
    assert (case.stage, case.waiting_on) == (Stage.INVESTIGATION, WaitingOn.US)
    assert (await chase(scene)).state is FollowUpState.CANCELLED
    assert EscalationEnded(ticket="T-77", text="Fixed in build 1234") in await scene.facts()
    await scene.press(ada, done, "Undo")
    assert (await scene.case()).stage is Stage.ESCALATION
    assert (await chase(scene)).state is FollowUpState.WAITING


async def test_on_premises_without_the_add_on_leads_to_the_mail_that_explains_it(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20")
    form = await scene.say(ada, f"/case {NUMBER} escalate")
    await scene.press(ada, form, "Escalate", **TO, where="on_premises")
    assert "is it in the plan" in form.words
    await scene.press(ada, form, "Escalate", **TO, where="on_premises", add_on="no")
    assert "FLOW-06" in form.words
    assert (await scene.case()).stage is Stage.INVESTIGATION
    await explained(scene, ada, form)
    case = await scene.case()
    assert (case.stage, case.resolution_code) == (Stage.CLOSED, "not_entitled")


async def test_another_priority_than_the_impact_takes_a_reason_and_undo_takes_all_back(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A", fqr_sent_on="2026-11-20")
    form = await scene.say(ada, f"/case {NUMBER} escalate")
    await scene.press(ada, form, "Escalate", **TO, every_days="99")
    assert "why another priority" in form.words
    assert "from 1 to 20" in form.words
    done = await scene.press(ada, form, "Escalate", **TO, why_priority="They know a workaround", every_days="2")
    why = one([each for each in await scene.entries() if isinstance(each.fact, Note)])
    assert why.fact == Note(text="Priority B with Contoso support: They know a workaround")
    await scene.press(ada, done, "Undo")
    assert Undone(entry_id=why.id) in await scene.facts()
    case = await scene.case()
    assert (case.stage, case.waiting_on) == (Stage.INVESTIGATION, WaitingOn.US)
    assert (await chase(scene)).state is FollowUpState.CANCELLED
    assert "with no vendor" in (await scene.say(ada, f"/case {NUMBER} handed-back")).words


async def test_a_second_ticket_takes_the_first_ones_place_and_gives_it_back(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20")
    form = await scene.say(ada, f"/case {NUMBER} escalate")
    await scene.press(ada, form, "Escalate", **TO, every_days="3")
    again = await scene.say(ada, f"/case {NUMBER} escalate")
    assert (inputs(again)["vendor_ticket"], inputs(again)["every_days"]) == ("T-77", "3")
    await scene.press(ada, again, "Escalate", vendor_ticket="T-78")

    async def waiting() -> str:
        return one([each.text for each in await scene.all(FollowUp) if each.state is FollowUpState.WAITING])

    assert "T-78" in await waiting()
    await scene.press(ada, again, "Undo")
    assert "T-77" in await waiting()
    assert (await scene.case()).stage is Stage.ESCALATION


async def test_what_has_gone_on_is_not_taken_back(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20")
    form = await scene.say(ada, f"/case {NUMBER} escalate")
    done = await scene.press(ada, form, "Escalate", **TO)
    await scene.edited(ada, stage=Stage.RESOLUTION)
    heard = await scene.heard(ada, done, "Undo")
    assert "has gone on meanwhile" in str(heard.body)
    assert (await scene.case()).stage is Stage.RESOLUTION


async def test_a_form_left_open_does_not_escalate_a_case_that_was_closed(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20")
    form = await scene.say(ada, f"/case {NUMBER} escalate")
    other = await scene.say(ada, f"/case {NUMBER} escalate")
    await scene.press(ada, other, "Escalate", **TO, where="on_premises", add_on="no")
    await explained(scene, ada, other)
    assert not (await scene.case()).open
    heard = await scene.heard(ada, form, "Escalate", **TO)
    assert f"/case {NUMBER} reopen" in str(heard.body)
    assert not [fact for fact in await scene.facts() if isinstance(fact, Escalated)]
