"""A question and its answer."""

from bot import replies
from bot.conversation.said import Incoming, Talk
from bot.locale import nearest
from bot.replies import Reply


def ask(talk: Talk, said: Incoming, text: str, language: str) -> tuple[Reply, ...]:
    """Answer in the reader's language, in the question's own where nobody has said which that is."""
    result = talk.service.ask_in_chat(said.chat, text, language=language, now=talk.clock())
    known = said.language or talk.service.language(said.chat)
    return replies.answer(result, language if known else nearest(result.question.language))
