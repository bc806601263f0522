"""Puts the bot's parts together: who gets what is said here, and nowhere else."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from typing import NamedTuple

from aiohttp import ClientSession, web

from bot.adapter import Adapter
from bot.auth import KEYS_URL, ChannelAuthentication, LocalAuthentication
from bot.connector import Connector, Token, open_session
from bot.credentials import AccessToken, Credentials
from bot.deliveries import Deliveries
from bot.drafts_page import DraftView, make_routes
from bot.host import Health, make_app
from bot.intake import make_intake
from bot.links import Links
from bot.local_chat.mount import add_local_chat
from bot.metrics import Metrics
from bot.posting import Posting, at_once
from bot.rates import Rates
from bot.scheduler import Bell
from bot.sdk_connector import PooledConnectorFactory
from bot.service_urls import service_url_check
from bot.settings import Settings, StartRefused
from bot.shown import Shows
from bot.signing_keys import SigningKeys, fetch_json_over
from bot.turns import Turns, World
from dialogs import shift_end
from dialogs.arrivals import bring_waiting
from dialogs.commands import NAMES
from dialogs.delivery_kinds import BY_NAME
from dialogs.digest import ensure as ensure_digests
from dialogs.flow import Card, Sight
from dialogs.known import Known
from dialogs.mail_page import mail_page
from dialogs.parse import parse
from dialogs.rate import Rate
from dialogs.router import Router, card_for
from dialogs.swarm_ladder import refresh_open
from dialogs.sweep import sweep_flows
from playbook.guide import Guide
from playbook.mails import Mails
from playbook.model import FollowUp
from playbook.team import Team
from storage.base import Store, Versioned, Where
from storage.records import Delivery, DeliveryState, Flow, Profile, Shown

Clock = Callable[[], datetime]


class Bot(NamedTuple):
    """A bot that is put together: its application, and what tests reach into."""

    app: web.Application
    turns: Turns
    shows: Shows
    deliveries: Deliveries
    bell: Bell
    metrics: Metrics

    def start(self) -> None:
        """From now on the bell rings; call it when requests are taken, for in local mode the channel is ourselves."""
        self.bell.start(self.deliveries.run, [self.shows.run_due], self.deliveries.next_due, self.tidy)

    async def tidy(self) -> None:
        """What is done each night, and at a start: clears away what was left, makes the digests that are missing,
        and the askings for a handover, brings the team's channel what came in before there was one, and looks at the
        cards that many act on."""
        world = self.turns.world
        await sweep_flows(world.store, world.now())
        await refresh_open(world.store, world.now())
        brought = await bring_waiting(world.store, world.team, world.now())
        sight = Sight(world.store, world.team, world.mails, world.now(), world.team.zone)
        asked = await shift_end.ensure(world.store, sight)
        if await ensure_digests(world.store, world.team, world.now()) or brought or asked:
            self.bell.ring()

    async def look(self) -> None:
        """Brings whatever is due, and returns when all of it has been tried."""
        await self.deliveries.run()
        await self.shows.run_due()
        await self.settled()

    async def settled(self) -> None:
        """Returns when all that is on its way has been tried."""
        await self.turns.settled()
        await self.deliveries.settled()
        await self.shows.settled()


class Views(NamedTuple):
    """Today's state as cards and pages, for whoever has no turn at hand."""

    store: Store
    team: Team
    mails: Mails
    now: Clock
    guide: Guide

    def sight(self, zone: str) -> Sight:
        return Sight(self.store, self.team, self.mails, self.now(), zone, self.guide)

    async def shown(self, shown: Shown) -> tuple[Card | None, int]:
        """The card of a thing that belongs to somebody in their zone, any other in the team's."""
        kind, _, id = shown.of.partition("/")
        whose: Versioned[Flow] | Versioned[FollowUp] | None = None
        if kind in ("flow", "followup"):
            whose = await self.store.get(Flow, id) if kind == "flow" else await self.store.get(FollowUp, id)
        zone = await self._zone(whose.value.person) if whose else self.team.zone
        return await card_for(self.sight(zone), shown.of)

    async def of_person(self, person: str) -> Sight:
        """What there is to see, in the person's zone."""
        return self.sight(await self._zone(person))

    async def mail(self, draft_id: str) -> DraftView | None:
        found = await mail_page(self.sight(self.team.zone), draft_id)
        if found is None:
            return None
        draft = found.draft
        return DraftView(
            case_number=found.case.number,
            title=found.title,
            to=draft.to,
            cc=draft.cc,
            subject=draft.subject,
            text=draft.text,
            saved_at=draft.touched_at,
            zone=await self._zone(draft.by),
            holds=found.holds,
            sent_at=draft.sent_at,
        )

    async def _zone(self, person: str) -> str:
        named = self.team.person(person)
        if named is not None and named.zone:
            return named.zone
        profile = await self.store.get(Profile, person) if person else None
        return (profile.value.zone if profile else "") or self.team.zone


async def assemble(
    settings: Settings,
    store: Store,
    team: Team,
    mails: Mails,
    guide: Guide,
    stack: AsyncExitStack,
    *,
    now: Clock,
    keys_url: str = KEYS_URL,
) -> Bot:
    """The bot, in the running loop. What has to be closed is put on `stack`. `keys_url` is for tests."""
    metrics = Metrics()
    http = await stack.enter_async_context(open_session())
    links = _links(settings)
    views = Views(store, team, mails, now, guide)

    def link(draft_id: str) -> str:
        return links.sign(draft_id, now())

    connector, authentication = _seam(settings, http, stack, metrics, keys_url)
    known = Known()
    rates = Rates(settings.send_rate) if settings.send_rate else None
    posting = Posting(store, connector, link, now, known.forget_place, rates.first if rates else at_once)
    shows = Shows(store, posting, views.shown, now)
    bell = Bell(now)
    deliveries = Deliveries(
        store,
        Posting(store, connector, link, now, known.forget_place),  # these have waited for their turn
        BY_NAME,
        views.of_person,
        now,
        rates=rates,
        wake=bell.at,
        count=metrics.delivered,
        alarm=metrics.credentials,
    )
    world = World(store, team, mails, settings.local, now, guide)
    turns = Turns(world, Router(store, known, Rate()), posting, shows, bell.ring)
    adapter = Adapter(authentication, turns, parse=partial(parse, names=NAMES), metrics=metrics, now=now)

    async def ready() -> str:
        await store.next_due()
        return ""

    async def alive(app: web.Application) -> AsyncIterator[None]:
        yield
        await deliveries.close()
        await bell.stop()
        await bot.settled()

    app = make_app(
        settings,
        adapter,
        metrics=metrics,
        health=_health(store, deliveries, shows),
        ready=ready,
        routes=[*make_routes(links, views.mail, now), *_intake(settings, store, team, now, bell.ring)],
        lifetimes=[alive],
    )
    if settings.local:
        add_local_chat(app, port=settings.port, data_dir=settings.data_dir)
    bot = Bot(app, turns, shows, deliveries, bell, metrics)
    return bot


def _health(store: Store, deliveries: Deliveries, shows: Shows) -> Health:
    async def health() -> dict[str, object]:
        since = deliveries.refused_since
        return {
            "deliveries": await store.count(Delivery, [Where("state", "=", DeliveryState.WAITING)]),
            "undelivered": await store.count(Delivery, [Where("state", "=", DeliveryState.UNDELIVERED)]),
            "cards_due": await shows.count_due(),
            "credentials": f"refused by the channel since {since.isoformat()}" if since else "ok",
        }

    return health


def _intake(settings: Settings, store: Store, team: Team, now: Clock, ring: Callable[[], None]) -> list[web.RouteDef]:
    try:
        return make_intake(settings.intake_secret, store, team, now, ring)
    except ValueError as problem:
        raise StartRefused(str(problem)) from None


def _links(settings: Settings) -> Links:
    url = settings.public_url or f"http://localhost:{settings.port}"
    try:
        return Links(settings.link_secret, url) if settings.link_secret else Links.with_new_secret(url)
    except ValueError as problem:
        raise StartRefused(str(problem)) from None


def _seam(
    settings: Settings, http: ClientSession, stack: AsyncExitStack, metrics: Metrics, keys_url: str
) -> tuple[Connector, ChannelAuthentication | LocalAuthentication]:
    """The way out to the channel and the check on the way in."""
    allows = service_url_check(settings)
    if settings.local:
        connector = Connector(http, allows=allows, count=metrics.sent)
        return connector, LocalAuthentication(allows, PooledConnectorFactory(connector))
    credentials = Credentials(settings)
    token = AccessToken(credentials, settings.app_id)
    stack.callback(token.close)
    way_out: Token = token
    connector = Connector(http, allows=allows, token=way_out, count=metrics.sent)
    keys = SigningKeys(keys_url, fetch_json_over(http))
    sdk = PooledConnectorFactory(connector)
    return connector, ChannelAuthentication(settings, keys, allows, sdk, credentials=credentials)
