"""A mail on its way: the card on which it is read, mended, opened and marked sent; and what is left of it then."""

from collections.abc import Mapping, Sequence

from cards.buttons import button_rows, buttons, click, open_mail, submit, toggle
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
from playbook.model import Case, Draft, Recipient
from playbook.rules.base import Finding

TEXT_LIMIT = 20_000  # characters of a mail's text
TEXT_BUDGET = 22_000  # UTF-16 units: beyond it the text is not put into an input, where it would come back cut
BESIDE = ("text", "sent_on", "sent_time", "asked_words", "sooner_reason", "override_reason")  # errors with an input
RECIPIENTS = 6  # on show in each of To and Cc
HOLDING = ("TEXT-01", "LEAK-01")  # what *Open mail* waits for (playbook §10); the flow decides, this names them


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
    open_to_mend = [one for one in findings if one.rule in HOLDING or one.rule not in left]
    body = [heading(f"Draft: {what}"), *above, *_to_whom(draft, case)]
    if send_when:
        body.append(line(run("When to send: ", subtle=True), run(send_when), spacing="small"))
    top = [text for id, text in errors.items() if text and id not in BESIDE]
    if top:
        body.append(error_line(" ".join(top)))
    body += _text(draft, errors.get("text", ""))
    inserts = {
        one.key: submit("Insert", ref, "insert", extra={"finding": one.key}) for one in open_to_mend if one.insertable
    }
    block = findings_block(
        open_to_mend, text=draft.text, english=english, inserts=inserts, left=len(findings) - len(open_to_mend)
    )
    body.append(box(block, spacing="medium"))
    mends = [submit("Mend all", ref, "mend")] if len(inserts) > 1 else []
    if open_to_mend and can_open:
        mends.append(submit("Send as is", ref, "as_is"))
    if mends:
        body.append(buttons(*mends, spacing="small"))
    body.append(_way_out(open_to_mend, can_open))

    late = bool(errors.get("sent_on") or errors.get("sent_time"))
    clicks = [submit("Check", ref, "check", primary=not can_open)]
    if can_open:
        clicks.append(open_mail("Open mail", draft.id, primary=True))
    clicks.append(submit("I sent it", ref, "sent"))
    body.append(buttons(*clicks))
    body.append(_sent_when(values, errors, visible=late))
    others = [
        *(submit(title, ref, step) for title, step in ways),
        submit("Back", ref, "back"),
        click("Cancel", ref, "cancel"),
        toggle("Other time", "sent_when"),
    ]
    if earlier:
        others.append(click("Earlier text", ref, "earlier"))
    body += button_rows(others)
    return card(body, summary=f"Draft: {what}, case {case.number}", note=note)


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
    undo: bool = True,
    above: Sequence[Element] = (),
    ways: Sequence[tuple[str, str]] = (),
    note: str = "",
) -> Card:
    """The draft once it was marked sent: frozen, without inputs. `by` is a name, `when` a moment in full words.

    `closed`: the case is closed; else the card says that it is open, and on whom it waits. `above` stands after
    what was done; `ways` are further buttons: (title, step). Step of the own one: undo.
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
    ways_on = [click(way, ref, step) for way, step in ways]
    if undo:
        ways_on.append(click("Undo", ref, "undo"))
    body += button_rows(ways_on)
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
        held = sorted({one.rule for one in findings if one.rule.startswith(HOLDING)})
        what = f"{' and '.join(held) or 'the text'} {'are' if len(held) > 1 else 'is'}"
        waits = run(f"Open mail waits until {what} mended. ", bold=True)
        return line(waits, run("Check keeps your changes and reads them again.", subtle=True))
    if any(one.insertable for one in findings):
        return plain(
            "Insert adds a suggested line, Check keeps your own changes. Or send the mail as it is.", subtle=True
        )
    if findings:
        return plain("Check keeps your changes and reads them again. Or send the mail as it is.", subtle=True)
    return plain("Changed something? Check keeps it. Then open the mail, send it, and click I sent it.", subtle=True)


def _sent_when(values: Mapping[str, str], errors: Mapping[str, str], *, visible: bool) -> Element:
    items = [
        *with_error(date_input("sent_on", "Sent on", values.get("sent_on", "")), errors.get("sent_on", "")),
        *with_error(time_input("sent_time", "Sent at", values.get("sent_time", "")), errors.get("sent_time", "")),
        plain("Both empty: now. A time to come: scheduled for then.", subtle=True, spacing="small"),
    ]
    return box(items, id="sent_when", visible=visible)
