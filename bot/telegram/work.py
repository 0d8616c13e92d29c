"""The one path from the inbox to an answer: updates are leased, answered in the order of their chat, and marked."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from telegram import Bot, CallbackQuery, Message
from telegram import Update as BotUpdate
from telegram.error import TelegramError

from bot.conversation import Conversation, Incoming
from bot.locale import nearest, say
from bot.queues import Queues
from bot.replies import Reply
from bot.telegram.attaching import fetched
from bot.telegram.elsewhere import answer_guest, answer_inline
from bot.telegram.errors import Busy, Gone, Moved, Never, meaning
from bot.telegram.incoming import left_chat, read_message, read_tap
from bot.telegram.lane import Lane, Urgency
from bot.telegram.members import Members
from bot.telegram.reporting import Reports
from bot.telegram.sending import delete, edit, edit_buttons, plain, send
from bot.telegram.tapping import Taps
from bot.telegram.typing import thinking
from db.engine import DatabaseError
from db.values import Update

log = logging.getLogger(__name__)
#: updates handled at the same time: most wait, for a page, for Telegram, or for their turn to be thought about
AT_ONCE = 32
#: seconds: until work that failed is tried again, twice as many after each further failure; how long a stopping bot
#: finishes what it has begun
PAUSE, FAREWELL = 1.0, 10.0
#: an answer that would have to wait longer for its chat makes room for others
_SHORT_WAIT = 3.0
_LONGEST_WAIT = timedelta(hours=1)


class _UnreadableError(Exception):
    """An update that is none: no further try would help."""


class Act(NamedTuple):
    """A thing to do in a chat as (part of) an answer; what is no message needs no turn."""

    do: Callable[[int], Awaitable[object]]
    is_message: bool = True


@dataclass
class Answer:
    """What an update brings: acts in their order, and how many of them are done."""

    chat: int
    acts: Sequence[Act] = ()
    done: int = 0
    #: the message that asks, where a question is answered; and the messages that answer it
    question: int | None = None
    messages: list[int] = field(default_factory=list)
    urgency: Urgency = Urgency.ANSWER


@dataclass
class Worker:
    """Empties the inbox."""

    bot: Bot
    conversation: Conversation
    queues: Queues
    admins: frozenset[int]
    lane: Lane
    #: set when there may be something to do
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    members: Members = field(init=False)
    taps: Taps = field(init=False)
    reports: Reports = field(init=False)
    _busy: set[asyncio.Task[None]] = field(default_factory=set)
    #: answers that Telegram has not taken yet, or that are not marked yet: they are not thought out or sent twice
    _open: dict[int, Answer] = field(default_factory=dict)
    #: updates of which the database could not even take that they failed: they are still held
    _stranded: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.members = Members(self.bot)
        self.taps = Taps(self.bot)
        self.reports = Reports(self.bot, self.lane, self.admins, self.conversation.service.language)

    async def run(self) -> None:
        """Work until cancelled; woken by new updates, by finished work and by the sweep. Whatever the database says
        now, it is asked again."""
        while True:
            await self.wake.wait()
            self.wake.clear()
            try:
                await self._take()
            except Exception as error:  # nothing may end the only path to an answer
                log.error("the inbox cannot be read: %s", error, exc_info=not isinstance(error, DatabaseError))
                self._wake_in(PAUSE)

    async def finish(self) -> None:
        """Give what has begun a little time; what is left is answered after the next start."""
        if self._busy:
            await asyncio.wait(self._busy, timeout=FAREWELL)

    async def _take(self) -> None:
        room = AT_ONCE - len(self._busy)
        if room <= 0:
            return
        if stranded := tuple(self._stranded):
            await asyncio.to_thread(self.queues.updates_freed, stranded)
            self._stranded.difference_update(stranded)
        leased = await asyncio.to_thread(self.queues.take_updates, self.conversation.clock(), room)
        for update in leased:
            task = asyncio.create_task(self._answer(update))
            self._busy.add(task)
            task.add_done_callback(partial(self._finished, update.number))

    def _finished(self, number: int, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        if not task.cancelled() and task.exception():
            log.error("update %s is left for later", number, exc_info=task.exception())
            self._stranded.add(number)
        self.wake.set()

    def _wake_in(self, seconds: float) -> None:
        asyncio.get_running_loop().call_later(seconds, self.wake.set)

    async def _answer(self, leased: Update) -> None:
        try:
            answer = self._open.get(leased.number)
            if answer is None:
                answer = self._open[leased.number] = await self._handle(leased)
                answer.done = min(leased.told, len(answer.acts))
            await self._tell(leased, answer)
        except TelegramError as error:
            await self._refused(leased, error)
        except _UnreadableError as error:
            log.error("update %s cannot be read: %s", leased.number, error)
            await self._failed(leased, str(error), final=True)
        except Exception as error:  # whatever it is, the update is kept for another try
            log.exception("update %s failed (try %s)", leased.number, leased.attempts)
            await self._failed(leased, repr(error))

    async def _tell(self, leased: Update, answer: Answer) -> None:
        """Do what is left of an answer; each message is marked before the next one goes."""
        while answer.done < len(answer.acts):
            act = answer.acts[answer.done]
            if not act.is_message:
                await self._do(act, answer)
                answer.done += 1
                continue
            wait = self.lane.delay(answer.chat)
            if wait > _SHORT_WAIT:
                await self._later(leased, wait, "the chat has to wait")
                return
            async with self.lane.turn(answer.chat, answer.urgency):
                await self._do(act, answer)
                answer.done += 1
                if answer.done < len(answer.acts):
                    await asyncio.to_thread(self.queues.update_told, leased.number, answer.done)
                else:
                    await self._done(leased, answer)
                    return
        await self._done(leased, answer)

    async def _do(self, act: Act, answer: Answer) -> None:
        """One act; a chat that has moved is followed once."""
        try:
            done = await act.do(answer.chat)
        except TelegramError as error:
            moved = meaning(error)
            if not isinstance(moved, Moved):
                raise
            await asyncio.to_thread(self.queues.chat_moved, answer.chat, moved.chat)
            answer.chat, answer.question = moved.chat, None  # messages have other numbers there
            done = await act.do(answer.chat)
        if isinstance(done, Message):
            answer.messages.append(done.message_id)

    async def _done(self, leased: Update, answer: Answer | None = None) -> None:
        if answer and answer.question and answer.messages:
            now = self.conversation.clock()
            kept = (leased.number, answer.chat, answer.question, answer.messages, now)
            await asyncio.to_thread(self.queues.question_done, *kept)
        else:
            await asyncio.to_thread(self.queues.update_done, leased.number)
        self._open.pop(leased.number, None)

    async def _refused(self, leased: Update, error: TelegramError) -> None:
        refused, chat = meaning(error), self._chat(leased)
        log.warning("the answer to update %s was not taken: %s", leased.number, error)
        if isinstance(refused, Gone):
            if chat is not None:
                await asyncio.to_thread(self.queues.chat_gone, chat)
            await self._done(leased)
        elif isinstance(refused, Busy):
            if chat is not None:
                self.lane.pause(chat, refused.seconds)
            await self._later(leased, refused.seconds, str(error))
        elif isinstance(refused, Never):
            await self._failed(leased, str(error), final=True)
        else:
            age = self.conversation.clock() - leased.received_at
            wait = min(max(age, timedelta(seconds=PAUSE)), _LONGEST_WAIT)
            await self._later(leased, wait.total_seconds(), str(error))

    async def _later(self, leased: Update, seconds: float, why: str) -> None:
        due = self.conversation.clock() + timedelta(seconds=seconds)
        if await asyncio.to_thread(self.queues.update_later, leased.number, due, why):
            self._open.pop(leased.number, None)
        else:
            self._wake_in(seconds + 0.01)

    async def _failed(self, leased: Update, why: str, *, final: bool = False) -> None:
        chat, wait = self._chat(leased), PAUSE * 2 ** (leased.attempts - 1)
        due = self.conversation.clock() + timedelta(seconds=wait)
        failed = partial(self.queues.update_failed, leased.number, why, due, final=final)
        dead = await asyncio.to_thread(failed)
        if not dead:
            self._wake_in(wait + 0.01)
            return
        self._open.pop(leased.number, None)
        reference = f"E{leased.number}"
        log.error("update %s is set aside as %s", leased.number, reference)
        self.reports.tell(reference, why)
        if chat is not None:
            await self._apologise(chat, reference)

    def _chat(self, leased: Update) -> int | None:
        answer = self._open.get(leased.number)
        return answer.chat if answer else leased.chat

    async def _apologise(self, chat: int, reference: str) -> None:
        language = nearest(await asyncio.to_thread(self.conversation.service.language, chat))
        try:
            async with self.lane.turn(chat, Urgency.ORDER):
                await send(self.bot, chat, Reply(say(language, "error.trouble", reference=reference)))
        except TelegramError as error:  # the person cannot be reached either
            log.warning("no apology either: %s", error)

    async def _handle(self, leased: Update) -> Answer:
        """What an update brings. Raises _UnreadableError, and whatever the conversation does."""
        nothing = Answer(leased.chat or 0)
        try:
            update = BotUpdate.de_json(json.loads(leased.raw), self.bot)
        except Exception as error:  # malformed in whatever way
            raise _UnreadableError(repr(error)) from error
        if update.callback_query:
            return await self._tap(update.callback_query)
        if update.inline_query:
            return self._elsewhere(partial(answer_inline, self.bot, self.conversation, update.inline_query))
        if update.guest_message:
            return self._elsewhere(partial(answer_guest, self.bot, self.conversation, update.guest_message))
        gone = left_chat(update)
        if gone is not None and update.my_chat_member:
            if gone:
                await asyncio.to_thread(self.queues.chat_gone, update.my_chat_member.chat.id)
            return nothing
        if update.edited_message:
            return await self._edited(update.edited_message)
        return await self._message(update.message) if update.message else nothing

    async def _message(self, message: Message) -> Answer:
        chat = message.chat.id
        if message.migrate_to_chat_id:
            await asyncio.to_thread(self.queues.chat_moved, chat, message.migrate_to_chat_id)
            return Answer(chat)
        said = self._read(message)
        if said is None:
            return Answer(chat)
        if not said.may_change and self.conversation.changes(said.text):
            said = replace(said, may_change=await self.members.is_admin(chat, said.person))
        if said.file and message.document:
            said = replace(said, file=await fetched(message.document))
        replies = await thinking(self.bot, chat, said.thread, partial(self.conversation.message, said))
        question = said.message_id if self.conversation.is_question(said) else None
        urgency = Urgency.ORDER if self.conversation.is_order(said) else Urgency.ANSWER
        return Answer(chat, self._sends(replies, said), question=question, urgency=urgency)

    async def _edited(self, message: Message) -> Answer:
        """An edited question changes its answer; other edits are not looked at."""
        chat, said = message.chat.id, self._read(message)
        if said is None or not self.conversation.is_question(said):
            return Answer(chat)
        old = await asyncio.to_thread(self.queues.answered_by, chat, message.message_id)
        replies = await asyncio.to_thread(self.conversation.message, said) if old else ()
        if not replies:
            return Answer(chat)
        changed = [
            Act(partial(edit, self.bot, message=number, reply=reply), is_message=False)
            for number, reply in zip(old, replies, strict=False)
        ]
        surplus = [Act(partial(delete, self.bot, message=number), is_message=False) for number in old[len(replies) :]]
        acts = [*changed, *surplus, *self._sends(replies[len(old) :], said)]
        return Answer(chat, acts, question=said.message_id, messages=list(old[: len(replies)]))

    def _read(self, message: Message) -> Incoming | None:
        return read_message(message, self.bot.id, self.bot.username, self.admins)

    def _elsewhere(self, answer: Callable[[], Awaitable[None]]) -> Answer:
        """An answer in a chat where the bot is no member: no message of its own."""

        async def act(chat: int) -> None:
            del chat
            await answer()

        return Answer(0, [Act(act, is_message=False)])

    def _sends(self, replies: Sequence[Reply], said: Incoming) -> list[Act]:
        return [
            Act(partial(send, self.bot, reply=one, thread=said.thread, reply_to=said.about if one.pinned else None))
            for one in replies
        ]

    async def _tap(self, query: CallbackQuery) -> Answer:
        """Every tap is answered, a stale or forged one too."""
        message, said = query.message, read_tap(query, self.bot.id, self.bot.username, self.admins)
        if not said.may_change:
            said = replace(said, may_change=await self.members.is_admin(said.chat, said.person))
        asked = message.reply_to_message if isinstance(message, Message) else None
        document = asked.document if asked else None
        if said.below and said.below.file and document:
            said = replace(said, below=replace(said.below, file=await fetched(document)))
        answering = partial(self.conversation.tap, said, query.data or "")
        result = await thinking(self.bot, said.chat, said.thread, answering)
        alone = not result.replies and result.edited is None and result.buttons is None
        acts = [Act(partial(self._toast, query.id, result.toast, alone), is_message=False)]
        if result.edited and message:
            acts.append(Act(partial(edit, self.bot, message=message.message_id, reply=result.edited)))
        if result.buttons is not None and message:
            acts.append(Act(partial(edit_buttons, self.bot, message=message.message_id, buttons=result.buttons)))
        return Answer(said.chat, [*acts, *self._sends(result.replies, said)], urgency=Urgency.ORDER)

    async def _toast(self, query: str, text: str, alone: bool, chat: int) -> None:
        """Say a few words above the chat; in it, where the tap was told to wait and they are all that it brought."""
        if not await self.taps.answer(query, plain(text)) and text and alone:
            async with self.lane.turn(chat, Urgency.ORDER):
                await send(self.bot, chat, Reply(text))
