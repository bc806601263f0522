"""LQR-01.contact: a way to reach the engineer and one to reach the manager, however it is written."""

import pytest

from playbook.rules import lint
from playbook.rules.base import Facts, Finding

BOTH = (
    "You can reach me at +44 20 7946 0112, and my manager, Helen Carr, at helen.carr@example.com.",
    "My number is 555-0143. My manager is Arjun Mehta, arjun.mehta@example.com.",
    "My manager is Kirsten Bach (kirsten.bach@example.com, +45 5550 0187); I'm at +45 5550 0181.",
    "Me: rosa@example.com. My manager: Alan Petrov, alan@example.com, +1 206 555 0125.",
    "Reach me any weekday at elif@example.com; Marcin Dudek, my manager, is at marcin@example.com.",
    "+44 131 496 0122 is my number; Fiona Baird, my manager, is on +44 131 496 0120.",
    "+962 6 555 0101 is my number, +962 6 555 0100 is the one of my manager, Rania Odeh.",
    "Tel. +39 02 5550 0188 (me), +39 02 5550 0180 (Giorgio Ferri, my manager)",
    "My direct line: +27 11 555 0156. My manager: Pieter Naude, pieter@example.com.",
    "You'll reach me on +46 31 555 0144. My manager's name is Ulf Sand and his number is +46 31 555 0140.",
    "Call me on 01 555 0134. My manager is Peadar Walsh. You'll find him on 01 555 0130.",
    "My line is 0113 496 0155. If you'd rather speak to my manager than to me, Sheila is on 0113 496 0150.",
    "You can call me or my manager, Keith Osgood, on +1 425 555 0170.",
    "My manager, Grace Wu, and I share the mailbox team@example.com.",
    "My team lead Joachim Kranz is reachable under +49 89 5550 1770, I under +49 89 5550 1776.",
    "I'm at ext. 4417; Camilo Ortiz, who leads our team, is at ext. 4400.",
    "Write to me (ida@example.com) or to my manager (olav@example.com).",
    "Contacts:\n- Engineer: Ida Moe, +47 55 55 01 09\n- Manager: Kjell Moen, kjell@example.com",
    "You can reach me by answering this mail; my manager, Kjell Moen, is on +47 55 55 01 00.",
    "My supervisor is Mr. Roy (roy@example.com). For anything else I am on +91 33 5550 1212.",
    "Call me at 514 555-0125 or my manager, Solange Tremblay, at 514 555-0120.",
    "I'm on 030 555 0161. Manager: Efua Sarpong, efua@example.com.",
    "If you want to get hold of me: +33 5 55 50 01 44. And of my manager, Yves: yves@example.com.",
    "Should you wish to speak with my manager, her address is siew@example.com. Mine is adrian@example.com.",
    "My manager Helen is in copy, and I'm at (020) 7946 0112.",
)
NO_MANAGER_REACH = (
    "My number is +44 20 7946 0112. My manager is Helen Carr.",
    "You can reach me at 555-0119; my manager, Colette Marchand, is informed.",
    "Call me at +1 312 555 0188, or ask for my manager, Nora Whitlock.",
    "If anything was not to your liking, my manager, Judit Farkas, would like to hear from you. My phone: +36 1 555 0134",
    "My manager Keith is always there for you. I'm at +1 425 555 0162.",
    "My extension is 4417 at +57 1 5550 100. If something isn't right, talk to my manager, Camilo Ortiz.",
)
NO_MANAGER = (
    "You can reach me directly at +33 1 55 50 01 67.",
    "My own number is +961 1 555 014, from nine to five.",
    "Call me on 01 555 0198. Your account manager has been told.",
    "I'm at ida@example.com. Configuration Manager shows no errors any more.",
    "I'm at ida@example.com. The incident manager, Jo, can be reached at jo@example.com.",
)
NO_ENGINEER = (
    "My manager is Lone Krogh, lone.krogh@example.com.",
    "My manager, Derek Noonan, can be reached on +353 1 555 0170.",
    "If you want to speak to my manager, call Derek on +353 1 555 0170.",
    "Should it come back, answer this mail and I'll reopen the case. My manager: Lone Krogh, lone@example.com.",
)
NEITHER = (
    "My manager, Keith Osgood, and I are always there for you.",
    "The cases 2411-7100 and 2411-7105 are closed.",
    "Fabrikam's desk is at +45 5550 0100.",
    "I'm closing the case on 2024-11-05 at 10:30.",
    "You have my word.",
)


def contact(sentence: str) -> Finding | None:
    text = f"Hello Brian,\n\nI'm closing the case today.\n\n{sentence}\n\nKind regards,\nIda"
    facts = Facts(kind="lqr", scenario="no-resolution", customer_name="Brian Cox", title="VPN drops")
    return next((one for one in lint(text, facts) if one.rule == "LQR-01.contact"), None)


@pytest.mark.parametrize("sentence", BOTH)
def test_both_can_be_reached(sentence: str) -> None:
    assert contact(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        *((sentence, "is named") for sentence in NO_MANAGER_REACH),
        *((sentence, "The mail gives no way to reach your manager.") for sentence in NO_MANAGER),
        *((sentence, "no way to reach you, only") for sentence in NO_ENGINEER),
    ],
)
def test_one_of_the_two_cannot_be_reached(sentence: str, says: str) -> None:
    finding = contact(sentence)
    assert finding
    assert says in finding.message


@pytest.mark.parametrize("sentence", NEITHER)
def test_nobody_can_be_reached(sentence: str) -> None:
    finding = contact(sentence)
    assert finding
    assert "none to reach your manager" in finding.message or "no way to reach you" in finding.message


def test_a_signature_counts() -> None:
    text = (
        "Hello Brian,\n\nI'm closing the case today.\n\nRegards,\nIda Moe\nSupport Engineer\n"
        "+47 55 55 01 09 | ida.moe@example.com\nManager: Kjell Moen | kjell.moen@example.com"
    )
    facts = Facts(kind="lqr", scenario="no-resolution", customer_name="Brian Cox")
    assert "LQR-01.contact" not in {one.rule for one in lint(text, facts)}


def test_the_line_that_mends_names_who_and_where() -> None:
    facts = Facts(
        kind="lqr", scenario="no-resolution", customer_name="Brian Cox", engineer="Ida Moe",
        engineer_reach="+47 55 55 01 09", manager="Kjell Moen", manager_reach="kjell.moen@example.com",
    )  # fmt: skip
    (finding,) = (one for one in lint("Hello Brian,\n\nGoodbye.", facts) if one.rule == "LQR-01.contact")
    assert finding.fix == "You can reach me at +47 55 55 01 09, and my manager, Kjell Moen, at kjell.moen@example.com."
