"""Reading one mail's file, and all the checks that keep a bad one from ever reaching a customer."""

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from playbook.mail import (
    ADDRESS_FIELDS,
    COPY_FIELDS,
    FACTS,
    MODEL_FIELDS,
    CcRule,
    Lint,
    Mail,
    MailField,
    MailPromise,
    Part,
)
from playbook.mail_language import Words
from playbook.mail_sample import SAMPLE_FACTS, check_sample
from playbook.team import Times
from playbook.toml_file import FileMistake, Mistake, check_keys, convert, line_of, nearest, parse

FOLDERS = ("scope", "fqr", "lqr", "icm", "flow")
LARGEST = 20_000  # characters of a file
SUBJECT = "[{{ case_number }}] {{ title }}"
DAYS_OF_TEAM = tuple(name for name in Times.__struct_fields__ if name.endswith("_days"))
_DAYS_AHEAD = re.compile(rf"\+(\d{{1,2}}|{'|'.join(DAYS_OF_TEAM)})")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class MailFileError(FileMistake):
    """A mail's file can't be used; the text names file and line and says why in one sentence."""


class _Front(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    title: str
    group: str
    when: str
    subject: str = SUBJECT
    fields: tuple[MailField, ...] = ()
    cc: tuple[CcRule, ...] = ()
    parts: tuple[Part, ...] = ()
    closes: bool = True
    attempt: bool = False
    code: str = ""
    promises: tuple[MailPromise, ...] = ()
    notes: tuple[str, ...] = ()
    to: Literal["customer", "named"] = "customer"
    sample: Mapping[str, str | bool | int | float] = {}


def read_mail(path: Path, lint: Lint | None = None) -> Mail:
    """The mail of a file. With `lint`, its sample must pass the rules. Raises `MailFileError`."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise MailFileError(str(path), None, f"this mail can't be read ({why}).") from None
    try:
        return _read(path, text, lint)
    except Mistake as mistake:
        raise MailFileError(str(path), line_of(text, mistake.path), mistake.sentence) from None


def _read(path: Path, text: str, lint: Lint | None) -> Mail:
    if len(text) > LARGEST:
        raise Mistake((1,), f"a mail's file has at most {LARGEST:,} characters, this one {len(text):,}.")
    front_text, body, body_line = _split(text)
    data = parse(front_text)
    check_keys(data, _Front.__struct_fields__)
    front = convert(data, _Front)
    _check_id(front, path)
    _check_fields(front)
    _check_after(front)
    mail = Mail(
        id=front.id,
        title=front.title,
        group=front.group,
        when=front.when,
        fields=front.fields,
        cc=front.cc,
        parts=front.parts,
        closes=front.closes,
        attempt=front.attempt,
        code=front.code,
        promises=front.promises,
        notes=front.notes,
        to=front.to,
        sample=dict(SAMPLE_FACTS) | dict(front.sample),
        file=str(path),
        subject=_subject(front, text),
        template=Words(body, body_line),
    )
    _check_names(mail, text)
    if mail.to == "named" and not all(mail.field(name) for name in ADDRESS_FIELDS):
        raise Mistake(("to",), f'a mail to = "named" asks for {" and ".join(ADDRESS_FIELDS)}.')
    check_sample(mail, lint, body_line)
    return mail


def _split(text: str) -> tuple[str, str, int]:
    """Front matter (an empty line for its first `+++`, so that lines agree), body, the body's first line."""
    lines = text.splitlines()
    marks = [n for n, line in enumerate(lines) if line.rstrip() == "+++"][:2]
    if len(marks) < 2 or marks[0] != 0:
        raise Mistake((1,), "a mail's file starts with a line +++, its settings, and a second line +++.")
    return "\n".join(["", *lines[1 : marks[1]]]), "\n".join(lines[marks[1] + 1 :]), marks[1] + 2


def _check_id(front: _Front, path: Path) -> None:
    expected = f"{path.parent.name}/{path.name.removesuffix('.md.j2')}"
    if front.id != expected:
        raise Mistake(("id",), f'the id is "{front.id}", but the file\'s place says "{expected}".')
    if path.parent.name not in FOLDERS:
        raise Mistake((1,), f'mails lie in a folder {", ".join(FOLDERS)}, not in "{path.parent.name}".')
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.name.removesuffix(".md.j2")):
        raise Mistake((1,), "a mail's file name is in small letters, digits and hyphens.")


def _check_fields(front: _Front) -> None:
    seen: set[str] = set()
    for n, field in enumerate(front.fields):
        path = ("fields", n, "id")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", field.id):
            raise Mistake(path, f'"{field.id}" is no field id; write it in small letters, like more_information.')
        if field.id in seen:
            raise Mistake(path, f'the field "{field.id}" is here twice.')
        if field.id in FACTS:
            raise Mistake(path, f'"{field.id}" is known from the case and the team; the form need not ask for it.')
        near = nearest(field.id, MODEL_FIELDS) if field.id not in MODEL_FIELDS else ""
        if near and _only_misspelt(field.id):
            raise Mistake(path, f'there is no field "{field.id}" in the model.{near}')
        if (field.kind == "choice") != bool(field.choices):
            raise Mistake(path, f'the field "{field.id}" needs kind "choice" and its choices together.')
        if field.limit < 1:
            raise Mistake(("fields", n, "limit"), "the limit is a number of characters, at least 1.")
        if field.suggest:
            _check_suggestion(field, ("fields", n, "suggest"))
        seen.add(field.id)


def _check_after(front: _Front) -> None:
    """What is left behind once the mail is sent speaks of fields that the form has."""
    kinds = {field.id: field.kind for field in front.fields}
    if front.code and not re.fullmatch(r"[a-z][a-z0-9_]*", front.code):
        raise Mistake(("code",), f'"{front.code}" is no id of a resolution code, such as by_design.')
    for n, promise in enumerate(front.promises):
        if kinds.get(promise.on) != "date" or not promise.on.endswith("_on"):
            raise Mistake(("promises", n, "on"), f'a promise needs a field of kind "date"; "{promise.on}" is none.')
        if promise.about and promise.about not in kinds:
            raise Mistake(("promises", n, "about"), f'the form has no field "{promise.about}".')
    for name in front.notes:
        if name not in kinds:
            raise Mistake(("notes",), f'the form has no field "{name}".{nearest(name, kinds)}')


def _check_suggestion(field: MailField, path: tuple[str | int, ...]) -> None:
    if field.kind == "date" and not _DAYS_AHEAD.fullmatch(field.suggest):
        ways = " or ".join(f'"+{name}"' for name in DAYS_OF_TEAM)
        raise Mistake(path, f'a date is suggested as business days ahead: "+2", or {ways} of the team file.')
    if field.kind == "time" and not _CLOCK.fullmatch(field.suggest):
        raise Mistake(path, 'a time is suggested like "10:00".')
    if field.kind == "choice" and field.suggest not in {choice.value for choice in field.choices}:
        raise Mistake(path, f'"{field.suggest}" is none of the field\'s choices.')


def _only_misspelt(name: str) -> bool:
    """A team may have fields of its own; one letter off a name of the model is a slip, not a new field."""
    return bool(difflib.get_close_matches(name, MODEL_FIELDS, n=1, cutoff=0.85))


def _subject(front: _Front, text: str) -> Words:
    return Words(front.subject, line_of(text, ("subject",)) or 1)


def _check_names(mail: Mail, text: str) -> None:
    known = {*FACTS, *(field.id for field in mail.fields)}
    for words in (mail.subject, mail.template):
        for name, line in words.names.items():
            if name not in known:
                hint = nearest(name, known)
                raise Mistake((line,), f'"{name}" is neither a field of this mail nor a known fact.{hint}')
    used = {*mail.subject.names, *mail.template.names, *((*ADDRESS_FIELDS, *COPY_FIELDS) if mail.to == "named" else ())}
    for n, field in enumerate(mail.fields):
        if field.id not in used:
            raise Mistake(("fields", n, "id"), f'the form asks for "{field.id}", but the text never uses it.')
    for name in mail.sample:
        if name not in known:
            raise Mistake(("sample", name), f'the sample gives "{name}", which is no field here.{nearest(name, known)}')
