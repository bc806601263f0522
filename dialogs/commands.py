"""The table of commands. A new one is one line here and its step; /help comes from it."""

from cards.notice import help_card
from dialogs import (
    board,
    call,
    case,
    check,
    find,
    fqr,
    guide,
    icm,
    lqr,
    me,
    my,
    next_up,
    note,
    remind,
    scope,
    swarm,
    validate,
)
from dialogs.flow import CommandDef
from dialogs.turn import Outcome, Reply, Turn


async def _help(turn: Turn, args: str) -> Outcome:
    """`/help [word]`: all commands, or those that hold the word."""
    return Outcome(reply=Reply(card=help_card([(one.usage, one.help) for one in COMMANDS], args.strip("/ "))))


COMMANDS: tuple[CommandDef, ...] = (
    CommandDef("help", "/help [word]", "What you can type", "help", _help),
    CommandDef(
        "next", "/next [number]", "What goes first today, or in one case: what, by when, why", "my.show", next_up.start
    ),
    CommandDef(
        "case",
        "/case [new | list | untaken | import | number] [what happened]",
        "Register, see and change a case; record a note, attempt, answer, confirmation or promise; hand it over; "
        "its contacts and promises",
        "case.show",
        case.start,
    ),
    CommandDef("note", "/note [number] text", "Write a line into a case's timeline", "case.record", note.start, False),
    CommandDef(
        "call",
        "/call [number] [who outcome: what; next: step till when]",
        "Note a call in one line, such as /call Ana reached: it works; next: she watches till Fri 12:00",
        "case.record",
        call.start,
        False,
    ),
    CommandDef(
        "validate",
        "/validate [number]",
        "Check a request: who asks and whether they are entitled, and whether the mandatory information is there",
        "case.record",
        validate.start,
    ),
    CommandDef(
        "fqr",
        "/fqr [number] [mail | urgent | recap]",
        "Write the first response: prepare, personalise, progress; or the recap of a call",
        "draft.write",
        fqr.start,
    ),
    CommandDef(
        "scope",
        "/scope [number] [reactive | advisory | agreed | ask text | revise]",
        "Agree with the customer on what is to be solved; hold a new ask against it",
        "draft.write",
        scope.start,
    ),
    CommandDef(
        "swarm",
        "/swarm [number] [question], /swarm find words",
        "Ask the team for help with a case, or one colleague; look through what earlier swarms found",
        "swarm.ask",
        swarm.start,
    ),
    CommandDef(
        "icm",
        "/icm [number] [new | number | news | ended | csat | mail | loop | pg | edit]",
        "Whether an incident with the product group is right, its text ready to copy, its chase, and CSAT-impacting",
        "icm.open",
        icm.start,
    ),
    CommandDef(
        "lqr",
        "/lqr [number] [scenario | which]",
        "Write, check and mark sent the mail that closes a case",
        "draft.write",
        lqr.start,
    ),
    CommandDef(
        "remind",
        "/remind me|@who|channel [case] when what",
        "Set a reminder, such as /remind me tomorrow 9:00 call back; /remind list shows what is to come",
        "remind.set",
        remind.start,
    ),
    CommandDef(
        "my",
        "/my [first | overdue | today | later | waiting | closings | promises | undelivered]",
        "All that is yours to do, or one part of it; for admins, what did not arrive",
        "my.show",
        my.start,
    ),
    CommandDef(
        "board",
        "/board [mine | nobody's | @who] [stage …] [severity …] [waiting …] [product …] [sla], /board swarms",
        "The team's open cases, filtered and in pages",
        "board.show",
        board.start,
    ),
    CommandDef(
        "me",
        "/me [away 23-27 Nov cover @who | back | digest daily|weekly|off | areas networking, storage]",
        "Be away with somebody who covers, choose your digest, name your areas, see what is known of you",
        "me.show",
        me.start,
        False,
    ),
    CommandDef(
        "find",
        "/find [words]",
        "Look through the team's cases, mails and notes; take a mail's wording for another case",
        "find",
        find.start,
        False,
    ),
    CommandDef(
        "guide",
        "/guide [page | area | words]",
        "How we work: first response, scoping, ICM, workflows by area, our portals and links",
        "guide.show",
        guide.start,
        False,
    ),
    CommandDef(
        "check", "/check [text]", "Read a pasted mail by the rules; nothing is kept", "check", check.start, False
    ),
)

NAMES = frozenset(command.name for command in COMMANDS)
