"""`claimbot run`: wiring only. Polling or a webhook fills the inbox, the worker empties it, the schedule sends and
sweeps."""

import asyncio
import logging
import os
import re
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.error import InvalidToken
from telegram.error import TelegramError as BotApiError
from telegram.ext import Application, ApplicationBuilder
from telegram.request import HTTPXRequest

from bot.conversation import PASTE_PAUSE, Conversation
from bot.jobs import schedule
from bot.polling import Poller
from bot.queues import Queues
from bot.reading.web import Web
from bot.service import Service
from bot.settings import Settings
from bot.telegram.incoming import is_wanted
from bot.telegram.lane import Lane
from bot.telegram.logs import set_up
from bot.telegram.notifying import Notifier
from bot.telegram.pasting import answer_pastes
from bot.telegram.polling import Polling, PollingRequest, certificates
from bot.telegram.profile import introduce
from bot.telegram.receiving import Receiver
from bot.telegram.webhook import Webhook, secrets_of
from bot.telegram.work import AT_ONCE, FAREWELL, Worker
from bot.terminal import now
from bot.warm import warm
from db.engine import open_database
from db.instance import alone

log = logging.getLogger(__name__)
#: seconds that one poll waits for updates, or that go by between two looks at the webhook, unless the watchdog wants to
#: hear sooner
PAUSE = 25
#: seconds that Telegram may take to answer anything else: what is given up early was often delivered
PATIENCE = 30
#: requests to Telegram under way, beside the poll
CONNECTIONS = 256
#: threads: one for each update, and some for the rest
THREADS = AT_ONCE + 8
#: seconds after which a thread that computes lets another one go on: who asks the database little, but often, waits for
#: its turn each time
SWITCH = 0.0005
_TOKEN = re.compile(r"\d{3,}:[\w-]{10,}")
_DEAF = 70  # the exit code of a bot that heard nothing for too long


class TelegramError(Exception):
    """The bot cannot run; the message is one line of cause and cure."""


def run_bot(settings: Settings, url: str) -> None:
    """Run until stopped by a signal. Raises TelegramError or DatabaseError where it cannot start."""
    token = settings.telegram_bot_token.get_secret_value()
    if not token:
        raise TelegramError("TELEGRAM_BOT_TOKEN is missing: get one from @BotFather and put it into .env")
    if not _TOKEN.fullmatch(token):
        raise TelegramError("TELEGRAM_BOT_TOKEN is no bot token (123456:ABC…): copy it again from @BotFather")
    set_up(settings.log_level, token, token.partition(":")[2], *secrets_of(token))
    engine = open_database(url)
    service = Service(engine, settings.admin_ids)
    queues = Queues(engine, timedelta(seconds=settings.gather_seconds), ZoneInfo(settings.timezone))
    sys.setswitchinterval(SWITCH)
    warm()
    with alone(engine), Web(settings.contact) as web:
        queues.take_over(now() + PASTE_PAUSE)
        conversation = Conversation(service, now, ZoneInfo(settings.timezone), settings.trusted_sources, web)
        asyncio.run(_Running(settings, token, conversation, queues).run())


class _Running:
    def __init__(self, settings: Settings, token: str, conversation: Conversation, queues: Queues) -> None:
        self.settings = settings
        self.queues = queues
        self.conversation = replace(conversation, heard=self._silence)
        self.stop = asyncio.Event()
        self.pasting: asyncio.Task[None] | None = None
        self.failure: str | None = None
        self.receiver = Receiver(conversation.service.engine, now, self._received, self._is_wanted)
        polled = PollingRequest(self.receiver)
        self.app: Application = (  # type: ignore[type-arg]
            ApplicationBuilder()
            .token(token)
            .base_url(settings.telegram_api_url)
            .base_file_url(settings.telegram_file_url)
            .get_updates_request(polled)
            .request(
                HTTPXRequest(
                    connection_pool_size=CONNECTIONS,
                    connect_timeout=PATIENCE,
                    read_timeout=PATIENCE,
                    write_timeout=PATIENCE,
                    httpx_kwargs={"verify": certificates()},
                )
            )
            .build()
        )
        self.lane = Lane()
        self.worker = Worker(self.app.bot, self.conversation, queues, settings.admin_ids, self.lane)
        self.way = self._way(polled)
        self.poller = Poller(conversation.service, conversation.web, now)
        self.notifier = Notifier(self.app.bot, queues, now, self.lane, self.worker.reports.tell)

    def _way(self, polled: PollingRequest) -> Polling | Webhook:
        """How updates come in."""
        url, listen = self.settings.webhook_url, self.settings.webhook_listen
        pause = min(PAUSE, self.settings.watchdog_seconds / 3)
        if not url:
            assert self.app.updater is not None
            return Polling(self.app.updater, polled, pause, self._fail)
        return Webhook(
            self.app.bot, self.receiver, url=url, listen=listen, pause=pause, clock=now, fail=self._fail,
            report=self.worker.reports.tell,
        )  # fmt: skip

    def _fail(self, why: str) -> None:
        """End, and say why."""
        self.failure = self.failure or why
        self.stop.set()

    def _silence(self) -> float:
        """Seconds since Telegram was last heard."""
        return time.monotonic() - self.receiver.alive

    def _received(self, updates: list[Any]) -> None:
        for update in updates:
            self.worker.taps.heard(update)
        self.worker.wake.set()

    def _is_wanted(self, update: Any) -> bool:
        return is_wanted(update, self.app.bot.id, self.app.bot.username)

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(THREADS, "work"))
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop.set)
        self._watch()
        if await self._connect():
            await self._work()
        await self.app.shutdown()
        if self.failure:
            raise TelegramError(self.failure)

    async def _work(self) -> None:
        """Until stopped; what has begun by then is finished."""
        scheduler = AsyncIOScheduler(timezone=self.settings.timezone)
        schedule(
            scheduler, notify=self.notifier.round, sweep=self._sweep, pastes=self._pastes, feeds=self._feeds,
            texts=self._texts,
        )  # fmt: skip
        await asyncio.to_thread(self.poller.take_over)
        working = asyncio.create_task(self.worker.run())
        presenting = asyncio.create_task(introduce(self.app.bot, self.settings.admin_ids))
        await self.way.start()
        scheduler.add_listener(self._job_failed, EVENT_JOB_ERROR)
        scheduler.start()
        self.worker.wake.set()
        log.info("listening as @%s", self.app.bot.username)
        await self.stop.wait()
        scheduler.shutdown(wait=False)
        working.cancel()
        presenting.cancel()
        await self.way.stop()
        await self.worker.finish()
        await self.notifier.finish(FAREWELL)
        if self.pasting:
            await asyncio.wait({self.pasting}, timeout=FAREWELL)
        await asyncio.to_thread(self.poller.close)

    def _job_failed(self, event: JobExecutionEvent) -> None:
        """The next run makes up for it; the admins hear of it, but for what the end of the process cuts off."""
        if isinstance(event.exception, asyncio.CancelledError):
            return
        self.worker.reports.tell(f"J-{event.job_id}", repr(event.exception))

    async def _connect(self) -> bool:
        """Learn the bot's own name; a network that is down is waited for, a wrong token is not. Gives whether it came
        to that before the end."""
        wait = 1.0
        while not self.stop.is_set():
            try:
                await self.app.initialize()
                self.receiver.alive = time.monotonic()
                return True
            except InvalidToken as error:
                raise TelegramError("Telegram refuses the token: check TELEGRAM_BOT_TOKEN") from error
            except BotApiError as error:
                log.warning("the Bot API cannot be reached (%s); trying again", error)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.stop.wait(), wait)
                wait = min(wait * 2, 30)
        return False

    async def _sweep(self) -> None:
        self.worker.wake.set()
        await asyncio.to_thread(self.queues.tidy, now())

    async def _feeds(self) -> None:
        await asyncio.to_thread(self.poller.tick)

    async def _texts(self) -> None:
        days = self.settings.keep_texts_days
        if days:
            await asyncio.to_thread(self.conversation.service.forget_texts, now() - timedelta(days=days))

    async def _pastes(self) -> None:
        """Pastes that are whole; a stop lets what has begun come to its end, or it would be said again."""
        self.pasting = asyncio.create_task(answer_pastes(self.app.bot, self.conversation, self.lane))
        await asyncio.shield(self.pasting)

    def _watch(self) -> None:
        """A thread of its own ends the process once nothing was heard for too long: never alive and deaf."""
        limit = self.settings.watchdog_seconds
        self.receiver.alive = time.monotonic()

        def watch() -> None:
            while not self.stop.is_set():
                time.sleep(min(limit / 4, 5))
                if time.monotonic() - self.receiver.alive > limit and not self.stop.is_set():
                    log.critical("nothing heard from Telegram for %s seconds: ending, to be started anew", limit)
                    os._exit(_DEAF)

        threading.Thread(target=watch, name="watchdog", daemon=True).start()
