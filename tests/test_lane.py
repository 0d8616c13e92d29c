"""When a message may go: the limits of Telegram, who goes first, and what one slow message costs the others."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.telegram.errors import Busy, Gone, Later, Moved, Never, meaning
from bot.telegram.lane import CHAT_GAP, GAP, GROUP_MOST, GROUP_SPAN, HOLD, Lane, Urgency


def run(work: Callable[[Lane], Awaitable[None]]) -> None:
    """Do something with a lane."""

    async def inside() -> None:
        await work(Lane())

    asyncio.run(inside())


async def go(
    lane: Lane, chat: int, gone: list[tuple[int, float]], *, urgency: Urgency = Urgency.ALERT, takes: float = 0
) -> None:
    """Send a message that Telegram takes so many seconds for."""
    async with lane.turn(chat, urgency):
        gone.append((chat, time.monotonic()))
        await asyncio.sleep(takes)


def test_all_chats_together_get_25_a_second() -> None:
    gone: list[tuple[int, float]] = []

    async def work(lane: Lane) -> None:
        await asyncio.gather(*(go(lane, chat, gone) for chat in range(1, 16)))

    run(work)
    times = [at for _, at in gone]
    assert times[-1] - times[0] >= 14 * GAP


def test_a_chat_gets_one_a_second_and_keeps_nobody_waiting() -> None:
    gone: list[tuple[int, float]] = []

    async def work(lane: Lane) -> None:
        await asyncio.gather(go(lane, 1, gone), go(lane, 1, gone), go(lane, 2, gone))

    run(work)
    assert [chat for chat, _ in gone] == [1, 2, 1]
    assert gone[2][1] - gone[0][1] >= CHAT_GAP - 0.01


def test_a_group_gets_20_a_minute() -> None:
    now = 1000.0
    lane = Lane(lambda: now)
    for _ in range(GROUP_MOST):
        lane._book(-5, now)
        now += CHAT_GAP
    assert lane.delay(-5) == GROUP_SPAN - GROUP_MOST * CHAT_GAP
    assert lane.delay(5) == 0


def test_a_paused_chat_waits_alone() -> None:
    now = 1000.0
    lane = Lane(lambda: now)
    lane.pause(1, 30)
    assert (lane.delay(1), lane.delay(2)) == (30, 0)
    now += 30
    assert lane.delay(1) == 0


@pytest.mark.parametrize("urgency", [Urgency.ORDER, Urgency.ANSWER])
def test_orders_go_ahead_of_answers_and_those_ahead_of_alerts(urgency: Urgency) -> None:
    gone: list[tuple[int, float]] = []

    async def work(lane: Lane) -> None:
        later = Urgency(urgency + 1)
        others = [asyncio.create_task(go(lane, chat, gone, takes=0.01, urgency=later)) for chat in range(1, 8)]
        await asyncio.sleep(0.02)
        await asyncio.gather(go(lane, 9, gone, urgency=urgency), *others)

    run(work)
    assert [chat for chat, _ in gone].index(9) <= 2  # behind the one on its way and the one that has begun


def test_one_message_goes_at_a_time() -> None:
    under_way: set[int] = set()
    most = 0

    async def work(lane: Lane) -> None:
        async def one(chat: int) -> None:
            nonlocal most
            async with lane.turn(chat, Urgency.ALERT):
                under_way.add(chat)
                most = max(most, len(under_way))
                await asyncio.sleep(0.06)
                under_way.remove(chat)

        await asyncio.gather(*(one(chat) for chat in range(1, 6)))

    run(work)
    assert most == 1


def test_a_message_that_hangs_holds_the_others_for_a_moment_only() -> None:
    gone: list[tuple[int, float]] = []

    async def work(lane: Lane) -> None:
        start = time.monotonic()
        await asyncio.gather(go(lane, 1, gone, takes=HOLD + 1), go(lane, 2, gone))
        assert gone[1][1] - start < HOLD + 0.5

    run(work)


def test_who_gives_up_waiting_leaves_the_lane_free() -> None:
    gone: list[tuple[int, float]] = []

    async def work(lane: Lane) -> None:
        first = asyncio.create_task(go(lane, 1, gone, takes=0.2))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(go(lane, 2, gone))
        await asyncio.sleep(0.05)
        second.cancel()
        await first
        await asyncio.wait_for(go(lane, 3, gone), 1)

    run(work)
    assert [chat for chat, _ in gone] == [1, 3]


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Gone()),
        (BadRequest("Chat not found"), Gone()),
        (BadRequest("Not enough rights to send text messages to the chat"), Gone()),
        (ChatMigrated(-1005), Moved(-1005)),
        (BadRequest("Message is too long"), Never()),
        (BadRequest("Some words that nobody has seen before"), Never()),
        (TimedOut(), Later()),
        (NetworkError("Bad Gateway"), Later()),
    ],
    ids=str,
)
def test_each_no_of_telegrams_has_its_meaning(error: Exception, meant: object) -> None:
    assert meaning(error) == meant  # type: ignore[arg-type]


def test_too_many_requests_name_the_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or the library warns of a change to come
    assert meaning(RetryAfter(7)) == Busy(7)
