"""LQR-12: a template that goes out as it came. No rule of a text: it needs the text as it was made, so `lint` has none."""

from playbook.model import Draft
from playbook.rules.base import Finding

MESSAGE = "The mail is the template as it came. A line that only this customer would be told makes it theirs."


def unedited(draft: Draft) -> tuple[Finding, ...]:
    """An advice while nothing of the engineer's own is in the mail: neither an edit nor a personal line."""
    if draft.kind != "lqr" or draft.personal or not draft.made_text or draft.text != draft.made_text:
        return ()
    return (Finding("LQR-12", "warning", MESSAGE),)
