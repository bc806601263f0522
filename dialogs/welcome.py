"""The first words, and the answers to words that name no command."""

from cards.elements import Ref
from cards.notice import notice_card, suggest_card
from cards.welcome import welcome_card
from dialogs import free_text
from dialogs.case_ways import WAYS
from dialogs.parse import suggestions
from dialogs.records import BY_NAME
from dialogs.turn import Command, Event, Outcome, Reply, Text, Turn
from playbook.rights import allowed
from storage.records import PlaceKind

GREETINGS = frozenset({"", "hello", "hello there", "hi", "hi there", "hey", "good morning", "good afternoon", "start"})


def meet(turn: Turn, event: Event, *, known: bool) -> Outcome:
    """A greeting that says what to type; nothing where it was said before (`known`), or when the bot was removed.

    Channels tell of one installation twice, and of everybody who joins a channel.
    """
    if event.kind == "removed" or known:
        return Outcome()
    return _welcome(turn)


def _welcome(turn: Turn) -> Outcome:
    first = turn.actor.name.split(" ")[0] if turn.place.kind is PlaceKind.PERSONAL else ""
    return Outcome(reply=Reply(card=welcome_card(first)))


def unknown(said: Command, names: frozenset[str]) -> Outcome:
    """The nearest commands, to be clicked or typed; none is run by itself.

    A word that is said behind a case's number (`/escalate`) goes first: it is meant for the current one.
    """
    behind = [f"/case {said.name}"] if said.name in WAYS or said.name in BY_NAME else []
    near = behind + [f"/{name}" for name in suggestions(said.name, names)]
    return Outcome(reply=Reply(card=suggest_card(f"/{said.name}", near, Ref("say", "", 0))))


async def unclear(turn: Turn, said: Text, names: frozenset[str]) -> Outcome:
    """Free text: the welcome for a greeting or a bare mention, a suggestion for what is nearly a command.

    In one's own chat it may be something about the current case, which is offered.
    """
    words = said.text.split()
    if " ".join(words).casefold().strip(" .!,?") in GREETINGS:
        return _welcome(turn)
    near = suggestions(words[0], names) if words and len(words) <= 4 else []
    if near:
        return Outcome(reply=Reply(card=suggest_card(words[0], [f"/{n}" for n in near], Ref("say", "", 0))))
    if turn.place.kind is PlaceKind.PERSONAL and words and allowed("case.record", turn.actor.roles):
        offer = await free_text.offered(turn, said.text)
        if offer is not None:
            return offer
    text = "I understand commands: /help lists them. To write into a case's timeline, type /note and your text."
    return Outcome(reply=Reply(card=notice_card(text)))
