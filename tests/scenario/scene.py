"""The whole bot on loopback: real parts, a real store in a folder, a clock that tests move, one fake channel.

    async def test_x(scene: Scene) -> None:
        ada = scene.chat("Ada Lovelace")
        form = await scene.say(ada, "/lqr 2611220030001234 standard-closure")
        draft = await scene.press(ada, form, "Draft", symptom="…", resolution="…")

Nothing sleeps: `say` and `press` return once all that the bot wanted to send has been tried. What is due
later goes out by `look`, after the clock was moved.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import aiohttp

from playbook.model import Case, Draft, Entry, Fact, FollowUp, FollowUpKind, FollowUpState, Value
from storage.records import Delivery, Flow, Shown
from tests.fakes import activities, cards
from tests.fakes.channel import Chat, Heard, Sent
from tests.scenario.running import INTAKE_SECRET, MAILS, MONDAY, Running

__all__ = ["CHANNELS", "INTAKE_SECRET", "KENJI", "MAILS", "MONDAY", "NUMBER", "SOLVED", "Scene", "inputs", "one"]

NUMBER = "2611220030001234"
CHANNELS = ("msteams", "emulator", "webchat", "directline")

# What an engineer types into the closing form; the rules find nothing in the mail made of it.
SOLVED = {
    "symptom": "From 09:10 on 20 November, SSH connections to both build servers timed out.",
    "cause": "A network security rule added on 19 November blocked port 22 from the office range.",
    "resolution": "On 20 November the rule was removed. Connections from both offices work again.",
    "confirmed_by": "Kenji Tanaka",
}
KENJI = {"customer_name": "Kenji Tanaka", "customer_email": "kenji@example.com"}

T = TypeVar("T", bound=Value)
F = TypeVar("F")


class Scene(Running):
    """The bot as people use it: what they say and click, what comes of it, and what is kept."""

    # ---- people -------------------------------------------------------------------------------------

    def chat(self, name: str = "Ada Lovelace") -> Chat:
        return self.channel.own_chat(self.channel.person(name))

    async def deliver(self, activity: activities.Activity) -> Heard:
        """An activity of the channel's, with all that the bot makes of it."""
        heard = await self.channel.deliver(activity)
        await self.settled()
        return heard

    async def say(self, chat: Chat, text: str, by: str = "") -> Sent:
        """Somebody types it; returns the last post there, which must be a new one."""
        before = len(chat.sent)
        heard = await chat.say(text, by=self.channel.person(by) if by else None)
        assert heard.status == 200, heard
        await self.settled()
        assert len(chat.sent) > before, f"no answer to {text!r}; so far:\n{self.channel.transcript()}"
        return chat.sent[-1]

    async def heard(
        self, chat: Chat, sent: Sent, title: str, /, *, by: str = "", forge: object = False, **typed: str
    ) -> Heard:
        """Somebody clicks; returns the HTTP answer once everything is sent."""
        heard = await chat.click(sent, title, by=by, forge=forge, **typed)
        assert heard.status == 200, heard
        await self.settled()
        return heard

    async def press(
        self, chat: Chat, sent: Sent, title: str, /, *, by: str = "", forge: object = False, **typed: str
    ) -> Sent:
        """Somebody clicks a card that goes on in its place; returns it as it is now.

        On Teams the answer in the invoke's body must be that very card.
        """
        posts, versions = len(chat.sent), len(sent.versions)
        heard = await self.heard(chat, sent, title, by=by, forge=forge, **typed)
        assert len(sent.versions) > versions, f"{title!r} edited nothing; so far:\n{self.channel.transcript()}"
        assert len(chat.sent) == posts, f"{title!r} posted, too:\n{self.channel.transcript()}"
        if self.channel.channel_id == "msteams":
            assert heard.card == sent.card
        return sent

    async def opens(self, chat: Chat, sent: Sent, title: str, /, *, by: str = "", **typed: str) -> Sent:
        """Somebody clicks for something new: it is posted, once, and the clicked card stays itself."""
        posts, versions = len(chat.sent), len(sent.versions)
        heard = await self.heard(chat, sent, title, by=by, **typed)
        assert len(chat.sent) == posts + 1, f"{title!r} should post one thing:\n{self.channel.transcript()}"
        if self.channel.channel_id == "msteams" and "value" in heard.body and isinstance(heard.body["value"], dict):
            assert heard.card == sent.versions[-1]["attachments"][0]["content"]
        assert len(sent.versions) - versions <= 1
        return chat.sent[-1]

    # ---- time passes --------------------------------------------------------------------------------

    async def comes(self, chat: Chat, **later: float) -> list[Sent]:
        """What comes into this chat meanwhile."""
        posts = len(chat.sent)
        await self.look(**later)
        return chat.sent[posts:]

    async def only(self, chat: Chat, **later: float) -> Sent:
        """The one thing that comes meanwhile: into this chat, and nothing for anybody else."""
        posts = len(self.channel.sent)
        await self.look(**later)
        (sent,) = self.channel.sent[posts:]
        assert sent.conversation == chat.where.id, self.channel.transcript()
        return sent

    async def quiet(self, **later: float) -> None:
        """Nothing comes meanwhile, for nobody."""
        posts = len(self.channel.sent)
        await self.look(**later)
        assert self.channel.sent[posts:] == [], self.channel.transcript()

    # ---- what is kept -------------------------------------------------------------------------------

    async def all(self, kind: type[T]) -> list[T]:
        page = await self.store.find(kind, limit=10_000)
        return [row.value for row in page.items]

    async def case(self, number: str = NUMBER) -> Case:
        cases = [case for case in await self.all(Case) if case.number == number]
        assert len(cases) == 1, f"{len(cases)} cases {number}"
        return cases[0]

    async def facts(self, number: str = NUMBER) -> list[Fact]:
        """What the case's timeline holds, in the order it happened."""
        return [entry.fact for entry in await self.entries(number)]

    async def entries(self, number: str = NUMBER) -> list[Entry]:
        case = await self.case(number)
        mine = [entry for entry in await self.all(Entry) if entry.case_id == case.id]
        return sorted(mine, key=lambda entry: (entry.happened_at, entry.recorded_at, entry.id))

    async def waiting(self, kind: FollowUpKind | None = None) -> list[FollowUp]:
        """The follow-ups (of this kind) that are still to come, the next one first."""
        found = [one for one in await self.all(FollowUp) if one.state is FollowUpState.WAITING]
        return sorted((one for one in found if kind in (None, one.kind)), key=lambda one: one.due_at)

    async def counted(self) -> dict[str, int]:
        """How many of each kind of document there are."""
        kinds: Sequence[type[Value]] = (Case, Entry, Draft, Flow, Shown, Delivery)
        return {kind.__name__: await self.store.count(kind) for kind in kinds}

    # ---- pages --------------------------------------------------------------------------------------

    async def fetch(self, url: str) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers of a page, as a browser gets it."""
        async with aiohttp.ClientSession() as http, http.get(url) as response:
            return response.status, await response.text(), dict(response.headers)

    # ---- shorter ways -------------------------------------------------------------------------------

    async def registered(self, chat: Chat, number: str = NUMBER, **facts: str) -> Sent:
        """A case that the chat's owner registered; returns the case's card."""
        form = await self.say(chat, f"/case new {number}")
        return await self.opens(chat, form, "Register", **({"title": "SSH times out"} | KENJI | facts))

    async def edited(self, chat: Chat, number: str = NUMBER, **facts: str) -> Sent:
        """Facts of the case that somebody changes on its form; returns the form, saved."""
        form = await self.say(chat, f"/case {number} edit")
        return await self.press(chat, form, "Save", **facts)

    async def recorded(self, chat: Chat, what: str, number: str = NUMBER, **typed: str) -> Sent:
        """Something that happened, by `/case … <what>`; returns the record's own card, once it is recorded."""
        form = await self.say(chat, f"/case {number} {what}")
        return await self.press(chat, form, "Record", **typed)

    async def drafted_for(self, chat: Chat, number: str = NUMBER) -> Sent:
        """A closing mail's card, for a case that is registered."""
        form = await self.say(chat, f"/lqr {number} standard-closure")
        return await self.press(chat, form, "Draft", **SOLVED)

    async def drafted(self, chat: Chat, number: str = NUMBER, **typed: str) -> Sent:
        """A closing mail's card, for a case not registered before."""
        form = await self.say(chat, f"/lqr {number} standard-closure")
        return await self.press(chat, form, "Draft", **(KENJI | SOLVED | typed))

    async def offered(self, giver: Chat, taker: Chat, number: str = NUMBER, **typed: str) -> Sent:
        """The card in the taker's own chat of a case that the giver hands over."""
        form = await self.say(giver, f"/case {number} handover")
        await self.press(giver, form, "Offer", to_person=taker.owner.name, **typed)
        if "Offer anyway" in form.titles:  # the second transfer before first contact (FQR-05)
            await self.press(giver, form, "Offer anyway")
        await self.look()
        return next(sent for sent in reversed(taker.sent) if "Take it" in sent.titles)

    async def handed_over(self, giver: Chat, taker: Chat, number: str = NUMBER, **typed: str) -> Sent:
        """The same, taken."""
        return await self.press(taker, await self.offered(giver, taker, number, **typed), "Take it")


def inputs(sent: Sent) -> dict[str, str]:
    """What a card's inputs hold."""
    return {id: str(element.get("value", "")) for id, element in cards.inputs(sent.card).items()}


def one(things: Sequence[F], that: Callable[[F], bool] = lambda _: True) -> F:
    found = [thing for thing in things if that(thing)]
    assert len(found) == 1, f"{len(found)} instead of one: {found}"
    return found[0]
