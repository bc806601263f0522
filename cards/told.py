"""What happened to a case, in words: what we call each entry, and what was said with it."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from cards.names import ANSWERS, ASKS, CHANNELS, LINKS, MAILS, OUTCOMES, SENTIMENTS, STAGES
from playbook.model import (
    AccountManagerTold,
    AskedToClose,
    Attempt,
    AttemptOutcome,
    CadenceHeld,
    CadenceResumed,
    CsatFlagged,
    CustomerAnswered,
    CustomerConfirmed,
    Discussed,
    Entry,
    Escalated,
    EscalationEnded,
    HandedOver,
    IcmEnded,
    IcmOpened,
    IcmRefused,
    Linked,
    MailSent,
    MoodNoted,
    NewAsk,
    Note,
    Overridden,
    PersonId,
    PgInMails,
    Promise,
    PromiseEnded,
    Recovery,
    ScopeAgreed,
    ScopeProposed,
    StageMoved,
    SwarmBegan,
    SwarmEnded,
    SwarmFound,
    Taken,
    Undone,
    Validated,
)
from playbook.words import listed

_OWN_NUMBER = re.compile(r"^\[\d[^\]]*\]\s+")  # before a subject; the card has it in its title
Words = Callable[[datetime], str]  # a moment as the reader says it: "Mon 23 Nov, 09:00 CET"
Names = Mapping[PersonId, str]


class Told(NamedTuple):
    """An entry in words: what it was, and what was said with it (anybody's words)."""

    what: str
    said: str = ""


def name_of(person: PersonId, people: Names) -> str:
    """A person's name; for one whom the team file doesn't know, the last part of the id."""
    return people.get(person) or person.rsplit("/", 1)[-1] or "somebody"


def told(entry: Entry, people: Names, words: Words) -> Told:
    """The entry in words."""
    said = _of_contact(entry, people, words) or _of_closing(entry, words) or _of_way(entry) or _of_help(entry)
    return said or Told("Recorded")


def _of_contact(entry: Entry, people: Names, words: Words) -> Told | None:
    """What was said and done with the customer, and whose case it is."""
    match entry.fact:
        case Note(text=text):
            return Told("Note", text)
        case Attempt() as tried:
            return Told(_tried(tried), tried.text)
        case CustomerAnswered(kind=kind, text=text):
            return Told(ANSWERS[kind], text)
        case CustomerConfirmed(by=by, text=text):
            return Told(f"Confirmed by {by}", text)
        case HandedOver(from_person=giver, to_person=taker, text=text):
            given = f"Handed over from {name_of(giver, people)} to" if giver else "Given to"
            return Told(f"{given} {name_of(taker, people)}", text)
        case Taken():
            return Told("Took the case")
        case Promise(text=text, due_at=due):
            return Told(f"Promised for {words(due)}", text)
        case MailSent() as mail:
            sent = "Mail sent" if entry.happened_at <= entry.recorded_at else "Mail scheduled"
            return Told(f"{sent}{_which(mail)}", _OWN_NUMBER.sub("", mail.subject))
        case PromiseEnded(kept=kept, text=text):
            return Told("Promise kept" if kept else "Promise not kept", text)
        case StageMoved(by_mistake=True, reason=reason):
            return Told("Closed by mistake, taken back", reason)
        case StageMoved(from_stage=before, to_stage=after, reason=reason):
            return Told(f"{STAGES[before]} to {STAGES[after].lower()}", reason)
        case _:
            return None


def _tried(tried: Attempt) -> str:
    how = CHANNELS[tried.channel]
    return f"Reached {how}" if tried.outcome is AttemptOutcome.REACHED else f"Tried {how}: {OUTCOMES[tried.outcome]}"


def _which(mail: MailSent) -> str:
    """`: first response`; nothing for one that was written elsewhere."""
    of = f"{mail.kind}/{mail.scenario}"
    return f": {MAILS.get(of) or mail.scenario.replace('-', ' ')}" if mail.scenario else ""


def _of_closing(entry: Entry, words: Words) -> Told | None:
    """What opens or holds a closing, and what takes an entry back."""
    match entry.fact:
        case MoodNoted(sentiment=sentiment, text=text):
            return Told(f"Mood: {SENTIMENTS[sentiment].lower()}", text)
        case Discussed(with_person=name, text=text):
            return Told(f"Discussed with {name}", text)
        case AccountManagerTold(name=name, text=text):
            return Told(f"Account manager told: {name}", text)
        case Recovery(complete=complete, text=text):
            return Told("Manager recovery complete" if complete else "Manager recovery under way", text)
        case AskedToClose(text=text):
            return Told("Customer asked to close", text)
        case CadenceHeld(reason=reason, until=until):
            return Told(f"Chasing on hold until {words(until)}" if until else "Chasing on hold", reason)
        case CadenceResumed(reason=reason):
            return Told("Chasing goes on", reason)
        case Overridden(rule=rule, reason=reason):
            return Told(f"Went on despite {rule}", reason)
        case Linked(number=number, how=how):
            return Told(f"{LINKS[how]} {number}")
        case _:
            return None


def _of_way(entry: Entry) -> Told | None:
    """What moves a case on its way: validation, escalation, scope."""
    match entry.fact:
        case Validated(entitled=entitled, complete=complete, reasons=reasons):
            passed = entitled and complete
            why = "" if passed else "not entitled" if not entitled else "incomplete"
            return Told("Validated" if passed else f"Not validated: {why}", " ".join(reasons))
        case Escalated(vendor=vendor, ticket=ticket, priority=priority):
            return Told(f"Escalated to {vendor}, ticket {ticket}", priority and f"Priority {priority}")
        case EscalationEnded(ticket=ticket, text=text):
            return Told(f"Escalation {ticket} ended", text)
        case ScopeProposed(revision=revision):
            return Told(f"Scope {revision} sent: a yes is asked for")
        case ScopeAgreed(revision=revision, by=by, channel=channel, text=text):
            return Told(f"Scope {revision} agreed by {by}, {CHANNELS[channel]}", text)
        case NewAsk(text=text, decided=decided):
            return Told(f"New ask: {ASKS[decided].lower()}", text)
        case Undone(reason=reason):
            return Told("Taken back", reason)
        case _:
            return None


def _of_help(entry: Entry) -> Told | None:
    """What many did for a case: swarms, incidents."""
    match entry.fact:
        case SwarmBegan(question=question, colleague=colleague):
            return Told(f"Asked {colleague}" if colleague else "Swarm began", question)
        case SwarmFound(text=text):
            return Told("Found by the swarm", text)
        case SwarmEnded(outcome=outcome, finding=finding, helped=helped):
            return Told(f"Swarm ended{f', with {listed(helped[:6])}' if helped else ''}: {outcome}", finding)
        case IcmOpened(number=number, why=why):
            return Told(f"Incident {number} opened", why)
        case IcmRefused(why=why):
            return Told("No incident", why)
        case IcmEnded(number=number, text=text):
            return Told(f"Incident {number} ended", text)
        case CsatFlagged(step=step, text=text):
            return Told(f"CSAT-impacting: {step.replace('_', ' ')}", text)
        case PgInMails(allowed=allowed, text=text):
            return Told(f"Product group {'may' if allowed else 'may not'} be in the customer's mails", text)
        case _:
            return None
