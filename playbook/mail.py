"""One mail: what its form asks, which facts it knows, and the making of its subject and text."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple

import msgspec

from playbook.mail_language import Words
from playbook.mail_text import clean_line, clean_text
from playbook.model import Case, Contact
from playbook.rules.base import Facts, Finding
from playbook.words import long_day_words

# What the caller of `Mail.make` hands in beside the form's fields. Unknown ones may be left out: they
# are empty then, and the text leaves their sentence out.
FACTS: Mapping[str, str] = {
    "case_number": "the ticketing system's number",
    "title": "the customer's title of the case",
    "customer_name": "of the contact in To",
    "address_as": 'how those in To are greeted, "Tanaka-san", "Kenji and Emi"; empty: by their name',
    "severity": "A, B or C",
    "engineer_name": "of whoever sends the mail",
    "engineer_email": "",
    "engineer_phone": "",
    "manager_name": "the engineer's manager, from the team file",
    "manager_email": "",
    "manager_phone": "",
    "engineer_hours": '"Mon-Fri 9:00-18:00, Lisbon time", of whoever sends the mail',
    "stand_in": "who answers when the engineer is away: a name, with how to reach them",
    "account_manager_name": "the customer's own account manager, from the contacts",
    "organisation": "from the team file, as are the following",
    "product": "",
    "portal": '"the Azure portal"',
    "portal_url": "",
    "survey": '"a short survey"',
    "forum_url": "",
    "files": '"the upload of the case in the Azure portal": where files are put safely',
    "local_time": "\"Tokyo time\", the customer's; the engineer's where the zone is unknown",
    "sober": "true: severity A, an unhappy customer or an unsolved case (playbook §11)",
}

# Fields that are no fact of the case but mean the same in every mail.
SHARED_FIELDS = (
    "personal_line", "confirmed_by", "confirmed_on", "next_step", "next_step_on", "next_step_time",
    "write_again_on", "write_again_time", "closing_on", "surviving_case", "new_case",
)  # fmt: skip
ADDRESS_FIELDS = ("to_name", "to_email")  # of whoever a mail goes to that is not for the customer; several with commas
COPY_FIELDS = ("copy_name", "copy_email")  # of whoever is in its Cc, in the same way
OTHER_CASES = ("surviving_case", "new_case")  # they name a case, and never the one that the mail is about
MODEL_FIELDS = (*Case.__struct_fields__, *Contact.__struct_fields__, *SHARED_FIELDS)

FieldKind = Literal["line", "text", "choice", "date", "time", "email", "number"]
# What the rules ask of a mail: parts of LQR-01 by their names, and further rules by their ids.
Part = Literal[
    "name", "thanks", "problem", "resolution", "contact", "survey", "reopen", "LQR-05",
    "FQR-01", "FQR-01.effort", "FQR-02.name", "FQR-02.empathy", "FQR-02.robotic", "FQR-03", "FQR-04",
    "FQR-07.plan", "FQR-07.agreement", "FQR-09", "TALK-01.next", "TALK-01.when",
]  # fmt: skip
Lint = Callable[[str, Facts], Iterable[Finding]]


UNSOLVED = "unresolved"  # the group of mails for cases that end without a solution


class MailError(ValueError):
    """A mail can't be made with these values. The text is a sentence for people."""


class MailChoice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    value: str
    title: str


class MailField(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the form asks; the same words as `cards.form.Field`, which this layer can't see."""

    id: str
    label: str
    kind: FieldKind = "line"
    required: bool = False
    limit: int = 200  # characters
    help: str = ""
    more: bool = False  # under "More"
    choices: tuple[MailChoice, ...] = ()
    # What stands in it at first. Of a date: "+2", so many business days ahead at the customer's place; or
    # "+attempt_interval_days", a number of the team file's [times]. Such a date must not lie in the past.
    suggest: str = ""


class CcRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who goes into Cc, and the rule that says so. `offered`: whoever writes it chooses; `premier`: by the plan.

    Only Premier and Unified customers have an account manager, so that nobody else is offered theirs.
    """

    who: Literal["manager", "account_manager"]
    rule: str
    when: Literal["always", "premier", "offered"] = "always"


class MailPromise(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the mail promises the customer: kept with the case, also a closed one, until its day."""

    text: str  # empty: what `about` says is all of it
    on: str  # the field with the day
    about: str = ""  # a field whose value says what of: "Watch: the release notes"


class Made(NamedTuple):
    subject: str
    text: str


class MailSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a mail's file says above its text."""

    id: str  # "lqr/standard-closure"
    title: str
    group: str  # within its folder: "resolved", "unresolved", "other"
    when: str  # one sentence: when it is the right one
    fields: tuple[MailField, ...] = ()
    cc: tuple[CcRule, ...] = ()
    parts: tuple[Part, ...] = ()
    closes: bool = True  # marking it sent closes the case
    to: Literal["customer", "named"] = "customer"  # named: whom the fields `to_name` and `to_email` say, one of us
    attempt: bool = False  # it tries to reach a silent customer: sending it goes into the timeline as an attempt
    code: str = ""  # the resolution code that it suggests, by its id in the team file (LQR-14)
    promises: tuple[MailPromise, ...] = ()
    notes: tuple[str, ...] = ()  # fields that go into the case's notes once it is sent
    sample: Mapping[str, str | bool | int | float] = {}


class Mail(MailSettings, frozen=True, kw_only=True):
    """A mail that can be made. Its `sample` holds the facts too (`playbook.mail_sample`)."""

    file: str = ""
    subject: Words
    template: Words

    @property
    def kind(self) -> str:
        return self.id.partition("/")[0]

    @property
    def scenario(self) -> str:
        return self.id.partition("/")[2]

    @property
    def asked(self) -> tuple[str, ...]:
        """`parts` as `Facts.parts` wants them: ".name", "LQR-05"."""
        return tuple(part if "-" in part else f".{part}" for part in self.parts)

    def field(self, field_id: str) -> MailField | None:
        return next((one for one in self.fields if one.id == field_id), None)

    def make(self, values: Mapping[str, object]) -> Made:
        """Subject and text from the form's values and the facts; what is missing is empty. Raises `MailError`.

        A mail for an unsolved case is always sober (playbook §11).
        """
        plain: dict[str, object] = dict.fromkeys(FACTS, "")
        plain |= {name: _plain(values[name], "line") for name in FACTS if name in values}
        plain |= {field.id: _plain(values.get(field.id, ""), field.kind) for field in self.fields}
        plain["sober"] = plain["sober"] or self.group == UNSOLVED
        try:
            return Made(clean_line(self.subject.render(plain)), clean_text(self.template.render(plain)))
        except ValueError as error:
            raise MailError(str(error)) from None


def _plain(value: object, kind: FieldKind) -> object:
    """Only text and truth reach a template; objects with methods never do."""
    if value is None or value is False:
        return ""
    if value is True:
        return True
    if not isinstance(value, str | int | float):
        raise MailError(f"a {type(value).__name__} can't stand in a mail; hand in text.")
    text = clean_text(str(value)).strip() if kind == "text" else clean_line(str(value))
    return _day(text) if kind == "date" else text


def _day(text: str) -> str:
    """A typed date as a mail says it, `Friday 20 November`; what is no date stays as it is."""
    try:
        return long_day_words(date.fromisoformat(text))
    except ValueError:
        return text
