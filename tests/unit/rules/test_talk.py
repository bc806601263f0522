"""TALK-01: a next step, and a time to it."""

import pytest

from playbook.rules import lint
from playbook.rules.base import Facts

TALK = ("TALK-01.next", "TALK-01.when")
TIMED = (
    "I'll call you on Thursday at 10:00.",
    "Could you send it by Wednesday noon?",
    "How about Tuesday 14 May, 10:00, or Wednesday at 15:00?",
    "Unless I hear from you, I'll write again on 7 November.",
    "You'll hear from me again in two business days, at the latest.",
    "My next call is planned for Monday at 9:00 EAT.",
    "Please reply within 48 hours.",
    "I will check in again tomorrow.",
    "Expect my next mail next week.",
    "We could talk today at 16:00 or on Friday the 12th.",
    "Failing an answer, I'll ring once more on the 18th.",
    "Let me know by the end of the week whether you still need this.",
    "I can ring you at 3 pm your time, if you like.",
    "Shall we say Monday, 9:30?",
    "Two proposals for a call:\n- Tue 12 Nov, 10:00\n- Wed 13 Nov, 14:30\nWhich one suits you?",
    "Should I hear nothing by 21/11, I'll call your office.",
    "On Monday I'll try your mobile once more.",
    "I'm free tomorrow between 10 and 12; shall we look at it together?",
)
UNTIMED = (
    "I'll get back to you as soon as possible.",
    "I will try your number again soon.",
    "Please send the log when you get a moment.",
    "I left you a message on Monday. I'll try again shortly.",
    "Last Thursday I sent you the steps; please tell me how it went.",
    "I wrote on 3 and 5 September. Could you have a look?",
    "Let me know when it would suit you.",
    "I'll follow up in the coming days.",
    "On Monday I left you a voicemail, so please call me.",
    "About the answer of 18 June: please tell me what you think.",
    "I'll reach out again in due course.",
)
NO_STEP = (
    "The case is still waiting at the same step.",
    "We have not received a response since then.",
    "It may well be that the matter has been settled in the meantime.",
    "I understand you must be busy with the quarter's end.",
    "I sent you the analysis on 2 October.",
)


def rules(sentence: str) -> set[str]:
    text = f"Hello Brian,\n\nThis is about the export.\n\n{sentence}\n\nKind regards,\nIda"
    facts = Facts(kind="lqr", scenario="unresponsive-first", customer_name="Brian Cox")
    return {one.rule for one in lint(text, facts)}


@pytest.mark.parametrize("sentence", TIMED)
def test_a_step_with_its_time(sentence: str) -> None:
    assert not rules(sentence)


@pytest.mark.parametrize("sentence", UNTIMED)
def test_a_step_without_a_time(sentence: str) -> None:
    assert rules(sentence) == {"TALK-01.when"}


@pytest.mark.parametrize("sentence", NO_STEP)
def test_no_step_means_no_time_either(sentence: str) -> None:
    assert rules(sentence) == {"TALK-01.next", "TALK-01.when"}


FIRST_MAILS_TIMED = (
    "The script reaches you today by 17:00 JST.",
    "Expect the two options on Thursday 15 May, by 16:00 EDT.",
    "Billing's word should be with you by Monday the 7th; I'll mail it myself.",
    "I stay on the bridge with you and send the first reading at 19:30 CET.",
    "Next update: 16:00 CET.",
    "My findings follow tomorrow before noon.",
    "You have my answer on Friday.",
    "The comparison is with you on Thursday.",
    "I call you back in 30 minutes.",
    "Every two hours you get a short note from me.",
    "By Friday noon I'll have read the traces.",
    "Could we meet on Wednesday at 14:00 IST?",
    "An update follows by the end of the day.",
    "I'll write within the next four hours.",
    "Let's look at it together on 12 March.",
    "My next message comes on Monday, 9 a.m. your time.",
    "I'll have a first result for you within one business day.",
    "I'd suggest a call this afternoon, at 3 pm.",
    "I will be back in touch on 2026-03-14.",
    "The engineer on shift calls you at 06:00, and I take over at 08:00.",
    "You should have the logs' analysis in your inbox by Tuesday morning.",
    "I'm going to test this tonight and report tomorrow.",
)
FIRST_MAILS_UNTIMED = (
    "I'll be back to you as soon as possible, and the new definition should follow shortly.",
    "I will now split the parse step, test it with 10,000 rows, and then send you the result.",
    "Since 3 March the job has failed after forty minutes; I'll compare the failed nights with a good one.",
    "The profile was removed at 02:10. Next, I'll look at the policy.",
    "Once I have the answer, I'll send you two options.",
    "It began on Tuesday. Please send me the log of that run.",
    "The tunnel drops every hour. I'm going to read the gateway's log next.",
    "You moved the gateway last week. I'll check the registration and keep you posted.",
)


def first_mail(sentence: str) -> set[str]:
    text = f"Hello Brian,\n\nI went through the failover logs of your database.\n\n{sentence}\n\nKind regards,\nIda"
    return {one.rule for one in lint(text, Facts(kind="fqr", parts=TALK))}


@pytest.mark.parametrize("sentence", FIRST_MAILS_TIMED)
def test_first_mails_with_a_time(sentence: str) -> None:
    assert not first_mail(sentence)


@pytest.mark.parametrize("sentence", FIRST_MAILS_UNTIMED)
def test_first_mails_without_a_time(sentence: str) -> None:
    assert first_mail(sentence) == {"TALK-01.when"}


def test_soon_is_shown_and_replaced() -> None:
    text = "Hello Brian,\n\nI'll write again as soon as possible.\n\nRegards,\nIda"
    (finding,) = lint(text, Facts(kind="fqr", parts=TALK))
    assert finding.rule == "TALK-01.when"
    assert finding.span
    assert text[slice(*finding.span)] == "as soon as possible"
    assert finding.fix == "within two business days"


def test_asking_whether_it_was_understood_is_no_next_step() -> None:
    text = "Hello Brian,\n\nThe export stops at 2 GB. Tell me if I have this wrong.\n\nRegards,\nIda"
    assert {one.rule for one in lint(text, Facts(kind="fqr", parts=TALK))} == {"TALK-01.next", "TALK-01.when"}
