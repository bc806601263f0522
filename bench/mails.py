"""Making one mail and reading it by the rules, as the flow does, on many cases that differ."""

import time
from datetime import UTC, datetime
from statistics import median, quantiles

from bench.figures import Figure
from bench.start import case
from bench.turns import TYPED
from dialogs.mail_draft import read_draft
from dialogs.mail_make import facts_of_mail
from dialogs.mail_people import recipients, signers
from playbook.mails import Mails
from playbook.model import Case, Draft, Signer
from playbook.team import Team, load_team

MAILS = 2000
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def run(count: int = MAILS) -> list[Figure]:
    """`count`: of each kind of mail."""
    mails, team = Mails.load(), load_team(None)
    figures = []
    for id in mails.ids():
        for number in range(min(50, count)):  # what is made once, such as compiled patterns
            seconds(mails, team, id, number)
        taken = [seconds(mails, team, id, number) for number in range(count)]
        cpu, wall = [one[0] * 1000 for one in taken], [one[1] * 1000 for one in taken]
        figures += [
            Figure(f"make and lint {id}, p99", quantiles(cpu, n=100)[98], "ms CPU", 5.0, f"{count} cases"),
            Figure(
                f"make and lint {id}, p99", quantiles(wall, n=100)[98], "ms", None, "wall clock, others' load and all"
            ),
            Figure(f"make and lint {id}, median", median(cpu), "ms CPU", None, f"{count} cases"),
        ]
    return figures


def seconds(mails: Mails, team: Team, id: str, number: int) -> tuple[float, float]:
    """CPU and wall clock that it takes to make and read the mail for that case."""
    about = case(number)
    values = {**TYPED, "symptom": f"{TYPED['symptom']} It was number {number} of its kind."}
    cpu, wall = time.thread_time(), time.perf_counter()
    make_and_read(mails, team, id, about, values)
    return time.thread_time() - cpu, time.perf_counter() - wall


def make_and_read(mails: Mails, team: Team, id: str, about: Case, values: dict[str, str]) -> int:
    """Returns how many findings there are, so that nothing can be left out unseen."""
    mail = mails.get(id)
    engineer, manager = signers(team, "nobody", "Jo Engineer", values)
    own = {field.id: values.get(field.id, "") for field in mail.fields}
    made = mail.make(facts_of_mail(about, team, engineer, manager, own, "nobody", zone=team.zone))
    to, cc = recipients(about)
    draft = Draft(
        id="draft",
        case_id=about.id,
        by="nobody",
        kind=mail.kind,
        scenario=mail.scenario,
        to=to,
        cc=cc,
        subject=made.subject,
        text=made.text,
        created_at=NOW,
        touched_at=NOW,
        engineer=Signer(name=engineer.name, email="jo@team.example"),
        manager=manager,
    )
    return len(read_draft(draft, about, team, mail).findings)
