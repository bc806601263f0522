"""The contacts of a case: one of them is the main one, whatever is added or removed."""

import msgspec

from playbook.contacts import MOST, named, put, without, wrong
from playbook.model import Contact, ContactRole

KENJI = Contact(name="Kenji Tanaka", email="kenji@example.com")
EMI = Contact(name="Emi Ito", role=ContactRole.ACCEPTS)
TIM = Contact(name="Tim Berg", role=ContactRole.ACCOUNT_MANAGER)


def roles(contacts: tuple[Contact, ...]) -> list[ContactRole]:
    return [one.role for one in contacts]


def test_a_new_main_contact_takes_the_place_of_the_old_one() -> None:
    after = put((KENJI, EMI), msgspec.structs.replace(EMI, role=ContactRole.MAIN), 1)
    assert [one.name for one in after.contacts] == ["Emi Ito", "Kenji Tanaka"]
    assert roles(after.contacts) == [ContactRole.MAIN, ContactRole.TECHNICAL]
    assert after.said == "Emi Ito is the main contact now; Kenji Tanaka becomes a technical one."


def test_one_more_says_nothing_besides() -> None:
    assert put((KENJI,), EMI).said == ""
    assert put((KENJI,), EMI).contacts == (KENJI, EMI)


def test_without_the_main_one_the_next_of_the_customers_is_it() -> None:
    after = without((KENJI, TIM, EMI), 0)
    assert after.contacts == (msgspec.structs.replace(EMI, role=ContactRole.MAIN), TIM)
    assert "Emi Ito is the main contact now." in after.said


def test_an_account_manager_never_becomes_the_main_contact() -> None:
    after = without((KENJI, TIM), 0)
    assert after.contacts == (TIM,)
    assert "Nobody is the main contact" in after.said
    assert without((KENJI,), 0).contacts == ()


def test_the_same_name_or_address_twice_and_too_many_are_wrong() -> None:
    assert "contact_name" in wrong((KENJI,), Contact(name="KENJI tanaka"))
    assert "contact_email" in wrong((KENJI,), Contact(name="K", email="Kenji@Example.com"))
    assert wrong((KENJI,), KENJI, 0) == {}
    full = tuple(Contact(name=str(n)) for n in range(MOST))
    assert "" in wrong(full, KENJI)
    assert wrong(full, KENJI, 3) == {}
    assert named((KENJI, EMI), " emi ito ") == 1
    assert named((KENJI,), "Emi") == -1
