"""Many ways of saying each part of a closing mail, and what only looks like it."""

import pytest

from playbook.rules import lint
from playbook.rules.base import Facts

_OPENS = "Thank you for working with me. I'm closing the case today, as we agreed on Monday."
_PROBLEM = (
    "Since 4 March, the nightly backup of your file server stopped at 80 per cent. The cause was a full log volume."
)
_REOPENS = "If you'd like the case reopened, reply to this mail."
_SURVEY = "You may receive a survey, and your feedback is valued."
_CONTACT = "You can reach me at +44 20 7946 0111 and my manager, Sue Fry, at +44 20 7946 0110."

# (rule, scenario) -> sentences that say the part, sentences that do not.
WAYS: dict[tuple[str, str], tuple[list[str], list[str]]] = {
    ("LQR-01.contact", "no-resolution"): (
        [
            "If you need anything: tom.gray@example.com (me) or sue.fry@example.com (manager).",
            "My details: tom.gray@example.com, +44 20 7946 0111. My manager's: sue.fry@example.com.",
            "Tom Gray, engineer: +44 20 7946 0111. Sue Fry, manager: +44 20 7946 0110.",
            "You'll find my number, +44 20 7946 0111, and that of my manager Sue Fry, +44 20 7946 0110, below.",
            "Both I (tom.gray@example.com) and my manager (sue.fry@example.com) are happy to help.",
            "Engineer: Tom Gray <tom.gray@example.com>\nManager: Sue Fry <sue.fry@example.com>",
            "- Me: 020 7946 0111\n- My manager, Sue Fry: 020 7946 0110",
            "Should you prefer to speak with somebody above me, Sue Fry (sue.fry@example.com) manages our team; I'm at tom.gray@example.com.",
            "Call me: 020 7946 0111. Or call Sue Fry, who manages our team: 020 7946 0110.",
            "I answer at tom.gray@example.com. Sue Fry, to whom I report, answers at sue.fry@example.com.",
            "Sue Fry leads the team I belong to; she's at sue.fry@example.com, and I am at tom.gray@example.com.",
            "My telephone number is 020 7946 0111. My manager is Sue Fry. Her number is 020 7946 0110.",
            "You can reach me, or my manager Sue Fry, on 020 7946 0111 and 020 7946 0110 respectively.",
            "My manager, Sue Fry, and I can both be reached at team-emea@example.com.",
            "Write to tom.gray@example.com; complaints, which I hope you don't have, go to my manager at sue.fry@example.com.",
            "Mail reaches me at tom.gray@example.com and my line manager at sue.fry@example.com.",
            "Questions go to me (ext. 4411), escalations to my manager Sue Fry (ext. 4400).",
            "Contact\nTom Gray\ntom.gray@example.com\n\nManager\nSue Fry\nsue.fry@example.com",
            "Sue Fry (my manager, sue.fry@example.com) knows about the case as well; I stay at tom.gray@example.com.",
        ],
        [
            "You can reach me at tom.gray@example.com or 020 7946 0111. My manager is Sue Fry.",
            "My manager, Sue Fry, sends her regards. I'm at 020 7946 0111.",
            "My manager Sue Fry is at sue.fry@example.com.",
            "You can reach me or my manager at any time.",
            "Call our hotline on 0800 555 0100 or write to support@example.com.",
            "I'm at 020 7946 0111; my colleague Bob Hay is at bob.hay@example.com.",
            "Reach me at 020 7946 0111. Fabrikam's manager, Joe Poe, is at joe.poe@fabrikam.example.",
            "Please call me on +44 20 7946 0111, Monday to Friday, 9 to 5.",
            "Contact: Tom Gray, tom.gray@example.com, phone 020 7946 0111. My manager has been informed.",
        ],
    ),
    ("LQR-01.thanks", "no-resolution"): (
        [
            "Thank you for working with us.",
            "My thanks to you and your team.",
            "I appreciate your patience.",
            "Thanks go to you, and to Bob in your team.",
            "I'd like to thank you for your patience.",
            "Let me thank you for the good cooperation.",
            "Your patience has been much appreciated.",
            "It was a pleasure.",
            "We're grateful for your business.",
            "I can't thank you enough.",
            "Many thanks for everything.",
            "I thank you.",
            "Thank you very much, Ann, for all you did.",
            "Thanks again for your time on Friday.",
            "Working with you has been a pleasure.",
            "A heartfelt thank-you for the tests.",
            "We value your trust.",
            "Thanks, Ann, for sticking with it.",
            "Allow me to express my gratitude for your help.",
            "Many thanks, too, for choosing Contoso.",
            "Cheers for all your help!",
            "Your help was invaluable; thank you.",
            "Please accept my thanks for your cooperation.",
        ],
        [
            "Thanks in advance for your feedback.",
            "Thank God it works.",
            "Thanks to our network team, the fault was found.",
            "I have thanked my colleague Bob for his help.",
            "We'd be thankful for a reply.",
            "Thank you for filling in the survey.",
            "I'd appreciate your answer.",
            "I'm glad that it works.",
            "I look forward to working with you again.",
            "Bob Hay from the network team deserves our thanks.",
            "Please pass my regards to your team.",
        ],
    ),
    ("LQR-01.reopen", "no-resolution"): (
        [
            "Reply and I'll reopen it.",
            "If it recurs, just respond to this mail and we'll continue.",
            "The case can be reopened within 30 days.",
            "You can reopen the case in the portal.",
            "Should it come back, let me know and I'll take it up again.",
            "We can always open it again.",
            "If the trouble returns, tell me: the case will be reactivated.",
            "Feel free to have it reopened.",
            "If you see it again, I'll gladly pick the case back up.",
            "A reply brings the case back to my desk.",
            "Don't hesitate to reopen the case.",
            "I'd be happy to resume work on it if you write.",
            "Do come back to me if it recurs; I'll open the case again.",
            "If this mail turns out to be premature, an answer undoes it.",
            "The case can be revived at any time.",
        ],
        [
            "If it comes back, please open a new case.",
            "For other questions, write to me.",
            "Closed cases cannot be reopened.",
            "Please create a new ticket if you need us again.",
            "Let me know if you have any questions.",
            "I'll continue to watch the release notes and write to you.",
            "You're welcome to contact us with any new request.",
            "Feel free to contact me at any time.",
            "Should you need further assistance, raise another request in the portal.",
            "We remain at your disposal for any further questions.",
            "In case of recurrence, log a fresh case and mention this one, and we'll carry on from there.",
            "I hope it won't happen again.",
        ],
    ),
    ("LQR-01.survey", "resolved-by-customer"): (
        [
            "You may get a survey; your view counts.",
            "A questionnaire may follow.",
            "You might be asked to rate us.",
            "You'll perhaps receive a link with three questions about our work; please answer them.",
            "Our system may ask for your opinion of this case; I'd value it.",
            "In a few days you may be asked how satisfied you were.",
            "Please fill in the survey that follows.",
        ],
        [
            "No survey will be sent.",
            "You won't get a survey.",
            "Please leave ideas on our feedback forum.",
            "Your feedback is always welcome.",
            "Tell me what you think.",
            "Surveys are switched off for your account.",
            "We do not send surveys for such cases.",
        ],
    ),
    ("LQR-01.survey", "duplicate"): (
        [
            "Please ignore the survey for 100-2 and answer the one for 100-1.",
            "Only the survey for 100-1 needs your answer.",
            "Please answer only the survey for 100-1.",
            "If two surveys arrive, the one for 100-1 is the one to fill in; the other can be deleted.",
            "You may disregard the first survey; we'd value your feedback in the second.",
            "Skip the survey for this case. When 100-1 closes, please do take part.",
            "I'd ask you not to fill in the survey of 100-2, but that of 100-1.",
            "Please keep your feedback for the survey on 100-1 and leave the other one unanswered.",
            "The survey for 100-2 isn't meant for you; the survey for 100-1 is.",
        ],
        [
            "Please ignore the survey.",
            "You may get a survey for 100-2; please fill it in.",
            "A survey may come, and your feedback is valued.",
            "You'll receive two surveys, please answer both.",
            "Please ignore the survey for 100-2.",
            "Nothing is said here.",
            "No survey will be sent for 100-2.",
        ],
    ),
    ("LQR-05", "by-design"): (
        [
            "The product group plans it for Q3.",
            "There's no ETA yet; I'll write on 3 May.",
            "Tentatively, it's for the end of 2026.",
            "They hope to ship it next spring.",
            "A date hasn't been set.",
            "It's on the roadmap for the second half of the year.",
            "The product group gave no date.",
            "I was told to expect it with version 5.2, in May or June.",
            "An ETA isn't available, not even a tentative one.",
            "It may come with the autumn release.",
            "The team is aiming at March.",
            "No timeline has been given so far.",
            "Nobody would commit to a date; I'll be back with news by 1 June.",
        ],
        [
            "I've passed it on to the product group.",
            "They'll consider it.",
            "It may change at some point.",
            "The product group is aware.",
            "We hope that it'll be possible in the future.",
            "I'll let you know if it changes.",
            "The idea has been voted for since 2022.",
            "They are working on it.",
            "It's planned for a future release.",
        ],
    ),
    ("LQR-01.resolution", "standard-closure"): (
        [
            "We moved the logs to another volume.",
            "The log volume is twice as large now.",
            "Extending the volume solved it.",
            "Your admin extended the volume on Tuesday.",
            "A larger volume did the trick.",
            "The volume was extended to 200 GB on 9 March.",
            "Since the volume's extension, every backup has completed.",
            "Solution: a larger log volume.",
            "With 200 GB instead of 100, the backup completes.",
            "You freed 40 GB, and that was it.",
            "Old logs are now deleted every week.",
            "After we'd deleted the old logs, the backup completed.",
            "A weekly job deletes old logs since 9 March.",
            "The fix: delete old logs weekly.",
            "What helped was a weekly clean-up.",
            "Log rotation has been introduced.",
            "We agreed on a workaround: logs go to a separate share.",
            "Logs are rotated daily from now on, which keeps the volume half empty.",
            "It was resolved by a weekly clean-up of the logs.",
            "Bob from your team cleared the volume and set up a weekly clean-up.",
            "The remedy is simple: a scheduled task empties the folder each Sunday.",
            "We had the old logs deleted.",
            "I've increased the size of the volume.",
            "The vendor's patch 3.2, installed on 9 March, put an end to it.",
            "As a workaround, the logs go elsewhere.",
        ],
        [
            "The backup works again.",
            "All backups have completed since 9 March.",
            "You confirmed that everything is fine.",
            "The problem is solved.",
            "The issue has been resolved.",
            "The backup has been running fine for a week.",
            "We analysed the logs together and found the cause on Tuesday.",
            "Your team tested it on Monday and was satisfied.",
            "The backup has succeeded since Tuesday, as you told me.",
            "We investigated this with the storage team.",
            "It is now stable.",
            "Everything is back to normal.",
            "Status: resolved.",
            "Resolution: confirmed by you on 9 March.",
            "The volume had been filled by debug logs that someone had switched on in January.",
            "I'm happy that we could resolve this together.",
            "Your confirmation reached us on 9 March.",
        ],
    ),
    ("LQR-01.problem", "transient-issue"): (
        [
            "On 3 May, nobody could log in for an hour.",
            "Your nightly backups broke off between 3 and 5 May.",
            "Recap: mails to Gmail were delayed by up to an hour.",
            "What you saw was a blank page after login.",
            "It concerned the slow start of the app.",
            "The matter: file server backups.",
            "For two days your file server was out of reach.",
            "The case was about backups that ended too early.",
            "Between 9 and 10, calls had an echo.",
            "Users had to log in three times in a row on Monday.",
            "From 3 to 5 May the screens flickered.",
        ],
        [
            "We couldn't find the cause.",
            "It may have been the network.",
            "If it happens again, note the time.",
            "Everything has been quiet since Monday.",
            "The logs had been overwritten by then.",
            "A short disturbance at the provider is possible, as is a restart of the service.",
            "Please collect the traces next time.",
            "You told me that it hasn't come back.",
            "It went away by itself.",
            "We checked the switches and the firewall and found nothing.",
            "No further errors have been seen.",
            "The root cause remains unknown.",
            "There's nothing left that we could look at.",
        ],
    ),
}


def found(rule: str, scenario: str, sentence: str) -> bool:
    """Whether a mail that is whole but for this part lacks it with this sentence."""
    parts = [_OPENS if rule != "LQR-01.thanks" else "I'm closing the case today."]
    parts += [_PROBLEM] if rule != "LQR-01.problem" else []
    parts += [sentence]
    parts += [_REOPENS] if rule != "LQR-01.reopen" else []
    parts += [_SURVEY] if rule != "LQR-01.survey" else []
    parts += [_CONTACT] if rule != "LQR-01.contact" else []
    text = "\n\n".join(("Dear Ann,", *parts, "Kind regards,\nTom"))
    known = {"surviving_case": "100-1", "duplicate_case": "100-2"} if scenario == "duplicate" else {}
    title = "Backups of the file server fail at night"
    facts = Facts(kind="lqr", scenario=scenario, title=title, customer_name="Ann Lee", known=known)
    return any(one.rule == rule for one in lint(text, facts))


@pytest.mark.parametrize(
    ("rule", "scenario", "sentence"), [(*key, one) for key, (says, _) in WAYS.items() for one in says]
)
def test_says_it(rule: str, scenario: str, sentence: str) -> None:
    assert not found(rule, scenario, sentence)


@pytest.mark.parametrize(
    ("rule", "scenario", "sentence"), [(*key, one) for key, (_, not_) in WAYS.items() for one in not_]
)
def test_only_looks_like_it(rule: str, scenario: str, sentence: str) -> None:
    assert found(rule, scenario, sentence)
