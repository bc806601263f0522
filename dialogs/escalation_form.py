"""The forms of an escalation: to the vendor, and back; and what of the first contradicts itself."""

from collections.abc import Mapping

from dialogs.turn import Choice, Field, Form
from playbook.model import Case, Severity

YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
FIELDS = (
    Field("vendor", "With whom", required=True, limit=120, help="The product's own support"),
    Field("vendor_ticket", "Their ticket's number", required=True, limit=80),
    Field("priority", "Priority there", "choice", required=True, choices=tuple(Choice(one, one) for one in Severity)),
    Field(
        "where",
        "Where it happens, as the vendor says",
        "choice",
        choices=(Choice("cloud", "Cloud"), Choice("on_premises", "On-premises"), Choice("open", "Not decided yet")),
    ),
    Field("add_on", "On-premises add-on in the plan", "choice", choices=YES_NO),
    Field("every_days", "Ask for news every … business days", "number", limit=2, more=True),
    Field("why_priority", "Why another priority than the case's", limit=300, more=True),
)
END_FIELDS = (Field("text", "What came of it", "text", required=True, limit=4000),)
LONGEST = 20  # business days between two chases


def form_of(step: str, number: str) -> Form:
    """`step` is the flow's: `form`, or `end`."""
    if step == "end":
        return Form(
            f"Handed back: case {number}", END_FIELDS, ("Record", "end"), "The chase of the vendor ends with it."
        )
    intro = "You stay the one whom the customer talks to (FLOW-05): I remind you to ask for news, and to report."
    return Form(f"Escalate: case {number}", FIELDS, ("Escalate", "save"), intro)


def wrong(case: Case, values: Mapping[str, str]) -> dict[str, str]:
    """FLOW-04: the priority matches the impact, or somebody says why not."""
    errors: dict[str, str] = {}
    if case.severity and values["priority"] != case.severity and not values["why_priority"]:
        errors["why_priority"] = f"The case has severity {case.severity}: why another priority there?"
    if values["where"] == "on_premises" and not values["add_on"]:
        errors["add_on"] = "On-premises needs the add-on: is it in the plan (FLOW-06)?"
    if values["every_days"] and not (values["every_days"].isdecimal() and 1 <= int(values["every_days"]) <= LONGEST):
        errors["every_days"] = f"Please write a number from 1 to {LONGEST}."
    return errors
