"""Ready answers for a mail's personal line (LQR-12): two lines made of the timeline, put in by *Use*."""

from cards.form import Form
from dialogs.chases import entries_of
from dialogs.flow import Loaded, Sight
from dialogs.mail_draft import mail_of
from dialogs.mail_steps import open_flow, typed_on_form
from dialogs.mail_way import MailWay
from dialogs.steps import again, typed
from dialogs.turn import Outcome, Turn
from playbook.mails import Mail
from playbook.model import Case
from playbook.personal import offered

FIELD = "personal_line"


async def with_lines(sight: Sight, form: Form, mail: Mail, case: Case | None) -> Form:
    """The form with those lines beside its field, where it has one."""
    if case is None or not any(one.id == FIELD for one in form.fields):
        return form
    lines = await _lines(sight, mail, case)
    return form._replace(fields=tuple(one._replace(offers=lines) if one.id == FIELD else one for one in form.fields))


async def use(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """Puts one of them into its field, beside all that was typed."""
    flow, case = open_flow(way, loaded), loaded.case
    values = await typed_on_form(way, turn, loaded, flow)
    lines = await _lines(turn, mail_of(turn.mails, way.folder, flow.value), case.value) if case else ()
    number = typed(turn).get("offer", "")
    if number.isdecimal() and len(number) < 3 and int(number) < len(lines):
        values[FIELD] = lines[int(number)]
    return again(turn, flow, values, {})


async def _lines(about: Sight | Turn, mail: Mail, case: Case) -> tuple[str, ...]:
    return tuple(offered(mail, case, await entries_of(about.read, case.id), about.team, about.now))
