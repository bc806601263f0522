"""Phrases by which a customer's message reads unhappy, and their like that say nothing of the kind."""

import time

import pytest

from playbook.moods import unhappy

UNHAPPY = [
    "I am not happy with how this case was handled.",
    "We are not at all satisfied with the answer.",
    "Honestly, we're not very impressed.",
    "Not happy.",
    "Still not satisfied with this.",
    "We are very unhappy about the delay.",
    "My manager is unhappy with the progress.",
    "I’m extremely disappointed by your support.",
    "Very disappointed.",
    "We aren't satisfied with a restart as a solution.",
    "I am getting frustrated, the same logs were asked for again.",
    "This is unacceptable.",
    "Four days without a reply is not something we take lightly; this is simply unacceptable!",
    "We find this unacceptable for a production outage.",
    "It is not acceptable that we wait for a week.",
    "This is ridiculous, we sent the logs on Monday.",
    "The response was not good enough.",
    "What a waste of time.",
    "This call was a complete waste of our time.",
    "You are wasting our time.",
    "This is the third time I explain the issue.",
    "This is now the fourth time this week that we had to send the same trace.",
    "For the third time, please read the log.",
    "I am asking for the third time who works on this.",
    "I have asked several times. I have asked for an update three times.",
    "This is already the third engineer who asks me for the version.",
    "How many times do I have to send these files?",
    "How much longer do we have to wait?",
    "Please escalate to your manager.",
    "Please escalate this case to your management immediately.",
    "I want to speak to your manager.",
    "Let me talk to a supervisor.",
    "We will file a complaint.",
    "Please take this as a formal complaint.",
    "I would like to complain about the last call.",
    "We are losing patience.",
    "My patience is running out.",
    "I have had enough.",
    "We are tired of waiting.",
    "We have lost all trust in your support.",
    "Terrible service.",
    "This is the worst support we ever had.",
    "Your last answer was not helpful.",
    "Nobody has contacted us since Monday.",
    "No one got back to me.",
    "You keep ignoring my questions.",
    "We feel ignored.",
    "You let us down.",
    "We still have had no reply from you.",
    "This is taking forever!",
    "Why was it closed? You closed our ticket without asking us.",
    "My manager was not impressed by the support.",
    "Still no reply from you.",
    "We expected more from you.",
    "We are looking for another provider.",
    "The engineer on the phone was rude.",
    "I must express my disappointment.",
    "This case has been open far too long.",
    "You take far too long to respond.",
    "Hello Ada,\n\nthanks for the call. To be honest we are not\nhappy with the outcome.\n\nKenji",
]

NOT_UNHAPPY = [
    "",
    "Thanks, that works.",
    "We are happy with the solution.",
    "No complaints from our side, thank you.",
    "I can't complain, thanks.",
    "Nothing to complain about.",
    "We are not unhappy with the workaround.",
    "I was not disappointed.",
    "I was frustrated at first, but you solved it quickly.",
    "We are no longer unhappy, the new build works.",
    "The node is not happy with the new certificate.",
    "The scheduler is not happy about the taint.",
    "Our linter isn't happy with the template.",
    "The server answers 406 Not Acceptable.",
    "The value of the header is not acceptable to the proxy.",
    "The input is rejected as unacceptable.",
    "If you are not satisfied, tell me.",
    "If this is unacceptable for you, we can move the call.",
    "I am not happy to share the log in public, so here is the portal link.",
    "This is the third time the pod restarts today.",
    "It works the third time we run it.",
    "The third time slot suits us.",
    "Our third time zone is Tokyo.",
    "The job fails for the third time.",
    "I have restarted the node three times.",
    "The retry runs several times.",
    "Please don't escalate to your manager, all is fine.",
    "No need to escalate to your manager.",
    "Please escalate this to the product group.",
    "Thanks for escalating it to the networking team.",
    "Could you escalate to your manager for approval of the quota?",
    "I will ask my manager.",
    "I don't want to waste your time.",
    "Sorry for wasting your time, it was our firewall.",
    "Sorry if I sounded frustrated yesterday.",
    "I hope you are not disappointed.",
    "The service is ignoring our header.",
    "The gateway ignores our requests.",
    "The response was slow: 900 ms at the 99th percentile.",
    "Bad service principal: the secret has expired.",
    "We see a poor response time on port 443.",
    "The query is taking too long to complete.",
    "The deployment has an annoying delay.",
    "Users complain that the login is slow.",
    "Nobody answered the door of the data centre, so the disk is changed tomorrow.",
    "Still no response from the server on port 22.",
    "We expect more traffic from this region.",
    "We are looking for another way to mount the share.",
    "Error: unacceptable cipher suite.",
    "We won't file a complaint, this is settled.",
    "How many times do the pods restart per hour?",
    "How much longer does the copy take?",
    "We have a lot of confidence in your team.",
    "Let's talk to the manager of the data centre on site.",
    "I wasted a core: the loop ran idle.",
    "Thank you for your patience.",
    "We were not happy with the first answer, but your second one solved it.",
    "The board was upset by the crane.",
    "The query is taking forever to load the table.",
    "You can close the case without asking me.",
    "We were upset in the beginning, now all is well.",
    "Wir sind sehr enttäuscht und nicht zufrieden mit dem Service und der Antwort.",
    "That works now!\n\n> This is unacceptable and a waste of time.\n> Kenji",
    "Solved, thanks.\n\nOn Mon, 23 Nov 2026 at 09:00, Ada Lovelace wrote:\nWe are not happy with the delay.",
    "All good.\n\n-----Original Message-----\nThis is ridiculous.",
]


@pytest.mark.parametrize("text", UNHAPPY)
def test_an_unhappy_message_is_noticed_with_its_phrase(text: str) -> None:
    phrase = unhappy(text)
    assert phrase
    assert " ".join(phrase.split()) in " ".join(text.replace("’", "'").split())


@pytest.mark.parametrize("text", NOT_UNHAPPY)
def test_what_is_not_surely_unhappy_is_left_alone(text: str) -> None:
    assert unhappy(text) == ""


def test_only_so_much_of_a_phrase_is_shown() -> None:
    text = f"I have asked {'x' * 50} three times"
    assert unhappy(text) == text
    long = "This is the third time this long long weekend that we write."
    assert len(unhappy(long)) <= 81


@pytest.mark.parametrize(
    "piece", ["not ", "we are not ", "very ", "a ", "x", "i have asked ", "third time, ", "\n", "' "]
)
def test_hostile_lengths_are_read_in_reasonable_time(piece: str) -> None:
    began = time.process_time()
    unhappy(piece * (100_000 // len(piece)))
    assert time.process_time() - began < 5
