"""How the model's words read to people. Also the titles of choices in forms."""

from collections.abc import Mapping

from playbook.model import (
    AnswerKind,
    AskedFor,
    AttemptChannel,
    AttemptOutcome,
    ContactRole,
    LinkKind,
    Plan,
    Sentiment,
    Stage,
    WaitingOn,
)

PLANS: Mapping[Plan, str] = {
    Plan.PREMIER_UNIFIED: "Premier/Unified",
    Plan.ASFP: "Advanced Support for Partners",
    Plan.BROAD_COMMERCIAL: "Broad commercial",
}

STAGES: Mapping[Stage, str] = {
    Stage.VALIDATION: "Validation",
    Stage.INVESTIGATION: "Investigation",
    Stage.ESCALATION: "Escalation",
    Stage.RESOLUTION: "Resolution",
    Stage.CLOSED: "Closed",
    Stage.REOPENED: "Reopened",
}

WAITING: Mapping[WaitingOn, str] = {
    WaitingOn.US: "us",
    WaitingOn.CUSTOMER: "the customer",
    WaitingOn.VENDOR: "the vendor",
}

SENTIMENTS: Mapping[Sentiment, str] = {
    Sentiment.UNKNOWN: "Unknown",
    Sentiment.CONTENT: "Content",
    Sentiment.NEUTRAL: "Neutral",
    Sentiment.UNHAPPY: "Unhappy",
}

CONTACT_ROLES: Mapping[ContactRole, str] = {
    ContactRole.MAIN: "main contact",
    ContactRole.TECHNICAL: "technical contact",
    ContactRole.ACCEPTS: "may accept and close",
    ContactRole.CC: "kept in copy",
    ContactRole.ACCOUNT_MANAGER: "account manager",
}

CHANNELS: Mapping[AttemptChannel, str] = {
    AttemptChannel.MAIL: "by mail",
    AttemptChannel.PHONE: "by phone",
    AttemptChannel.CHAT: "by chat",
    AttemptChannel.MEETING: "in a meeting",
}

OUTCOMES: Mapping[AttemptOutcome, str] = {
    AttemptOutcome.SENT: "sent",
    AttemptOutcome.REACHED: "reached",
    AttemptOutcome.VOICEMAIL: "left a voicemail",
    AttemptOutcome.NO_ANSWER: "no answer",
    AttemptOutcome.WRONG_NUMBER: "wrong number",
}

ANSWERS: Mapping[AnswerKind, str] = {
    AnswerKind.ANSWER: "Customer answered",
    AnswerKind.LATER: "Customer asked for later",
    AnswerKind.ABSENCE: "Absence reply",
    AnswerKind.THANKS: "Customer said thanks",
}

LINKS: Mapping[LinkKind, str] = {
    LinkKind.DUPLICATE_OF: "Duplicate of",
    LinkKind.DUPLICATE: "Has a duplicate:",
    LinkKind.CONTINUED_BY: "Goes on as",
    LinkKind.CONTINUES: "Continues",
    LinkKind.LED_TO: "A new ask went to",
    LinkKind.CAME_FROM: "A new ask of",
}

ASKS: Mapping[AskedFor, str] = {
    AskedFor.INSIDE: "Inside the scope",
    AskedFor.NEW_CASE: "A case of its own",
    AskedFor.OUTSIDE: "Outside the boundary",
}

MAILS: Mapping[str, str] = {  # by kind and name, where the name alone would not tell which mail it is
    "fqr/severity-a": "first response, severity A",
    "scope/agreement": "scope to agree on",
    "scope/inside": "a new ask, inside the scope",
    "scope/new-case": "a new ask, for a new case",
    "scope/outside": "a new ask, outside the scope",
    "lqr/rca-unavailable": "root cause not available",
}
