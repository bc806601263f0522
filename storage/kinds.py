"""Every kind of document, with what may be asked of it. Nothing else can be asked, on any backend.

An index `("owner", "stage", "touched_at")` serves: equality (`=`, `in`) on its leading fields, then a
range (`<`, `>=`) or an order on the field after them. `search` reads texts by their paths: `fact.text` is the
text of an entry's fact, where that kind of fact has one; `contacts.name` the name of each contact. A file
whose kinds were declared otherwise is indexed anew when it is opened. To keep something new, add its line here.
"""

from typing import NamedTuple

from playbook.model import (
    Case,
    Draft,
    DraftVersion,
    Entry,
    FollowUp,
    Icm,
    Scope,
    Swarm,
    SwarmFinding,
    SwarmMember,
    Value,
)
from storage.records import Arrival, Delivery, Flow, Offer, Place, Profile, Setting, Shown


class Kind(NamedTuple):
    name: str
    type: type[Value]
    indexes: tuple[tuple[str, ...], ...] = ()
    unique: tuple[str, ...] = ()  # fields whose value no two documents share
    search: tuple[str, ...] = ()  # paths of the texts that `search` reads


KINDS: tuple[Kind, ...] = (
    Kind(
        "case",
        Case,
        indexes=(
            ("number",),
            ("owner", "stage", "touched_at"),
            ("owner", "waiting_on", "stage", "touched_at"),
            ("owner", "touched_at"),
            ("stage", "touched_at"),
            ("waiting_on", "stage", "touched_at"),
            ("touched_at",),
            # the board: what is not filtered is asked for with all its values; by goal, then those without one
            ("severity", "waiting_on", "stage", "touched_at"),
            ("owner", "severity", "waiting_on", "stage", "touched_at"),
            ("severity", "waiting_on", "stage", "fqr_due_at", "touched_at"),
            ("owner", "severity", "waiting_on", "stage", "fqr_due_at", "touched_at"),
        ),
        unique=("number",),
        search=(
            "number",
            "title",
            "internal_title",
            "product",
            "symptom",
            "cause",
            "resolution",
            "more_information",
            "contacts.name",
            "contacts.email",
            "company",
            "tenant",
        ),
    ),
    Kind(
        "entry",
        Entry,
        indexes=(("case_id", "happened_at"),),
        search=(
            "fact.text",
            "fact.subject",
            "fact.reason",
            "fact.by",
            "fact.with_person",
            "fact.name",
            "fact.number",
            "fact.ticket",
            "fact.vendor",
            "fact.reasons",
            "next_step",
        ),
    ),
    Kind(
        "followup",
        FollowUp,
        indexes=(
            ("person", "state", "due_at"),
            ("person", "kind", "state", "due_at"),
            ("case_id", "state", "due_at"),
            ("state", "due_at"),
        ),
    ),
    Kind("draft", Draft, search=("subject", "text")),
    Kind("scope", Scope, indexes=(("case_id", "revision"),)),
    Kind(
        "swarm",
        Swarm,
        indexes=(("case_id", "opened_at"), ("state", "opened_at")),
        search=("question", "finding", "tried", "area"),
    ),
    Kind("swarm_member", SwarmMember, indexes=(("swarm_id", "at"), ("person", "state", "at"))),
    Kind("swarm_finding", SwarmFinding, indexes=(("swarm_id", "at"),)),
    Kind("icm", Icm, indexes=(("case_id", "opened_at"), ("number",))),
    Kind("draft_version", DraftVersion, indexes=(("draft_id", "saved_at"),)),
    Kind("flow", Flow, indexes=(("person", "state", "touched_at"), ("state", "touched_at"))),
    Kind("shown", Shown, indexes=(("of",), ("place_id", "activity_id"), ("due_at",))),
    Kind("place", Place),
    Kind("profile", Profile, indexes=(("seen_at",),)),
    Kind(
        "delivery", Delivery, indexes=(("state", "next_at"), ("person", "state"), ("place_id", "next_at"), ("next_at",))
    ),
    Kind("arrival", Arrival, indexes=(("taken_by", "place_id", "arrived_at"),)),
    Kind("offer", Offer),
    Kind("setting", Setting),
)

BY_TYPE: dict[type[Value], Kind] = {kind.type: kind for kind in KINDS}
BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}
