"""Which SME reviews a CSAT-impacting incident (ICM-06): of its area and the customer's region, and nobody their own."""

from collections.abc import Mapping

from dialogs.followups import is_away
from dialogs.turn import Turn
from playbook.model import Case, Icm
from playbook.reviewers import Sme, reviewers
from playbook.swarming import clean_area
from storage.records import Profile

OWN = "Nobody approves their own: another SME of the area has to review it."


async def smes(turn: Turn) -> list[Sme]:
    """The team's SMEs, with the areas of the team file and of their own `/me`; whom the bot never met counts as away."""
    found = []
    for one in turn.team.people.values():
        if "sme" not in one.roles:
            continue
        profile = await turn.read.get(Profile, one.id)
        known = profile.value if profile else None
        areas = (*one.areas, *(known.areas if known else ()))
        found.append(
            Sme(
                one.id,
                one.name,
                frozenset(map(clean_area, areas)),
                one.country or turn.team.country,
                turn.team.zone_of(one.id),
                known is None or is_away(known, turn.now),
            )
        )
    return found


async def reviewer_of(turn: Turn, case: Case, icm: Icm, values: Mapping[str, str]) -> tuple[Sme | None, dict[str, str]]:
    """Who is asked; or what is wrong, by field."""
    everybody = await smes(turn)
    own = {turn.actor.id, icm.by, case.owner}
    found = reviewers(everybody, values["area"], case, but=own)
    wanted = values.get("reviewer", "").strip().lstrip("@").casefold()
    if wanted:
        return _named(turn, everybody, wanted, own)
    if not found:
        covered = sorted({area for one in everybody if one.person not in own for area in one.areas if area})
        others = f" There are SMEs of: {', '.join(covered[:8])}." if covered else ""
        return None, {"area": f"No SME of the team, besides you, covers “{values['area'][:40]}”.{others}"}
    for one in found:
        if await _reachable(turn, one):
            return one, {}
    return None, {"area": f"I can't write to {found[0].name} yet: ask them to say hello to me once."}


def _named(turn: Turn, everybody: list[Sme], wanted: str, own: set[str]) -> tuple[Sme | None, dict[str, str]]:
    sme = next((one for one in everybody if one.name.casefold() == wanted), None)
    if sme is not None and sme.person in own:
        return None, {"reviewer": OWN}
    if sme is not None:
        return sme, {}
    known = next((one for one in turn.team.people.values() if one.name.casefold() == wanted), None)
    who = f"{known.name} is no SME." if known else "Nobody of the team is called that."
    return None, {"reviewer": f"{who} SMEs are: {', '.join(sorted(one.name for one in everybody)) or 'none yet'}."}


async def _reachable(turn: Turn, sme: Sme) -> bool:
    profile = await turn.read.get(Profile, sme.person)
    return profile is not None and bool(profile.value.own_place or profile.value.met_in)
