"""A document of each kind and a fact of each sort, with what is hard to keep."""

from datetime import timedelta

from playbook import model
from playbook.model import Entry, Fact, Value
from storage.records import Arrival, Offer, Place, Profile, Setting
from tests.contract.things import NOON, case, delivery, draft, flow, shown

FACTS: tuple[Fact, ...] = (
    model.Note(text="said\n\"so\" \\ <b> & 'it' 😀 \u202e"),
    model.Attempt(channel=model.AttemptChannel.PHONE, outcome=model.AttemptOutcome.VOICEMAIL, text="x"),
    model.CustomerAnswered(kind=model.AnswerKind.THANKS, text="thanks"),
    model.CustomerConfirmed(by="Ms Tanaka", text="works"),
    model.HandedOver(from_person="t/ada", to_person="t/bo", text="over"),
    model.Promise(text="call back", due_at=NOON + timedelta(hours=3)),
    model.MailSent(draft_id="1", kind="lqr", to=("a@example.com",), cc=("b@example.com",), subject="s", text="t"),
    model.StageMoved(from_stage=model.Stage.RESOLUTION, to_stage=model.Stage.CLOSED, reason="done"),
    model.Undone(entry_id="e0", reason="by mistake"),
    model.Taken(),
    model.PromiseEnded(entry_id="e0", kept=True, text="called"),
    model.MoodNoted(sentiment=model.Sentiment.UNHAPPY, text="their mail of Monday"),
    model.Discussed(with_person="Ms Tanaka", text="x"),
    model.AccountManagerTold(name="Ms Tanaka"),
    model.Recovery(complete=False, text="x"),
    model.AskedToClose(text="please close it now"),
    model.CadenceHeld(reason="on leave", until=NOON),
    model.CadenceResumed(reason="back"),
    model.Overridden(rule="LQR-03", reason="x"),
    model.Linked(number="2", how=model.LinkKind.DUPLICATE_OF),
    model.ScopeProposed(revision=1),
    model.ScopeAgreed(revision=1, by="Ms Tanaka", channel=model.AttemptChannel.PHONE, text="yes"),
    model.Validated(entitled=True, complete=False, reasons=("The tenant is missing.",)),
    model.Escalated(vendor="L3", ticket="V-1", priority="high", on_premises=True),
    model.EscalationEnded(ticket="V-1", text="handed back"),
    model.NewAsk(text="and the printer", decided=model.AskedFor.OUTSIDE),
    model.SwarmBegan(swarm_id="s", question="Why?", colleague="Bo"),
    model.SwarmFound(swarm_id="s", text="a rule"),
    model.SwarmEnded(swarm_id="s", outcome="solved", finding="a rule", helped=("Bo", "Dana")),
    model.IcmOpened(number="501234567", route="bug", why="it can be shown again"),
    model.IcmRefused(why="the documentation answers it"),
    model.IcmEnded(number="501234567", text="fixed in 7.2.4"),
    model.CsatFlagged(step="approved", text="an earlier call"),
    model.PgInMails(allowed=True, ground="asked", text="Emi Ito asked for it"),
)

FULL_CASE = case(
    contacts=(model.Contact(name="Tanaka Yuki", address_as="Tanaka-san", role=model.ContactRole.ACCEPTS),),
    plan=model.Plan.ASFP,
    severity=model.Severity.A,
    stage=model.Stage.CLOSED,
    sentiment=model.Sentiment.UNHAPPY,
    waiting_on=model.WaitingOn.VENDOR,
    transfers=3,
    symptom="東京 " * 5000,
    fqr_sent_at=NOON + timedelta(microseconds=1),
    closed_at=NOON,
)

SAMPLES: dict[str, Value] = {
    "case": FULL_CASE,
    "entry": Entry(id="e", case_id="1", by="t/ada", happened_at=NOON, recorded_at=NOON, fact=FACTS[0], next_step="n"),
    "draft": draft(to=(model.Recipient(name="A", email="a@example.com", rule="LQR-04"),), text="1. one\n\n- two"),
    "draft_version": model.DraftVersion(id="1:1", draft_id="1", subject="s", text="t", saved_at=NOON, by="t/ada"),
    "followup": model.FollowUp(
        id="f", person="t/ada", by="t/bo", kind=model.FollowUpKind.CHASE, text="call Ana", case_id="1",
        due_at=NOON, zone="Europe/Lisbon", created_at=NOON, touched_at=NOON,
    ),
    "flow": flow(values={"customer_name": "O'Neil", "": ""}, errors={"text": "too long"}),
    "shown": shown(due_at=NOON, rev=7),
    "place": Place(
        id="msteams|19:x@thread.tacv2", channel="msteams", conversation="19:x@thread.tacv2",
        service_url="https://smba.trafficmanager.net/emea/", bot_id="28:b", heard_at=NOON,
    ),
    "profile": Profile(id="t/ada", name="Ada", seen_at=NOON),
    "delivery": delivery(values={"a": "b"}, next_at=None),
    "arrival": Arrival(id="1", place_id="p", arrived_at=NOON, taken_by="t/ada", taker="Ada", taken_at=NOON),
    "scope": model.Scope(id="1:2", case_id="1", revision=2, in_scope="a\nb", made_at=NOON, by="t/ada", agreed_at=NOON),
    "setting": Setting(id="team_place", value="p"),
    "swarm": model.Swarm(
        id="s", case_id="1", by="t/ada", area="networking", question="Why?", checked=("docs",), rung_since=NOON,
        opened_at=NOON, touched_at=NOON,
    ),
    "swarm_member": model.SwarmMember(
        id="s:t/bo", swarm_id="s", person="t/bo", name="Bo", state=model.MemberState.JOINED, at=NOON
    ),
    "swarm_finding": model.SwarmFinding(id="sf", swarm_id="s", person="t/bo", name="Bo", text="a <rule>", at=NOON),
    "offer": Offer(
        id="o", case_id="1", flow_id="1", by="t/ada", from_person="t/ada", to_person="t/bo", text="x", made_at=NOON
    ),
    "icm": model.Icm(id="i", case_id="1", by="t/ada", route="bug", why="x", opened_at=NOON, touched_at=NOON),
}  # fmt: skip
