"""LQR-01.problem, .resolution and LQR-05: what the mail says of the matter."""

import pytest

from playbook.rules import lint
from playbook.rules.base import Facts

TITLE = "Nightly invoice export to the bank"
PROBLEM = (
    "Since 3 March the export stopped half-way with error 40613.",
    "Your invoices no longer reached the bank after the update.",
    "The issue was that the bank's portal timed out.",
    "Symptom: exports of more than 500 rows ended with a red cross.",
    "You reported that files were duplicated.",
    "Users in Chennai were not able to sign in.",
    "The VM restarted each night at about 02:00.",
    "You asked for a way to limit approvals to certain hours.",
    "In short, half of the nightly invoices went missing.",
    "We worked on the invoices that the bank refused.",
    "What happened: the job ran twice and paid twice.",
    "The pages took eight to ten seconds to load.",
    "People in Lyon lost their connection every ten minutes.",
    "Pods of pay-prod were evicted each afternoon.",
    "Calls came back with 503 in bursts.",
    "For about a week the export of your invoices was shown as done while it wasn't.",
    "Your staff saw blank pages in the kiosk browser.",
    "The dashboard was painfully slow.",
    "Messages to outside addresses bounced.",
    "The case was about invoices which the bank couldn't read.",
)
NO_PROBLEM = (
    "I'd have liked to give you a cause, but the logs had been removed by the time we looked.",
    "The namespace was deleted and created anew, and with it went the diagnostic data.",
    "If it fails again, please save the log.",
    "Should the issue come back, note the time.",
    "There is nothing left to see in the traces.",
    "We removed the two old policies and moved the profiles to the faster share.",
    "I couldn't reach you last week.",
    "The behaviour is by design, and there is no workaround.",
    "Unfortunately I can't tell you the cause.",
    "You confirmed that everything is fine.",
    "As agreed, I'm closing the case about which we spoke.",
    "All went well in the last test.",
)
RESOLUTION = (
    "We removed the older configuration on 11 June.",
    "A new key was published on Monday, and all messages have gone through since.",
    "Resolution: version 3.2, installed on 9 July.",
    "Reinstalling the extension sorted it out.",
    "The fix was to renew the certificate.",
    "What solved it: a restart of the gateway.",
    "You added the address to the trusted locations after our call.",
    "They shipped hotfix 8.1.4, and last night's backups completed.",
    "I had you unlink the second laptop and sign in afresh.",
    "The timeout has been raised to two hours.",
    "As a workaround, the old driver stays in place.",
    "Your network team put option 43 back into the DHCP scope.",
    "Rolling back the node image brought the shop back.",
    "The partner's technician installed firmware 5.0 on all devices.",
    "It isn't resolved yet: Fabrikam is working on a fix under ticket 8841.",
    "After we cleared the cache, the jobs ran again.",
    "The limit is now set to 2 GiB.",
    "Solution - the ownership was moved to a service account.",
    "It was solved by giving the identity its role again.",
    "We upgraded the cluster to 1.29 and, since then, no pod was lost.",
    "I changed the sink to an upsert.",
    "Restored the default policy and restarted Outlook.",
    "The rule was corrected on Tuesday.",
    "A policy was pushed to all laptops, and the prompts stopped.",
    "We took the queue off the old server on Wednesday.",
    "IT at your end republished the app with the right URL.",
    "Moving it by two hours separated them.",
    "The missing number is now in the template.",
    "Linking it to the hub as well took us five minutes.",
    "They raised their limit to 25 MB at our request.",
)
NO_RESOLUTION = (
    "The managed identity had lost its role when the resource group was moved.",
    "The reason was a DKIM key that had expired.",
    "We found that the new firmware handles packets differently.",
    "Good to know that it works again.",
    "The cause was a policy which had been deleted by mistake.",
    "It began after the proxy certificate was replaced.",
    "We looked at the logs together and checked the queues.",
    "I collected a trace and compared it with a healthy server.",
    "Their monitor took the sync engine for ransomware.",
    "Since you moved the gateway, the refresh showed old numbers.",
    "The issue is resolved now, as you confirmed.",
    "If it comes back, the cache should be cleared.",
    "I've updated the case notes.",
    "The role was removed by mistake during the clean-up.",
)
ETA = (
    "The product group expects the change in the second quarter, tentatively.",
    "ETA: end of March.",
    "There is no ETA yet; I'll write to you on 15 January.",
    "The product group's estimate is autumn of next year.",
    "They plan to release it in Q3.",
    "The feature is scheduled for the spring release.",
    "There is no date yet, not even a tentative one; I'll ask again in May.",
    "The team is aiming at the first half of 2027.",
    "It is on the roadmap for December.",
    "A fix is due in about six months, if all goes well.",
    "The product group can't name a date so far. I'll tell you on 1 June what I hear.",
    "Support for it should arrive with version 25.2, which is planned for June.",
    "A preview is expected by the end of the year.",
    "No timeline has been committed to; I'll check again in four weeks and write to you.",
)
NO_ETA = (
    "The product group has it on its list.",
    "It may come in a future release.",
    "They are considering it.",
    "The team has it on the backlog, without more detail.",
    "Over the past three weeks we looked at the columns.",
    "I'm closing the case on Tuesday, as agreed in March.",
    "It will be changed at some point.",
    "ETA from the product group: TBD.",
    "You can vote for the idea on the forum.",
    "I'll keep an eye on the release notes.",
    "Since the March release the sort order can't be changed.",
)


def rules(scenario: str, sentence: str, title: str = TITLE) -> set[str]:
    text = (
        f"Hello Brian,\n\nThe case can be closed now. {sentence}\n\nI'm in the office until five.\n\nKind regards,\nIda"
    )
    facts = Facts(kind="lqr", scenario=scenario, customer_name="Brian Cox", title=title, known={"product": "Azure SQL"})
    return {one.rule for one in lint(text, facts)}


@pytest.mark.parametrize("sentence", PROBLEM)
def test_the_problem_is_told(sentence: str) -> None:
    assert "LQR-01.problem" not in rules("transient-issue", sentence)


@pytest.mark.parametrize("sentence", NO_PROBLEM)
def test_the_problem_is_not_told(sentence: str) -> None:
    assert "LQR-01.problem" in rules("transient-issue", sentence)


@pytest.mark.parametrize("sentence", RESOLUTION)
def test_the_resolution_is_told(sentence: str) -> None:
    assert "LQR-01.resolution" not in rules("standard-closure", sentence)


@pytest.mark.parametrize("sentence", NO_RESOLUTION)
def test_the_resolution_is_not_told(sentence: str) -> None:
    assert "LQR-01.resolution" in rules("standard-closure", sentence)


@pytest.mark.parametrize("sentence", ETA)
def test_an_eta_or_a_plain_none_yet(sentence: str) -> None:
    assert "LQR-05" not in rules("by-design", sentence)


@pytest.mark.parametrize("sentence", NO_ETA)
def test_no_eta(sentence: str) -> None:
    assert "LQR-05" in rules("by-design", sentence)
