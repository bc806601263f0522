"""What the bot keeps for itself: where people are, what is on show, what goes out later, open flows."""

from datetime import datetime
from enum import StrEnum

from playbook.model import PersonId, Value


class PlaceKind(StrEnum):
    PERSONAL = "personal"
    CHANNEL = "channel"
    GROUP = "group"


class Place(Value, frozen=True, kw_only=True):
    """A conversation that the bot has heard of. Id: `<channel>|<conversation id>`, without a thread part."""

    id: str
    channel: str  # "msteams", "webchat", "directline", "emulator"
    conversation: str
    service_url: str
    bot_id: str
    tenant: str = ""
    kind: PlaceKind = PlaceKind.PERSONAL
    name: str = ""
    person: PersonId = ""  # whose own chat it is, when personal
    heard_at: datetime
    suspended_at: datetime | None = None  # the channel refused us here; until it is heard of again


class FlowState(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Flow(Value, frozen=True, kw_only=True):
    """An engineer's way through a form or a mail. Steps have names, so that new code finds its place."""

    id: str
    name: str  # the flow's name in dialogs.flows.FLOWS
    step: str
    person: PersonId
    place_id: str
    case_id: str = ""
    draft_id: str = ""
    values: dict[str, str] = {}  # what was typed, by field id: kept also when it was wrong
    errors: dict[str, str] = {}  # by field id; "" is the line at the top
    note: str = ""  # what the card's last line says
    state: FlowState = FlowState.OPEN
    started_at: datetime
    touched_at: datetime


class Shown(Value, frozen=True, kw_only=True):
    """A card on show: where, of what, and as of which version. `due_at` asks the worker for an edit."""

    id: str
    place_id: str
    thread: str = ""  # the channel thread's conversation id, where it has one
    activity_id: str = ""  # empty: not posted yet
    of: str  # "flow/<id>", "case/<id>"
    rev: int = 0  # the version of `of` that is on show
    due_at: datetime | None = None
    tries: int = 0


class DeliveryState(StrEnum):
    WAITING = "waiting"
    UNDELIVERED = "undelivered"


class Delivery(Value, frozen=True, kw_only=True):
    """Something that goes out later or elsewhere. `next_at`: due, or the lease's end while leased."""

    id: str
    kind: str  # a key of dialogs' tuple of builders
    place_id: str
    person: PersonId = ""  # whom it is for: an undelivered one is shown to them
    of: str = ""  # what it speaks of: "case/<id>"
    values: dict[str, str] = {}
    created_at: datetime
    next_at: datetime | None  # None: not to be sent any more
    due_at: datetime | None = None  # when it was claimed first: what it was due at, however long it had to wait since
    lease: str = ""  # the claim's token
    tries: int = 0
    failed_at: datetime | None = None  # the first time that it could not be sent
    perhaps: bool = False  # one of the tries may have arrived
    why: str = ""  # of the last failure
    state: DeliveryState = DeliveryState.WAITING


class Arrival(Value, frozen=True, kw_only=True):
    """A case that came in from outside and was nobody's: its card for all stands in the team's channel. Id: the case's."""

    id: str
    place_id: str = ""  # the channel that it was sent to; empty: there was none yet
    arrived_at: datetime
    taken_by: PersonId = ""
    taker: str = ""  # their name
    taken_at: datetime | None = None


class OfferState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # also: another offer took its place


class Offer(Value, frozen=True, kw_only=True):
    """A handover that waits to be taken: its card stands in the receiver's own chat."""

    id: str
    case_id: str
    flow_id: str  # of the form that it was made with, whose card tells what became of it
    by: PersonId  # the owner, or who hands over for them
    from_person: PersonId  # whose the case is meanwhile
    to_person: PersonId
    text: str = ""  # what they need to know
    next_step: str = ""
    next_step_at: datetime | None = None
    made_at: datetime
    state: OfferState = OfferState.OPEN
    note: str = ""  # "Taken by Bo Okafor, 10:50 GMT"
    why: str = ""  # of a decline
    error: str = ""  # beside what was typed wrong on the card
    draft_flows: tuple[str, ...] = ()  # flows of the drafts that came along


class Profile(Value, frozen=True, kw_only=True):
    """What a person told the bot or the channel told of them. Id: the person's id."""

    id: PersonId
    name: str = ""
    own_place: str = ""  # their own chat
    current_case: str = ""
    address: str = ""  # the channel's own id of them: for mentions and new chats, never a key
    met_in: str = ""  # a place id on the channel where they were met last: a new chat is opened like it
    zone: str = ""  # as the channel last said; the team file's goes first
    away_from: datetime | None = None
    away_until: datetime | None = None  # the instant at which they are back
    cover: PersonId = ""  # gets their pings, chases and digest meanwhile
    digest: str = "daily"  # "daily", "weekly" or "off"
    areas: tuple[str, ...] = ()  # what they say they know, besides the team file's
    seen_at: datetime


class Setting(Value, frozen=True, kw_only=True):
    """A value the bot itself remembers, such as the team's channel. Id: its name."""

    id: str
    value: str
