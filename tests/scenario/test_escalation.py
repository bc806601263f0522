"""An escalation to the vendor: its ticket, the chase that comes again, the add-on question, and its end."""

from playbook.model import Escalated, EscalationEnded, FollowUp, FollowUpKind, FollowUpState, Stage, WaitingOn
from tests.scenario.scene import NUMBER, Scene, one

TO = {"vendor": "Contoso support", "vendor_ticket": "T-77", "priority": "B"}


async def chase(scene: Scene) -> FollowUp:
    return one([each for each in await scene.all(FollowUp) if each.kind is FollowUpKind.ESCALATION])


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

    form = await scene.say(ada, f"/case {NUMBER} handed-back")
    done = await scene.press(ada, form, "Record", text="Fixed in build 1234")
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
    await scene.press(ada, done, "Undo")
    case = await scene.case()
    assert (case.stage, case.waiting_on) == (Stage.INVESTIGATION, WaitingOn.US)
    assert (await chase(scene)).state is FollowUpState.CANCELLED
    assert "with no vendor" in (await scene.say(ada, f"/case {NUMBER} handed-back")).words
