"""The team: organisation, people and their roles, places, hours, times.

`team.toml` beside this module holds the defaults; a team's own file is laid over it, table by table.
A `Team` is frozen and complete: whoever has one needs no file, no store and no clock.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import available_timezones

import msgspec

from playbook.addresses import is_email, is_guid, is_web_address
from playbook.countries import code_of, is_country
from playbook.hours import Hours, parse_hours
from playbook.model import Severity
from playbook.product_groups import ProductGroup, product_groups
from playbook.toml_file import Mistake, Where, convert, nearest, parse, read_file
from playbook.words import is_zone, parse_clock

ROLES = ("engineer", "senior", "sme", "manager", "admin")
DEFAULTS = Path(__file__).with_name("team.toml")


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the file's tables."""


class Person(Part, frozen=True, kw_only=True):
    """Somebody of the team. Empty is unknown; `zone`, `country` and `hours` then are the team's."""

    id: str  # "<tenant>/<aadObjectId>", or "<channel>/<from.id>"
    name: str
    roles: frozenset[str] = frozenset({"engineer"})
    areas: tuple[str, ...] = ()
    on_call: bool = False  # may be asked for severity A at any hour (SWARM-03)
    zone: str = ""
    country: str = ""
    manager: str = ""  # a person's id
    email: str = ""
    phone: str = ""
    hours: Hours | None = None


class Portal(Part, frozen=True, kw_only=True):
    name: str
    url: str


class Links(Part, frozen=True, kw_only=True):
    """Addresses for the team's own people (`/guide links`); "" where there is none. `more`: by name."""

    lqr_portal: str = ""
    system_down: str = ""  # the response portal of a system that is down (TALK-05)
    triage: str = ""  # the daily triage's meeting (ICM-08)
    sme_list: str = ""
    incident: str = ""  # an incident's page: an address with {number} in it
    ticket: str = ""  # a case's page in the ticketing system, in the same way
    more: Mapping[str, str] = {}


class Work(Part, frozen=True, kw_only=True):
    zone: str
    country: str
    hours: Hours
    holidays: tuple[date, ...]


class TeamPlace(Part, frozen=True, kw_only=True):
    """A conversation with a role; `id` is the id of its `Place` once the bot has heard of it."""

    channel: str
    conversation: str

    @property
    def id(self) -> str:
        return f"{self.channel}|{self.conversation.partition(';messageid=')[0]}"


class Places(Part, frozen=True, kw_only=True):
    team: TeamPlace | None = None
    product_group: TeamPlace | None = None


class Trust(Part, frozen=True, kw_only=True):
    internal_hosts: tuple[str, ...]
    channels: tuple[str, ...]


Count = Annotated[int, msgspec.Meta(ge=1)]
Hour = Annotated[float, msgspec.Meta(gt=0)]


class Times(Part, frozen=True, kw_only=True):
    """Hours are of the plan's coverage, minutes of working time, days business days of the customer."""

    first_response_hours: Mapping[Severity, Hour]
    round_the_clock: frozenset[Severity]
    handover_hours: Hour
    attempts: Count
    attempt_interval_days: Count
    scope_call_days: Count
    third_party_close_days: Count
    ladder_minutes: tuple[Count, ...]
    ladder_minutes_urgent: tuple[Count, ...]
    climb_by_itself: bool
    triage: str
    icm_chase_days: Count
    icm_chase_hours_urgent: Count


class Team(Part, frozen=True, kw_only=True):
    organisation: str
    product: str
    survey: str  # fits into "You may receive … about this case"
    forum_url: str
    root_cause_list: str  # who keeps the list of root causes: "Emi Ito <emi.ito@example.com>"
    files: str  # fits into "Please put files into …"
    portal: Portal
    links: Links = Links()
    work: Work
    places: Places = Places()
    trust: Trust
    severities: Mapping[Severity, str]
    times: Times
    resolution_codes: Mapping[str, str]
    people: Mapping[str, Person] = {}
    product_groups: tuple[ProductGroup, ...] = ()

    @property
    def zone(self) -> str:
        return self.work.zone

    @property
    def country(self) -> str:
        return self.work.country

    @property
    def hours(self) -> Hours:
        return self.work.hours

    @property
    def holidays(self) -> tuple[date, ...]:
        return self.work.holidays

    @property
    def internal_hosts(self) -> tuple[str, ...]:
        return self.trust.internal_hosts

    @property
    def trusted_channels(self) -> tuple[str, ...]:
        return self.trust.channels

    @property
    def names(self) -> dict[str, str]:
        """Everybody's name by id."""
        return {person.id: person.name for person in self.people.values()}

    def person(self, person_id: str) -> Person | None:
        return self.people.get(person_id)

    def roles_of(self, person_id: str, *, local: bool = False) -> frozenset[str]:
        """The roles the file gives; none outside Teams and the trusted channels. Local: an engineer at least."""
        person = self.people.get(person_id)
        if local:
            return (person.roles if person else frozenset()) | {"engineer"}
        channel = person_id.partition("/")[0]
        if person is None or not (is_guid(channel) or channel in self.trusted_channels):
            return frozenset()
        return person.roles

    def manager_of(self, person_id: str) -> Person | None:
        person = self.people.get(person_id)
        return self.people.get(person.manager) if person else None

    def zone_of(self, person_id: str) -> str:
        """IANA name: the person's own zone, else the team's."""
        person = self.people.get(person_id)
        return (person.zone if person else "") or self.zone

    def with_people(self, people: Iterable[Person]) -> "Team":
        """These people too; whoever the file names stays as the file says."""
        return msgspec.structs.replace(self, people={one.id: one for one in people} | dict(self.people))


def load_team(path: Path | None = None) -> Team:
    """The defaults with the team's own file laid over. Raises `FileMistake`."""
    ours = tomllib.loads(DEFAULTS.read_text("utf-8"))
    if path is None:
        return _team(ours)
    return read_file(path, "the team file", lambda text: _team(_lay_over(ours, parse(text))))


def _lay_over(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Tables are merged key by key, all else is replaced. Whole lists of names are the team's own."""
    whole = ("resolution_codes",)
    return dict(ours) | {
        key: _lay_over(ours[key], value)
        if isinstance(value, dict) and isinstance(ours.get(key), dict) and key not in whole
        else value
        for key, value in theirs.items()
    }


def _team(data: dict[str, Any]) -> Team:
    rows = data.pop("people", [])
    groups = data.pop("product_groups", [])
    _read_hours(data.get("work"), ("work",))
    team = convert(data, Team)
    _check_zone(team.zone, ("work", "zone"))
    _check_country(team.country, ("work", "country"))
    try:
        parse_clock(team.times.triage)
    except ValueError as error:
        raise Mistake(("times", "triage"), str(error)) from None
    _check_links(team.links)
    if not isinstance(rows, list):
        raise Mistake(("people",), "each person starts with a line [[people]].")
    known = product_groups(groups)
    return msgspec.structs.replace(team, people=_people(rows), product_groups=known)


def _check_links(links: Links) -> None:
    named = {name: getattr(links, name) for name in ("lqr_portal", "system_down", "triage", "sme_list")}
    for name in ("incident", "ticket"):
        url = getattr(links, name)
        if url and not (url.count("{number}") == 1 and is_web_address(url.replace("{number}", "1"))):
            raise Mistake(("links", name), f'"{url}" has to be a web address with {{number}} where the number goes.')
    for name, url in {**named, **links.more}.items():
        if url and not is_web_address(url):
            raise Mistake(("links", name), f'"{url}" is no web address: it begins with https:// or http://.')


def _people(rows: list[Any]) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for n, row in enumerate(rows):
        path = ("people", n)
        _read_hours(row, path)
        person = convert(row, Person, path)
        if person.id in people:
            raise Mistake((*path, "id"), f"{person.name} has the same id as {people[person.id].name}.")
        if "/" not in person.id:
            raise Mistake((*path, "id"), f'{person.name}\'s id is "<tenant id>/<object id>" in Teams, not a name.')
        for role in sorted(person.roles.difference(ROLES)):
            raise Mistake((*path, "roles"), f'"{role}" is none of the roles {", ".join(ROLES)}.{nearest(role, ROLES)}')
        if person.email and not is_email(person.email):
            raise Mistake((*path, "email"), f'"{person.email}" is not an e-mail address.')
        if person.zone:
            _check_zone(person.zone, (*path, "zone"))
        _check_country(person.country, (*path, "country"))
        people[person.id] = person
    for n, person in enumerate(people.values()):
        if person.manager and person.manager not in people:
            raise Mistake(("people", n, "manager"), f"{person.name}'s manager is not among the people of this file.")
    return people


def _check_zone(name: str, path: Where) -> None:
    if not is_zone(name):
        hint = nearest(name, available_timezones())
        raise Mistake(path, f'"{name}" is not an IANA time zone such as "Europe/Lisbon".{hint}')


def _check_country(code: str, path: Where) -> None:
    if code and not is_country(code.strip().upper()):
        found = code_of(code)
        hint = f' Did you mean "{found}"?' if found else ""
        raise Mistake(path, f'"{code}" is not a country\'s code of two letters such as "PT".{hint}')


def _read_hours(table: object, path: Where) -> None:
    """Replaces the text `Mon-Fri 9:00-18:00` in a table by its `Hours`."""
    if isinstance(table, dict) and isinstance(table.get("hours"), str):
        try:
            table["hours"] = parse_hours(table["hours"])
        except ValueError as error:
            raise Mistake((*path, "hours"), str(error)) from None
