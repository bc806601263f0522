"""When an incident with the product group (ICM) is right, where it goes, and who may be in the customer's mails.

Three decisions, each a table that is read from the top: `JUDGED` (go or no-go, ICM-01 … 03), `ROUTES` (ICM-04), and
`PG_GROUNDS` (ICM-05). Pure: what was typed and what the case holds go in, a verdict with its reason comes out.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from playbook.model import Case, Severity

Values = Mapping[str, str]  # of a form, by field id


class Verdict(NamedTuple):
    """`reason` is a sentence for people; `rule` the playbook's rule that it comes from."""

    go: bool
    reason: str
    rule: str


# ---- where it goes (ICM-04) ------------------------------------------------------------------------


class Route(NamedTuple):
    """What it is about, and who gets it. The fields and the words of its body stand in the mail `icm/<id>`."""

    id: str
    name: str
    team: str
    what: str  # in a sentence: "a bug"


LIVESITE, CSS = "livesite DRI", "CSS escalation"

ROUTES: tuple[Route, ...] = (
    Route("bug", "Bug", CSS, "a bug"),
    Route("quota", "Quota increase", LIVESITE, "a quota increase"),
    Route("feature", "Feature request", CSS, "a feature request"),
    Route("rca", "Root cause analysis", CSS, "a root cause analysis"),
)


def route_of(id: str) -> Route:
    """The route by its id; the usual one where the id is not known any more."""
    return next((one for one in ROUTES if one.id == id), ROUTES[0])


# ---- go or no-go (ICM-01 … 03) ---------------------------------------------------------------------

NO_GO: Mapping[str, tuple[str, str]] = {  # id: (its title in the form, why it needs no incident)
    "documented": ("The documentation answers it", "What the documentation answers is no bug."),
    "query": ("It is about writing a query", "Writing a query is a question for colleagues, not a bug."),
    "know_how": (
        "I don't know how to go on",
        "Not knowing how to go on is what colleagues are for: an incident gets a bug fixed, and teaches nothing.",
    ),
    "skills": (
        "It is beyond my skills",
        "A case beyond one's skills needs a colleague who has them: an incident is no escalation.",
    ),
}
NOTHING = ("", "no", "none", "nobody", "nothing", "n/a", "na", "-", "–", "?")


def given(values: Values, name: str) -> str:
    """What was typed there; "no" and its like are nothing."""
    text = values.get(name, "").strip()
    return "" if text.casefold().rstrip(".") in NOTHING else text


class Judged(NamedTuple):
    """One row: when it holds, and what then. `reason` gets the form's values."""

    id: str
    go: bool
    rule: str
    holds: Callable[[Values, Case], bool]
    reason: Callable[[Values], str]


def _no_go(values: Values) -> str:
    ground = values.get("no_go", "")
    return ground if ground in NO_GO else ""


JUDGED: tuple[Judged, ...] = (  # read from the top: the first that holds decides
    Judged(
        "pg",
        True,
        "ICM-02",
        lambda values, case: bool(given(values, "pg_said_by")),
        lambda values: f"{given(values, 'pg_said_by')} of the product group asks for it.",
    ),
    Judged(
        "senior",
        True,
        "ICM-02",
        lambda values, case: bool(given(values, "said_by")),
        lambda values: f"{given(values, 'said_by')}, an SME or senior engineer, says that it needs one.",
    ),
    Judged(
        "severity",
        True,
        "ICM-02",
        lambda values, case: case.severity is Severity.A,
        lambda values: "The case is severity 1 (A).",
    ),
    # One's own evidence of a bug doesn't outweigh one's own word that it is none.
    Judged(
        "no_go",
        False,
        "ICM-03",
        lambda values, case: bool(_no_go(values)),
        lambda values: NO_GO[_no_go(values)][1],
    ),
    Judged(
        "quota",
        True,
        "ICM-04",
        lambda values, case: values.get("route") == "quota",
        lambda values: "A quota increase is asked of the livesite DRI, and needs no evidence of a bug.",
    ),
    Judged(
        "evidence",
        True,
        "ICM-02",
        lambda values, case: bool(given(values, "evidence")) and values.get("route", "bug") != "feature",
        lambda values: "There is evidence of a bug.",
    ),
    Judged(
        "nothing",
        False,
        "ICM-02",
        lambda values, case: True,
        lambda values: (
            f"For {route_of(values.get('route', '')).what} there is none of the four grounds: evidence of a bug, "
            "an SME's or senior engineer's word, the product group's, or severity 1."
        ),
    ),
)


def judged(values: Values, case: Case) -> Verdict:
    """Go or no-go, by the first row of `JUDGED` that holds.

    `values`: `route`, `evidence`, `said_by` (an SME or senior engineer), `pg_said_by`, `no_go` (an id of `NO_GO`).
    Who can tell (the product group, an SME) and severity 1 go before what speaks against it.
    """
    row = next(one for one in JUDGED if one.holds(values, case))
    return Verdict(row.go, row.reason(values), row.rule)


# ---- the product group in the customer's mails (ICM-05) ---------------------------------------------

PG_GROUNDS: Mapping[str, str] = {
    "asked": "The product group asked to be in them",
    "exhausted": "All options are exhausted, and the product group consents",
    "severity": "The case is severity 1",
    "csat": "It is CSAT-impacting and exceptionally bad",
    "none": "None of these",
}


def pg_in_mails(values: Values, case: Case, *, looped_in: bool) -> Verdict:
    """Whether the product group may be put into the customer's mails.

    `values`: `ground` (an id of `PG_GROUNDS`), `who` of the product group said so, `tried` (what is exhausted).
    `looped_in`: the case is flagged as exceptionally bad (ICM-06).
    """
    who = given(values, "who")
    match values.get("ground", ""):
        case "asked" if who:
            return Verdict(True, f"{who} of the product group asked for it.", "ICM-05")
        case "asked":
            return Verdict(False, "Nobody of the product group is named who asked for it.", "ICM-05")
        case "exhausted" if who and given(values, "tried"):
            return Verdict(True, f"All options are exhausted, and {who} of the product group consents.", "ICM-05")
        case "exhausted":
            missing = "what was tried" if who else "who of the product group consents"
            return Verdict(False, f"All options exhausted also needs {missing}.", "ICM-05")
        case "severity" if case.severity is Severity.A:
            return Verdict(True, "The case is severity 1 (A).", "ICM-05")
        case "severity":
            return Verdict(False, "The case is not severity 1 (A).", "ICM-05")
        case "csat" if looped_in:
            return Verdict(True, "The case is CSAT-impacting and flagged as exceptionally bad.", "ICM-05")
        case "csat":
            return Verdict(False, "It is not flagged as CSAT-impacting and exceptionally bad yet (ICM-06).", "ICM-05")
        case _:
            return Verdict(
                False, "None of the four grounds is there: ask the product group aside, in the ICM.", "ICM-05"
            )


# ---- CSAT-impacting (ICM-06) -----------------------------------------------------------------------

TAG = "[CSAT Impacting]"


def tagged(title: str) -> str:
    """The title with the tag before it, once."""
    return title if title.lower().startswith(TAG.lower()) else f"{TAG} {title}".strip()
