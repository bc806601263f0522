"""A day at work, of which the cards are made that are looked at: a case, its entries, a draft, forms and findings."""

from datetime import UTC, datetime, timedelta

from cards.buttons import click
from cards.elements import Ref
from cards.excerpt import excerpt
from cards.find import Hit
from cards.form import Choice, Field, Form
from playbook.model import (
    AnswerKind,
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Case,
    Contact,
    ContactRole,
    CustomerAnswered,
    CustomerConfirmed,
    Draft,
    Entry,
    Fact,
    HandedOver,
    MailSent,
    Note,
    Plan,
    Promise,
    Recipient,
    Sentiment,
    Severity,
    Stage,
    StageMoved,
    Undone,
    WaitingOn,
)
from playbook.rules.base import Finding

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
ANN, BO = "contoso/ann", "contoso/bo"
PEOPLE = {ANN: "Ann Berger", BO: "Bo Lindqvist"}
NUMBER = "2611220030001234"


def words(at: datetime) -> str:
    """As the zone's own words would say it."""
    return f"{at:%a} {at.day} {at:%b}, {at:%H:%M} UTC"


CASE = Case(
    id="c1",
    number=NUMBER,
    title="Cannot connect to VM after resize",
    internal_title="[CSAT Impacting] VM unreachable, westeurope",
    product="Virtual Machines",
    owner=ANN,
    contacts=(
        Contact(
            name="Kenji Tanaka", address_as="Tanaka-san", email="kenji.tanaka@fabrikam.example", phone="+81 3 5555 0100"
        ),
        Contact(name="Mei Sato", role=ContactRole.ACCEPTS, email="mei.sato@fabrikam.example"),
    ),
    plan=Plan.PREMIER_UNIFIED,
    severity=Severity.B,
    zone="Asia/Tokyo",
    country="JP",
    stage=Stage.RESOLUTION,
    waiting_on=WaitingOn.CUSTOMER,
    sentiment=Sentiment.NEUTRAL,
    transfers=1,
    symptom="Remote Desktop timed out after the machine was resized.",
    cause="The new size had no free capacity on the host, and the network card stayed detached.",
    resolution="The machine was redeployed on another host; the network card came back.",
    created_at=NOW - timedelta(days=6),
    recorded_at=NOW - timedelta(days=6),
    touched_at=NOW,
)
BARE = Case(id="c2", number="77-1", owner=BO, created_at=NOW, recorded_at=NOW, touched_at=NOW)

MAIL = """Dear Tanaka-san,

Your machine has been reachable without a break since Friday, and you confirmed this on the phone today, so I am archiving this case now.

Here is a summary for your records:

- Symptom: Remote Desktop timed out after the machine was resized.
- Cause: the new size had no free capacity on the host, and the network card stayed detached.
- Resolution: the machine was redeployed on another host; the network card came back.
- More information: https://learn.example/vm-resize

If the same problem returns, answer this mail or open the case again in the portal, and I will go on from here.

Thank you for the clear logs you sent, and for using Virtual Machines.

Kind regards,
Ann Berger
"""

DRAFT = Draft(
    id="d1",
    case_id="c1",
    by=ANN,
    kind="lqr",
    scenario="standard-closure",
    to=(Recipient(name="Kenji Tanaka", email="kenji.tanaka@fabrikam.example", rule="main contact"),),
    cc=(
        Recipient(name="Mei Sato", email="mei.sato@fabrikam.example", rule="may accept and close"),
        Recipient(name="Carla Diaz", email="carla.diaz@contoso.example", rule="manager, LQR-04"),
    ),
    subject=f"[{NUMBER}] Cannot connect to VM after resize",
    text=MAIL,
    made_text=MAIL,
    created_at=NOW,
    touched_at=NOW,
)
DRAFT_REF = Ref("lqr", "f1", 4)

SURVEY = Finding(
    "LQR-01.survey",
    "error",
    "The survey is not mentioned.",
    None,
    "A short survey may reach you in the next days; I read every answer, and your feedback is valued.",
)
CONTACT = Finding(
    "LQR-01.contact",
    "error",
    "There is no way to reach you and your manager.",
    None,
    "You reach me at ann.berger@contoso.example, and my manager, Carla Diaz, at carla.diaz@contoso.example.",
)
TITLE = Finding("LQR-09", "warning", "The title holds a word that the customer may not know: “resize”.")


def placeholder(text: str) -> Finding:
    at = text.index("[Engineer Name]")
    return Finding("TEXT-01", "error", "A placeholder is left in the text.", (at, at + 15))


HELD = MAIL.replace("Ann Berger", "[Engineer Name]")

CLOSURE = Form(
    "Standard closure",
    (
        Field("case_number", "Case number", required=True, limit=60, help="As in the ticketing system"),
        Field("customer_name", "Customer’s name", required=True, limit=120),
        Field("symptom", "Symptom", "text", required=True, limit=2_000, help="What the customer saw"),
        Field("cause", "Cause", "text", required=True, limit=2_000),
        Field("resolution", "Resolution", "text", required=True, limit=2_000, help="The fix or the workaround"),
        Field("confirmed_by", "Who confirmed", required=True, limit=120),
        Field("customer_email", "Customer’s e-mail", "email", more=True),
        Field("severity", "Severity", "choice", choices=tuple(Choice(one, one) for one in "ABC"), more=True),
        Field("confirmed_on", "Confirmed on", "date", more=True),
        Field("confirmed_time", "Confirmed at", "time", more=True),
        Field("more_information", "More information", "text", limit=2_000, more=True, help="Links, hints"),
    ),
    ("Draft", "draft"),
    intro="The mail is made of this. You read and change it before it goes out.",
    others=(("Write it", "write"),),
)
PERSONAL = Field(
    "personal_line",
    "A personal line",
    "text",
    help="Something only this customer would be told",
    offers=(
        "You stayed on it until Friday evening, when you confirmed that it works.",
        "Please pass this on to Mia Sato as well, who had a part in it.",
    ),
)
ENDS = Field(
    "way_solved_by",
    "What made it work?",
    "choice",
    required=True,
    expanded=True,
    choices=(
        Choice("us", "We did, alone or together with the customer"),
        Choice("customer", "The customer, without us"),
    ),
)
NOTE = Form("Note", (Field("text", "What happened", "text", required=True, limit=4_000),), ("Save", "save"))
TYPED = {
    "case_number": NUMBER,
    "customer_name": "Kenji Tanaka",
    "symptom": CASE.symptom,
    "cause": "TBD",
    "severity": "B",
    "confirmed_on": "yesterday",
    "customer_email": "kenji.tanaka at fabrikam",
}
WRONG = {
    "cause": "A placeholder is left: TBD.",
    "resolution": "Please fill in: resolution.",
    "confirmed_on": "Please write a date like 2026-11-30.",
    "customer_email": "This is no e-mail address: it should look like name@example.com.",
}


def entry(id: str, fact: Fact, hours: int, by: str = ANN, next_step: str = "", at: datetime | None = None) -> Entry:
    then = NOW - timedelta(hours=hours)
    return Entry(
        id=id,
        case_id="c1",
        by=by,
        happened_at=then,
        recorded_at=then,
        fact=fact,
        next_step=next_step,
        next_step_at=at,
    )


ENTRIES = (
    entry(
        "e1",
        Note(text="Redeployed on another host, the network card is back."),
        70,
        next_step="Ask whether it holds",
        at=NOW - timedelta(hours=40),
    ),
    entry("e2", HandedOver(from_person=BO, to_person=ANN, text="Bo is away until Monday."), 60, by=BO),
    entry("e3", Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.NO_ANSWER), 30),
    entry("e4", Promise(text="Send the capacity guide", due_at=NOW + timedelta(hours=30)), 26),
    entry("e5", CustomerAnswered(kind=AnswerKind.ANSWER, text="It has been stable since Friday, thank you."), 3),
    entry(
        "e6",
        CustomerConfirmed(by="Kenji Tanaka", text="on the phone"),
        1,
        next_step="Closing mail",
        at=NOW + timedelta(hours=3),
    ),
)
AFTER = (
    *ENTRIES,
    entry("e7", MailSent(draft_id="d1", kind="lqr", subject=DRAFT.subject, text=MAIL), 0),
    entry("e8", StageMoved(from_stage=Stage.RESOLUTION, to_stage=Stage.CLOSED, reason="standard closure sent"), 0),
    entry("e9", Undone(entry_id="e4", reason="sent with the mail"), 0),
)
FOUND = Hit(
    f"[{NUMBER}] Your virtual machine",
    excerpt(["Redeployed on another host, the network card is back."], "network card"),
    f"Sent Fri 20 Nov, 09:42 UTC · Ann Berger · {NUMBER}",
    f"/case {NUMBER}",
)
MORE = click("More mails", Ref("find", "", 0), "page", extra={"words": "network card"})
CASE_REF = Ref("case", "c1", 9)
COMMANDS = (
    ("/case [number]", "Register a case, or show it with all that happened."),
    ("/note [number] text", "Write a line into the case’s timeline."),
    ("/lqr [number] [scenario]", "Draft the closing mail, check it, open it, mark it sent."),
    ("/check text", "Read a pasted mail by the rules; nothing is kept."),
    ("/help [word]", "This list, or the part that speaks of a word."),
)


def closed(case: Case = CASE) -> Case:
    import msgspec

    return msgspec.structs.replace(case, stage=Stage.CLOSED, closed_at=NOW)


def held() -> Draft:
    import msgspec

    return msgspec.structs.replace(DRAFT, text=HELD)


SEND = "Now: it is 14:30 in Tokyo, and they work until 18:00."
LATER = "It is 23:10 in Tokyo; next good moment: Tue 24 Nov, 09:00 Tokyo time (01:00 yours)."
