"""What many did for a case: swarms and incidents."""

from playbook.model.base import Value


class SwarmBegan(Value, frozen=True, kw_only=True, tag="swarm_began"):
    """Many were asked for help (SWARM-01), or one colleague was."""

    swarm_id: str
    question: str
    colleague: str = ""  # a name: asked one to one


class SwarmFound(Value, frozen=True, kw_only=True, tag="swarm_found"):
    """A finding of a swarm: it goes to the case at once."""

    swarm_id: str
    text: str


class SwarmEnded(Value, frozen=True, kw_only=True, tag="swarm_ended"):
    """SWARM-04: what came of it, and who helped."""

    swarm_id: str
    outcome: str
    finding: str = ""
    helped: tuple[str, ...] = ()  # names


class IcmOpened(Value, frozen=True, kw_only=True, tag="icm_opened"):
    """ICM-02, ICM-04: an incident with the product group, by its number; `route` as `IcmRoute` names it."""

    number: str
    route: str
    why: str = ""


class IcmRefused(Value, frozen=True, kw_only=True, tag="icm_refused"):
    """ICM-03: no incident, and why."""

    why: str


class IcmEnded(Value, frozen=True, kw_only=True, tag="icm_ended"):
    number: str
    text: str = ""


class CsatFlagged(Value, frozen=True, kw_only=True, tag="csat_flagged"):
    """ICM-06: asked to be handled as CSAT-impacting, approved, or refused, by whom the entry says."""

    step: str  # "asked", "approved", "refused", "mailed", "looped_in"
    text: str = ""


class PgInMails(Value, frozen=True, kw_only=True, tag="pg_in_mails"):
    """ICM-05: whether the product group may be put into the customer's mails, on which ground, by whose word."""

    allowed: bool
    ground: str  # an id of playbook.icm.PG_GROUNDS; "" where there is none
    text: str = ""


HelpFact = SwarmBegan | SwarmFound | SwarmEnded | IcmOpened | IcmRefused | IcmEnded | CsatFlagged | PgInMails
