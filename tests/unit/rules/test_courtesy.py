"""LQR-01.thanks, .survey, .reopen: how different people say it, and what only looks like it."""

import pytest

from playbook.rules import lint
from playbook.rules.base import Facts

THANKS = (
    "Thank you for using Azure Backup.",
    "Many thanks for your time and patience throughout.",
    "Thanks a million for working with us on this one.",
    "I'd like to thank you for the good cooperation.",
    "We really appreciate you choosing Power BI.",
    "Your cooperation during the tests was greatly appreciated.",
    "I'm grateful for the hours you put into the traces.",
    "Let me thank you and your team for the careful tests.",
    "Please accept my thanks for your help with the logs.",
    "Thank you, Brian, for trusting us with this.",
    "My thanks go to you and to your network team.",
    "It has been a pleasure working with you.",
    "I have enjoyed working with you on this.",
    "Thank you very much indeed for being a customer of ours.",
    "Thanks to you and your colleagues for joining the calls at such hours.",
    "I very much appreciated your quick answers to my questions.",
    "We value your business and thank you for it.",
    "Once again, thanks for all your help on this.",
    "Thanking you for your kind support during this case.",
    "I am much obliged to you for the notes you kept.",
    "Merci for your patience, Amélie.",
    "Cheers for bearing with me on this.",
    "I can't thank you enough for the late calls.",
    "A big thank-you to your team for testing on a Sunday.",
    "Thank you for your continued trust in Microsoft.",
)
NO_THANKS = (
    "Thanks in advance.",
    "Thank you in advance for your feedback.",
    "Thanks to the new firmware, the drops have stopped.",
    "Thanks to a colleague's hint we found the rule.",
    "I would be grateful for two minutes of your time for the survey.",
    "We'd appreciate it if you answered the survey.",
    "Your feedback would be much appreciated.",
    "Any feedback is appreciated.",
    "We appreciate your feedback.",
    "Thankfully, nothing was lost.",
    "Thank you for completing the survey.",
    "No thanks needed.",
    "My thanks go to the colleagues in the networking team.",
    "I'll be grateful for an honest answer.",
    "We would appreciate your rating.",
    "Your answers are valued, also the critical ones.",
    "I had to thank our partner for that.",
)
SURVEY = (
    "You may receive a short survey; your feedback is valued.",
    "There might be a survey in your inbox soon, and I'd be glad of your view.",
    "A survey could be on its way to you.",
    "You'll probably be asked how satisfied you are with our work.",
    "You may be invited to rate our support.",
    "Microsoft may send you a questionnaire; please be frank in it.",
    "Should a survey reach you, I'd value your candid answer.",
    "Perhaps you'll get a mail with two or three questions about how I did; every answer is read.",
    "If you are surveyed about this case, please tell us what we could do better.",
    "When the survey arrives, do share what you think, good or bad.",
    "A brief customer satisfaction survey will follow, and your comments count.",
    "You could find a CSAT mail in your inbox; I read every reply.",
    "Kindly spare two minutes for the survey which you may receive.",
    "It would mean a lot if you filled in the survey that may come.",
    "Once the case is closed, an automated survey goes out. Your opinion matters to us.",
    "You might hear from our survey team. Be honest, please.",
    "Please take a moment for our feedback form, should it reach you.",
    "A short feedback request may come your way.",
    "We'd love you to score this case when the survey lands.",
    "Don't be surprised by a survey in the next days; your feedback is valued.",
    "There's no obligation to answer the survey that may come, but I'd be glad of it.",
    "If you haven't received a survey by Friday, it's not in your spam folder either: they aren't sent for each case.",
)
NO_SURVEY = (
    "There won't be a survey for this case.",
    "No survey will be sent.",
    "You will not receive a survey about it.",
    "We don't send surveys for cases like this one.",
    "Ideas for the product are welcome on the feedback forum: https://feedback.example.com.",
    "Feel free to share your feedback with me by reply.",
    "Your feedback helps us to improve.",
    "Please vote for the idea in our feedback portal.",
    "If you have any feedback, let me know.",
    "The surveys have been switched off for your tenant.",
    "Let me know if you're satisfied with the solution.",
)
REOPEN = (
    "If it comes back, just reply and I'll reopen the case.",
    "Should it recur, answer this mail and the case will be open again.",
    "You can reopen it from the portal at any time.",
    "The case can be re-opened within 30 days.",
    "Feel free to reopen this one whenever you like.",
    "Do not hesitate to reopen the case.",
    "I'll happily open it again for you.",
    "One line from you and I'll open the case back up.",
    "Reply here and we pick it up where we left off.",
    "Tell me, and I'll take it up again.",
    "A short answer brings the case back to my desk.",
    "Write to me and we'll carry on from there.",
    "Any reply will reactivate the case.",
    "If the error returns, get in touch and I'll have another look.",
    "Should the drops come back, ring me and we will continue where we stopped.",
    "Nothing speaks against reopening, even in a month.",
    "You won't have to open a new case: I'll reopen this one.",
    "Reopening takes one line.",
    "Kindly revert on this same thread and the case shall be reopened.",
    "If you disagree, tell me and it stays open.",
    "If the problem resurfaces within the same scope, please let me know.",
    "You may have this very case resumed by writing to me.",
    "We will not hesitate to reopen it.",
    "Closed doesn't mean locked: a reply will reopen it.",
    "Need it back? Hit reply and it's open again.",
)
NO_REOPEN = (
    "Please note that the case can't be reopened.",
    "Once closed, it cannot be opened again.",
    "A closed case can no longer be reopened.",
    "I won't be able to reopen it.",
    "Reopening is not possible after today.",
    "If it happens again, please raise a new case.",
    "Should it come back, open a new ticket in the portal and mention this one.",
    "For anything else, please contact us again with a fresh request.",
    "If you have any other questions, our portal is open day and night.",
    "We reopened the case on 3 May when the error came back.",
    "The case had been reopened twice before we found it.",
    "If it recurs, collect the logs and create a new request.",
    "The store opened again on Monday.",
    "It is not possible to reopen this case.",
    "Should you ever need help with another topic, we are there.",
)
LEAVE_AND_ANSWER = (
    "Please ignore the survey for 2411-1; the one for 2411-2 is the one I'd ask you to answer.",
    "If a survey about this case reaches you, leave it unanswered. Please do answer the one for 2411-2 later.",
    "You can skip the survey for the closed case and save your feedback for the other one.",
    "No need to fill in the survey you may get now; please fill in the one that comes with the new case.",
    "Kindly disregard the survey for 2411-1 and share your feedback in the survey of 2411-2 instead.",
    "You may get two surveys. Please answer only the one for 2411-2.",
    "Don't bother with the survey for the old number. The one that follows the new number is what counts.",
    "Please answer the survey for 2411-2 rather than the one for this case.",
    "A survey may be triggered by the closing: feel free to delete it. The next one matters to me.",
    "Pay no attention to the survey about 2411-1. I'd be glad if you took the one for 2411-2 when we're done.",
    "The survey for this case needs no answer; I'd welcome yours to the later one.",
)
NOT_BOTH = (
    "You may get a survey about this case. I'd appreciate your feedback in it.",
    "Please ignore the survey for 2411-1.",
    "You can simply delete the survey that may come for the closed case.",
    "A survey may follow; please fill it in.",
    "No survey will be sent for this case.",
    "Your feedback on the forum is welcome.",
    "There's no need to answer the survey.",
    "Please answer the survey for this case, as your feedback counts.",
)


def found(scenario: str, sentence: str, rule: str) -> bool:
    text = f"Hello Brian,\n\nI'm closing the case today. {sentence}\n\nKind regards,\nIda"
    facts = Facts(kind="lqr", scenario=scenario, customer_name="Brian Cox")
    return any(one.rule == rule for one in lint(text, facts))


@pytest.mark.parametrize("sentence", THANKS)
def test_thanks_in_many_voices(sentence: str) -> None:
    assert not found("no-resolution", sentence, "LQR-01.thanks")


@pytest.mark.parametrize("sentence", NO_THANKS)
def test_what_only_looks_like_thanks(sentence: str) -> None:
    assert found("no-resolution", sentence, "LQR-01.thanks")


@pytest.mark.parametrize("sentence", SURVEY)
def test_a_survey_may_come(sentence: str) -> None:
    assert not found("standard-closure", sentence, "LQR-01.survey")


@pytest.mark.parametrize("sentence", NO_SURVEY)
def test_what_is_no_word_of_a_survey(sentence: str) -> None:
    assert found("standard-closure", sentence, "LQR-01.survey")


@pytest.mark.parametrize("sentence", REOPEN)
def test_the_case_may_be_had_again(sentence: str) -> None:
    assert not found("no-resolution", sentence, "LQR-01.reopen")


@pytest.mark.parametrize("sentence", NO_REOPEN)
def test_what_does_not_invite_to_reopen(sentence: str) -> None:
    assert found("no-resolution", sentence, "LQR-01.reopen")


@pytest.mark.parametrize("scenario", ["duplicate", "end-of-contract"])
@pytest.mark.parametrize("sentence", LEAVE_AND_ANSWER)
def test_leave_this_survey_and_answer_the_other(scenario: str, sentence: str) -> None:
    assert not found(scenario, sentence, "LQR-01.survey")


@pytest.mark.parametrize("scenario", ["duplicate", "end-of-contract"])
@pytest.mark.parametrize("sentence", NOT_BOTH)
def test_only_one_of_the_two_is_not_enough(scenario: str, sentence: str) -> None:
    assert found(scenario, sentence, "LQR-01.survey")
