"""Reading one mail's file, and all the checks that keep a bad one from ever reaching a customer."""

import difflib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import asdict

from playbook.mail import ADDRESS_FIELDS, COPY_FIELDS, FACTS, MODEL_FIELDS, Lint, Mail, MailField, MailSettings
from playbook.mail_language import Words
from playbook.mail_sample import SAMPLE_FACTS, check_sample
from playbook.team import Times
from playbook.toml_file import Mistake, convert, front_matter, line_of, nearest, read_file

FOLDERS = ("scope", "fqr", "lqr", "icm", "flow")
END = ".md.j2"  # of a file's name
LARGEST = 20_000  # characters of a file
SUBJECT = "[{{ case_number }}] {{ title }}"
DAYS_OF_TEAM = tuple(name for name in Times.__struct_fields__ if name.endswith("_days"))
_DAYS_AHEAD = re.compile(rf"\+(\d{{1,2}}|{'|'.join(DAYS_OF_TEAM)})")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class _Front(MailSettings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    subject: str = SUBJECT


def read_mail(path: Path, partials: Mapping[str, str] = MappingProxyType({}), lint: Lint | None = None) -> Mail:
    """The mail of a file, which may include `partials`. With `lint`, its sample must pass the rules.

    Raises `FileMistake`.
    """
    return read_file(path, "this mail", lambda text: _mail(path, text, partials, lint))


def read_partial(path: Path) -> str:
    """The text of a partial, which any mail may include. Raises `FileMistake`."""
    return read_file(path, "this partial", _partial)


def _partial(text: str) -> str:
    _check_length(text, "a partial")
    Words(text)
    return text


def _mail(path: Path, text: str, partials: Mapping[str, str], lint: Lint | None) -> Mail:
    _check_length(text, "a mail's file")
    data, lines, body_line = front_matter(text, "a mail's file")
    front = convert(data, _Front)
    _check_id(front, path)
    _check_fields(front)
    _check_after(front)
    made = {
        "sample": dict(SAMPLE_FACTS) | dict(front.sample),
        "file": str(path),
        "subject": _subject(front.subject, line_of(text, ("subject",)) or 1),
        "template": Words("\n".join(lines), body_line, partials),
    }
    mail = Mail(**asdict(front) | made)
    _check_names(mail)
    if mail.to == "named" and not all(mail.field(name) for name in ADDRESS_FIELDS):
        raise Mistake(("to",), f'a mail to = "named" asks for {" and ".join(ADDRESS_FIELDS)}.')
    check_sample(mail, lint, body_line)
    return mail


@cache
def _subject(source: str, line: int) -> Words:
    """Kept, as most mails have the usual one."""
    return Words(source, line)


def _check_length(text: str, what: str) -> None:
    if len(text) > LARGEST:
        raise Mistake((1,), f"{what} has at most {LARGEST:,} characters, this one {len(text):,}.")


def _check_id(front: _Front, path: Path) -> None:
    expected = f"{path.parent.name}/{path.name.removesuffix(END)}"
    if front.id != expected:
        raise Mistake(("id",), f'the id is "{front.id}", but the file\'s place says "{expected}".')
    if path.parent.name not in FOLDERS:
        raise Mistake((1,), f'mails lie in a folder {", ".join(FOLDERS)}, not in "{path.parent.name}".')
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.name.removesuffix(END)):
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
        if near := _misspelt(field.id):
            raise Mistake(path, f'there is no field "{field.id}" in the model. Did you mean "{near}"?')
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


def _misspelt(name: str) -> str:
    """A team may have fields of its own; one letter off a name of the model is a slip, not a new field."""
    if name in MODEL_FIELDS:
        return ""
    return next(iter(difflib.get_close_matches(name, MODEL_FIELDS, n=1, cutoff=0.85)), "")


def _check_names(mail: Mail) -> None:
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
