"""`--demo`: a few sample cases of the demo team, so that there is something to look at. Never made twice."""

from datetime import datetime, timedelta

from playbook.model import Case, Contact, ContactRole, Entry, Note, Plan, Severity, Stage, WaitingOn
from storage.base import Change, Conflict, Save, Store

_ADA, _BO, _CHEN = "emulator/ada", "emulator/bo", "emulator/chen"


def sample_cases(now: datetime) -> tuple[Case, ...]:
    """Four cases at different stages, opened in the days before `now`."""
    day = timedelta(days=1)
    return (
        Case(
            id="demo-1",
            number="2611180040001187",
            title="Nightly export to the data lake stops half-way",
            product="Azure Data Factory",
            owner=_ADA,
            contacts=(
                Contact(name="Ana Ribeiro", email="ana.ribeiro@contoso.example", zone="Europe/Lisbon"),
                Contact(name="Rui Prado", email="rui.prado@contoso.example", role=ContactRole.CC),
            ),
            plan=Plan.PREMIER_UNIFIED,
            severity=Severity.B,
            zone="Europe/Lisbon",
            country="PT",
            stage=Stage.RESOLUTION,
            waiting_on=WaitingOn.CUSTOMER,
            symptom="Since 14 November the nightly export stops after about forty minutes with a time-out.",
            cause="The copy activity's integration runtime had one node less since its upgrade.",
            resolution="On 19 November the second node was registered again; three nights went through since.",
            created_at=now - 4 * day,
            recorded_at=now - 4 * day,
            fqr_sent_at=now - 4 * day + timedelta(hours=2),
            touched_at=now - day,
        ),
        Case(
            id="demo-2",
            number="2611200040000452",
            title="Sign-in page shows an error after the domain change",
            product="Microsoft Entra ID",
            owner=_ADA,
            contacts=(
                Contact(
                    name="Kenji Tanaka",
                    address_as="Tanaka-san",
                    email="tanaka@fabrikam.example",
                    phone="+81 3 5550 0142",
                ),
            ),
            plan=Plan.BROAD_COMMERCIAL,
            severity=Severity.C,
            zone="Asia/Tokyo",
            country="JP",
            stage=Stage.INVESTIGATION,
            created_at=now - 2 * day,
            recorded_at=now - 2 * day,
            fqr_sent_at=now - 2 * day + timedelta(hours=5),
            touched_at=now - day,
        ),
        Case(
            id="demo-3",
            number="2611210040000093",
            title="Web shop cannot be reached from outside",
            product="Azure Application Gateway",
            owner=_BO,
            contacts=(Contact(name="Ingrid Solberg", email="ingrid@northwind.example", zone="Europe/Oslo"),),
            plan=Plan.ASFP,
            severity=Severity.A,
            zone="Europe/Oslo",
            country="NO",
            stage=Stage.ESCALATION,
            waiting_on=WaitingOn.VENDOR,
            created_at=now - day,
            recorded_at=now - day,
            fqr_sent_at=now - day + timedelta(minutes=30),
            touched_at=now - timedelta(hours=3),
        ),
        Case(
            id="demo-4",
            number="2611220040000007",
            title="Report shows last week's numbers",
            product="Power BI",
            owner=_CHEN,
            contacts=(Contact(name="Priya Raman", email="priya.raman@tailspin.example", zone="Asia/Kolkata"),),
            zone="Asia/Kolkata",
            country="IN",
            created_at=now - timedelta(hours=2),
            recorded_at=now - timedelta(hours=2),
            touched_at=now - timedelta(hours=2),
        ),
    )


async def add_demo(store: Store, now: datetime) -> None:
    """Saves each sample case that is not there yet."""
    for case in sample_cases(now):
        note = Entry(
            id=f"{case.id}-opened",
            case_id=case.id,
            by=case.owner,
            happened_at=case.created_at,
            recorded_at=case.created_at,
            fact=Note(text="Taken over from the ticketing system."),
        )
        changes: list[Change] = [Save(case), Save(note)]
        try:
            await store.commit(changes)
        except Conflict:
            continue
