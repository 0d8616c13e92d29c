"""Files that people send: fetched where they are of a kind and size that is read."""

from pathlib import Path

from telegram import Document, Message

from bot.conversation import Attached
from bot.reading.fetch import LIMIT
from bot.reading.files import SINGLE


def attached(message: Message) -> Attached | None:
    """The file that a message is about; none where it is but a moving picture, or goes along with words."""
    document = message.document
    if document is None or message.animation or (message.caption and not _is_read(document)):
        return None
    return Attached(document.file_name or "")


async def fetched(document: Document) -> Attached:
    """A file with its content, without it where it is not read anyway. Raises TelegramError."""
    name = document.file_name or ""
    if not _is_read(document) or not 0 < (document.file_size or 0) <= LIMIT:
        return Attached(name)
    file = await document.get_file()
    return Attached(name, bytes(await file.download_as_bytearray()))


def _is_read(document: Document) -> bool:
    return Path(document.file_name or "").suffix.lower() in SINGLE
