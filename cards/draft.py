"""A mail on its way: the card on which it is read, mended, opened and marked sent; and what is left of it then."""

from collections.abc import Mapping, Sequence

from cards.buttons import button_rows, buttons, click, open_mail, say, submit, toggle
from cards.card import card
from cards.clean import clean, weight
from cards.elements import (
    OK,
    Card,
    Element,
    Ref,
    address_line,
    aside,
    box,
    error_line,
    facts,
    heading,
    line,
    marked,
    more_line,
    plain,
    run,
    user,
)
from cards.findings import findings_block
from cards.inputs import date_input, tall_text, time_input, with_error
from cards.names import WAITING
from cards.promised import PROMISED
from playbook.model import Case, Draft, Recipient
from playbook.rules.base import Finding

TEXT_LIMIT = 20_000  # characters of a mail's text
TEXT_BUDGET = 22_000  # UTF-16 units: beyond it the text is not put into an input, where it would come back cut
# errors with an input of their own
BESIDE = ("text", "sent_on", "sent_time", "asked_words", "sooner_reason", "override_reason", PROMISED)
RECIPIENTS = 6  # on show in each of To and Cc
HOLDING = {  # what *Open mail* waits for (playbook §8), and until when; the flow decides, this names it
    "TEXT-01": "the gap in the text is filled",
    "LEAK-01": "what must not leave the team is taken out",
}


def draft_card(
    draft: Draft,
    case: Case,
    findings: Sequence[Finding],
    ref: Ref,
    *,
    what: str,
    can_open: bool,
    left: Sequence[str] = (),
    earlier: bool = False,
    english: bool = True,
    send_when: str = "",
    above: Sequence[Element] = (),
    ways: Sequence[tuple[str, str]] = (),
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    note: str = "",
) -> Card:
    """The draft before it is sent.

    `what` is the mail's own title ("Standard closure"); `send_when` says when it may go out (LQR-02); `values` and
    `errors` speak of `sent_on`, `sent_time` and `text` ("" is the top line). `left`: ids of rules whose advice the
    engineer left as it is. `earlier`: the mail had another text before. `above` stands before all else, `ways` are
    further buttons: (title, step). Steps of the own ones: check, mend, insert, as_is, sent, back, cancel, earlier.
    """
    values, errors = values or {}, errors or {}
    to_mend = [one for one in findings if one.rule in HOLDING or one.rule not in left]
    body = [heading(f"Draft: {what}"), *above, *_to_whom(draft, case)]
    if send_when:
        body.append(line(run("When to send: ", subtle=True), run(send_when), spacing="small"))
    if top := [text for id, text in errors.items() if text and id not in BESIDE]:
        body.append(error_line(" ".join(top)))
    body += [
        *_text(draft, errors.get("text", "")),
        *_to_mend(to_mend, draft, ref, left=len(findings) - len(to_mend), english=english, can_open=can_open),
        _way_out(to_mend, can_open),
        buttons(
            submit("Check", ref, "check", primary=not can_open),
            *([open_mail("Open mail", draft.id, primary=True)] if can_open else []),
            submit("I sent it", ref, "sent"),
        ),
        *button_rows(
            [
                toggle("Other time", "sent_when"),
                submit("Back", ref, "back"),
                click("Cancel", ref, "cancel"),
                *([click("Earlier text", ref, "earlier")] if earlier else []),
                *(submit(title, ref, step) for title, step in ways),
            ],
            spacing="small",
        ),
        _sent_when(values, errors),
    ]
    return card(body, summary=f"Draft: {what}, case {case.number}", note=note)


def _to_mend(
    findings: Sequence[Finding], draft: Draft, ref: Ref, *, left: int, english: bool, can_open: bool
) -> list[Element]:
    """What the rules found, each with the button that puts its line in; then what is done for all of them at once."""
    inserts = {
        one.key: submit("Insert", ref, "insert", extra={"finding": one.key}) for one in findings if one.insertable
    }
    block = findings_block(findings, text=draft.text, english=english, inserts=inserts, left=left)
    for_all = [submit("Mend all", ref, "mend")] if len(inserts) > 1 else []
    for_all += [submit("Send as is", ref, "as_is")] if findings and can_open else []
    return [box(block, spacing="medium"), *([buttons(*for_all)] if for_all else [])]


def sent_card(
    draft: Draft,
    case: Case,
    ref: Ref,
    *,
    what: str,
    by: str,
    when: str,
    scheduled: bool = False,
    closed: bool = False,
    above: Sequence[Element] = (),
    ways: Sequence[tuple[str, str]] = (),
    note: str = "",
) -> Card:
    """The draft once it was marked sent: frozen, without inputs. `by` is a name, `when` a moment in words.

    `closed`: the case is closed; else the card says that it is open, and on whom it waits. `above` stands after
    what was done; `ways` are further buttons: (title, step). Step of the own one: undo. Of an open case *Next* tells
    what is due then.
    """
    title = f"{'Scheduled' if scheduled else 'Sent'}: {what}"
    told = f"{'Scheduled for' if scheduled else 'Sent'} {when}, marked by {by}."
    body = [
        heading(title),
        marked(OK, told),
        *above,
        *_to_whom(draft, case),
    ]
    if closed:
        body.append(user(f"Case {case.number} is closed.", bold=True))
    elif case.closes_at is not None:
        body.append(user(f"Case {case.number} closes then, unless the customer answers before.", bold=True))
    else:
        body.append(user(f"Case {case.number} is open, waiting on {WAITING[case.waiting_on]}.", bold=True))
    further = [] if closed else say("Next", f"/next {case.number}")  # what is due now, asked when it is clicked
    body += button_rows([*(click(way, ref, step) for way, step in ways), *further, click("Undo", ref, "undo")])
    return card(body, summary=f"{title}, case {case.number}", note=note)


def _to_whom(draft: Draft, case: Case) -> list[Element]:
    """Subject, To and Cc with the rule behind each, and the case where the subject doesn't show it."""
    usual = f"[{case.number}] {case.title}".strip()
    subject = draft.subject or usual
    known = [] if usual in subject else [user(f"Case {usual}", limit=250, subtle=True, squeeze=True, spacing="none")]
    return [
        user(subject, limit=250, bold=True, squeeze=True, spacing="small"),
        *known,
        *facts(
            [("To", _recipients(draft.to) or [error_line("nobody yet.")]), ("Cc", _recipients(draft.cc))],
            width=24,
        ),
    ]


def _recipients(people: Sequence[Recipient]) -> list[Element]:
    """Each with its address below, which would not fit beside the name on a phone."""
    shown: list[Element] = []
    for one in people[:RECIPIENTS]:
        name = [run(one.name or "No name", limit=80, squeeze=True)]
        if one.rule:
            name.append(aside(one.rule))
        shown.append(line(*name, spacing="small" if shown else ""))
        shown.append(address_line(one.email))
    return [*shown, *more_line(len(people) - RECIPIENTS)]


def _text(draft: Draft, error: str) -> list[Element]:
    """The text to edit; where it is too long for a card, its beginning to read, so that none of it is lost."""
    text = clean(draft.text)
    if len(text) > TEXT_LIMIT or weight(text) > TEXT_BUDGET:
        long = f"The mail has {len(text):,} characters: too long to edit here. Go back and shorten what it is made of."
        return [error_line(long), box([user(text, limit=2_000)], emphasis=True)]
    return with_error(tall_text("text", "Mail text", text, limit=TEXT_LIMIT, least=160), error)


def _way_out(findings: Sequence[Finding], can_open: bool) -> Element:
    """Whether the mail may go out, in a sentence; and that a link, unlike a button, doesn't bring changes along."""
    if not can_open:
        rules = [rule for rule in HOLDING if any(one.rule == rule for one in findings)]
        until = " and ".join(HOLDING[rule] for rule in rules) or "the text is mended"
        waits = run(f"Open mail waits until {until}. ", bold=True)
        return line(waits, run("Check keeps your changes and reads them again.", subtle=True))
    if findings:
        insert = "Insert adds a suggested line. " if any(one.insertable for one in findings) else ""
        said = f"{insert}Check keeps your own changes. Send as is leaves the rest as it stands."
        return plain(said, subtle=True)
    return plain("Changed something? Check keeps it. Then open the mail, send it, and click I sent it.", subtle=True)


def _sent_when(values: Mapping[str, str], errors: Mapping[str, str]) -> Element:
    """What *Other time* shows, below it."""
    items = [
        *with_error(date_input("sent_on", "Sent on", values.get("sent_on", "")), errors.get("sent_on", "")),
        *with_error(time_input("sent_time", "Sent at", values.get("sent_time", "")), errors.get("sent_time", "")),
        plain(
            "Both empty: now. A time to come: scheduled for then. Then click I sent it.", subtle=True, spacing="small"
        ),
    ]
    filled = any(said.get(name) for said in (values, errors) for name in ("sent_on", "sent_time"))
    return box(items, id="sent_when", visible=filled, emphasis=True)  # a time that counts is never folded away
