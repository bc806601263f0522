"""What the board is narrowed down to: typed behind `/board`, or chosen in its form; kept in the flow's values."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from cards.names import STAGES, WAITING
from dialogs.people import one_of
from dialogs.turn import Choice, Field, Form, Turn, UserError
from playbook.model import PersonId, Severity, Stage, WaitingOn
from playbook.stages import OPEN
from playbook.team import Team

ANY, MINE, NOBODYS, NOT_KNOWN = "any", "mine", "nobody", "none"
GOAL, TOUCHED = "goal", "touched"
PEOPLE = 100  # of the team in the form's list
THERE_ARE = (
    "There are: mine, nobody's, @name, stage " + ", ".join(OPEN) + "; severity A, B, C or unknown; "
    "waiting us, customer or vendor; product and its words; and sla for the nearest first response first."
)


class Filter(NamedTuple):
    """Each as a word of the form's choices; `any` doesn't narrow it down."""

    whose: str = ANY  # "mine", "nobody" or a person's id
    stage: str = ANY
    severity: str = ANY
    waiting_on: str = ANY
    words: str = ""  # of the product or a title
    order: str = TOUCHED

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Filter":
        return cls(**{name: values[name] for name in cls._fields if values.get(name)})

    @property
    def narrow(self) -> bool:
        return self._replace(order=TOUCHED) != Filter()

    def owner(self, reader: PersonId) -> PersonId | None:
        """Whose cases: an id, "" for nobody's; None for anybody's."""
        return {ANY: None, MINE: reader, NOBODYS: ""}.get(self.whose, self.whose)


def told(asked: Filter, team: Team, reader: PersonId) -> str:
    """`yours · severity A · waiting on us · nearest first response first`: what stands below the title."""
    owners = {ANY: "", MINE: "yours", NOBODYS: "nobody's"}
    severity = {ANY: "", NOT_KNOWN: "severity not known"}.get(asked.severity, f"severity {asked.severity}")
    parts = (
        owners.get(asked.whose) if asked.whose in owners else team.names.get(asked.whose, "a colleague's"),
        "" if asked.stage == ANY else STAGES[Stage(asked.stage)].lower(),
        severity,
        "" if asked.waiting_on == ANY else f"waiting on {WAITING[WaitingOn(asked.waiting_on)]}",
        f"“{asked.words}”" if asked.words else "",
        "nearest first response first" if asked.order == GOAL else "last touched first",
    )
    return " · ".join(filter(None, parts))


def form(team: Team) -> Form:
    """Six fields, each with a choice that doesn't narrow it down, because a client can't take a choice back."""
    people = sorted(team.people.values(), key=lambda one: one.name.casefold())[:PEOPLE]
    whose = (("Anybody's", ANY), ("Mine", MINE), ("Nobody's", NOBODYS), *((one.name, one.id) for one in people))
    stages = (("Every stage", ANY), *((STAGES[one], one.value) for one in OPEN))
    severities = (("Every severity", ANY), *((one.value, one.value) for one in Severity), ("Not known", NOT_KNOWN))
    waiting = (("Anybody", ANY), *((WAITING[one].capitalize(), one.value) for one in WaitingOn))
    orders = (("Last touched first", TOUCHED), ("Nearest first response first", GOAL))
    return Form(
        "Filter the board",
        (
            _choice("whose", "Whose", whose),
            _choice("stage", "Stage", stages),
            _choice("severity", "Severity", severities),
            _choice("waiting_on", "Waiting on", waiting),
            Field("words", "Product", limit=100, help="Words of the product or the title"),
            _choice("order", "Order", orders),
        ),
        ("Show", "show"),
        cancel="back",
    )


def _choice(id: str, label: str, choices: tuple[tuple[str, str], ...]) -> Field:
    return Field(id, label, "choice", choices=tuple(Choice(value, title) for title, value in choices))


# ---- what is typed -------------------------------------------------------------------------------

_SEVERITIES = {one.value.casefold(): one.value for one in Severity} | dict.fromkeys(
    ("unknown", "none", "not known"), NOT_KNOWN
)
_STAGES = {one.value: one.value for one in OPEN}
_WAITING = {one.value: one.value for one in WaitingOn}
_ALONE: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("mine", "me", "my"), ("whose", MINE)),
    **dict.fromkeys(("nobody", "nobody's", "nobodys", "nobody’s", "untaken"), ("whose", NOBODYS)),
    **dict.fromkeys(("anybody", "all"), ("whose", ANY)),
    **dict.fromkeys(("sla", "goal"), ("order", GOAL)),
    "touched": ("order", TOUCHED),
    **{stage: ("stage", stage) for stage in _STAGES},
}
_NAMED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "sev": ("severity", _SEVERITIES),
    "severity": ("severity", _SEVERITIES),
    "stage": ("stage", _STAGES),
    "waiting": ("waiting_on", _WAITING),
}
_FREE = ("product", "area")


def read(turn: Turn, args: str) -> Filter:
    """Reads `mine sev A waiting us product virtual machines`. Raises UserError, which says what there is."""
    values: dict[str, str] = {}
    before, at, after = args.partition("@")
    if at:
        name = _name(turn.team, after)
        if not name:
            raise UserError(f"Put a colleague's name behind @. {THERE_ARE}")
        values["whose"] = one_of(turn.team, name).id
        after = after[len(name) :]
    words = f"{before} {after}".split()
    while words:
        _take(words, values)
    return Filter.of(values)


def _name(team: Team, said: str) -> str:
    """The name that the words begin with: one of the team's in full, else their first word."""
    full = [name for name in team.names.values() if said.casefold().startswith(name.casefold())]
    return max(full, key=len) if full else said.split(None, 1)[0] if said.strip() else ""


def _take(words: list[str], values: dict[str, str]) -> None:
    """Takes one filter from the beginning of the words."""
    word = words.pop(0)
    name = word.casefold()
    if name in _ALONE:
        field, value = _ALONE[name]
        values[field] = value
    elif name in _NAMED:
        field, there = _NAMED[name]
        if words and words[0].casefold() in ("on", "for"):
            words.pop(0)
        value = words.pop(0) if words else ""
        if value.casefold() == "closed":
            raise UserError("The board shows open cases; /find looks through the closed ones, too.")
        if value.casefold() not in there:
            raise UserError(f"Behind “{name}” stands one of: {', '.join(_shown(there))}. {THERE_ARE}")
        values[field] = there[value.casefold()]
    elif name in _FREE:
        values["words"] = " ".join(_until(words, lambda one: one.casefold() in (*_ALONE, *_NAMED, *_FREE)))[:100]
        if not values["words"]:
            raise UserError(f"Put words of the product behind “{name}”. {THERE_ARE}")
    else:
        raise UserError(f"I don't know the filter “{word[:60]}”. {THERE_ARE}")


def _shown(there: Mapping[str, str]) -> list[str]:
    """The first word for each value; a severity as its letter."""
    first = {value: word for word, value in reversed(list(there.items()))}
    return [value if len(value) == 1 else word for value, word in reversed(list(first.items()))]


def _until(words: list[str], stops: Callable[[str], bool]) -> list[str]:
    taken = []
    while words and not stops(words[0]):
        taken.append(words.pop(0))
    return taken
