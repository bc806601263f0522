"""Who reviews a CSAT-impacting incident (ICM-06): the SMEs of its area, those of the customer's region first."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from playbook.model import Case, PersonId
from playbook.place import zone_of_customer
from playbook.swarming import clean_area


class Sme(NamedTuple):
    """An SME of the team, as they are known now. `zone` is an IANA name."""

    person: PersonId
    name: str
    areas: frozenset[str]  # clean ones
    country: str = ""
    zone: str = ""
    away: bool = False


def reviewers(smes: Iterable[Sme], area: str, case: Case, *, but: Collection[PersonId]) -> list[Sme]:
    """Those of the area, best first; `but`: nobody reviews their own.

    Who is there goes before who is away, then the customer's own country, then its part of the world.
    """
    of_area = [one for one in smes if clean_area(area) in one.areas and one.person not in but]
    part = zone_of_customer(case).partition("/")[0]

    def place(sme: Sme) -> tuple[bool, bool, bool, str]:
        home = bool(case.country) and sme.country.upper() == case.country.upper()
        near = bool(part) and sme.zone.partition("/")[0] == part
        return sme.away, not home, not near, sme.name

    return sorted(of_area, key=place)


def is_own(person: PersonId, *, drafted_by: PersonId, asked_by: PersonId, owner: PersonId) -> bool:
    """Whether they would approve their own: who drafted the incident, asked for the review, or owns the case."""
    return bool(person) and person in (drafted_by, asked_by, owner)
