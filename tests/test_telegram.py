"""The bot as a real process that speaks the Bot API over HTTP: transcripts of what people say and hear."""

import time
from pathlib import Path

import pytest

from tests.bots import ADMIN, Bots
from tests.processes import Forks
from tests.telegram_server import TelegramServer
from tests.texts import HIGHER_TOLL, MORE_TROOPS, TOLL, TROOPS


def test_a_day_with_the_bot(server: TelegramServer, bots: Bots) -> None:
    """An admin adds, people ask and follow, a contradiction comes in, everybody concerned hears once."""
    admin, ani, ben = server.person(ADMIN), server.person(21, "id"), server.person(22, "en")
    with bots.running():
        ani.says("/start")
        ani.hears("Saya membaca berita")
        admin.says(f"/add {TROOPS}")
        admin.hears("Stored: Seoul menghitung")

        ani.says("brp pasukan korut di rusia")
        answer = ani.hears("3.000 tentara (Korea Utara) di Rusia")
        assert "Korea Selatan" in answer.text
        assert "Korea Utara membantah" in answer.text
        ben.says("did pyongyang deny it")
        ben.hears("North Korea denies it")
        ben.says("Who is the president of Atlantis?")
        ben.hears("I know nothing about that")

        ani.says("/follow pasukan korut di rusia")
        ani.hears("Anda mengikuti: pasukan korut di rusia")
        ben.says("/follow inflation in France")
        ben.hears("You follow: inflation in France")
        admin.says(f"/add {MORE_TROOPS}")
        alert = ani.hears("dalam topik yang Anda ikuti")
        assert "3.000" in alert.text
        assert "12.000" in alert.text
        assert "tidak mungkin benar bersamaan" in alert.text
        admin.says(f"/add {MORE_TROOPS}")
        admin.hears("Known already")
        time.sleep(2.5)
        assert [one for one in ben.heard if "12,000" in one.text] == []
        assert len([one for one in ani.heard if "dalam topik yang Anda ikuti" in one.text]) == 1

        ben.says("/conflicts")
        ben.hears("1 open conflict")
        ani.taps(alert, "Berhenti mengikuti")
        server.wait(lambda: alert.edited)
        ani.says("/following")
        ani.hears("Anda tidak mengikuti apa pun")
    assert server.unanswered() == set()


def test_the_life_of_an_alarm(server: TelegramServer, bots: Bots) -> None:
    """What comes later answers the alarm; an admin judges it, and the alarmed hear; who has enough ends it there."""
    admin, ani, ben = server.person(ADMIN), server.person(21), server.person(22, "id")
    with bots.running():
        admin.says(f"/add {TROOPS}")
        admin.hears("Stored")
        for person in (ani, ben):
            person.says("/follow north korean troops in russia")
            person.hears("north korean troops")
        admin.says(f"/add {MORE_TROOPS}")
        alarm = ani.hears("What would reconcile them")
        ben.hears("Yang bisa menjelaskan perbedaannya")
        ani.taps(alarm, "Sources")
        ani.hears("Open: nobody has judged it")
        alerted = ben.hears("Pertentangan 1")
        ben.taps(alerted, "Bisukan sehari")
        server.wait(lambda: "Bunyikan lagi" in alerted.labels)
        server.wait(lambda: server.unanswered() == set())
        admin.says("/add " + MORE_TROOPS.replace("12,000", "20,000").replace("Volodymyr Zelenskyy", "Joe Biden"))
        later = ani.hears("20,000")
        assert later.api["reply_to_message"]["message_id"] == alarm.number

        ani.says("/dismiss 1 no")
        ani.hears("Only admins")
        admin.says("/conflict 1")
        card = admin.hears("Open: nobody has judged it")
        ani.sends_tap(card, "dismiss:1:misread")
        admin.taps(card, "Dismiss")
        admin.taps(admin.hears("Why is conflict 1 not a conflict?"), "read wrongly")
        none = ani.hears("Conflict 1 was no conflict")
        assert "the article was read wrongly" in none.text
        assert none.api["reply_to_message"]["message_id"] == alarm.number
        ani.taps(none, "Unfollow")
        server.wait(lambda: none.labels == ["Sources", "Timeline"])
    assert len([one for one in ben.heard if "20.000" in one.text or "bukan pertentangan" in one.text]) == 0
    assert server.unanswered() == set()


def test_a_rising_toll_reaches_only_those_who_follow_everything(server: TelegramServer, bots: Bots) -> None:
    admin, ani, ben = server.person(ADMIN), server.person(21), server.person(22)
    with bots.running():
        admin.says(f"/add {TOLL}")
        admin.hears("Stored")
        for person in (ani, ben):
            person.says("/follow flood deaths in Demak")
        ben.taps(ben.hears("You follow"), "Everything")
        ani.hears("You follow")
        server.wait(lambda: server.unanswered() == set())
        admin.says(f"/add {HIGHER_TOLL}")
        update = ben.hears("Update in what you follow")
        assert "19 dead in Demak" in update.text
        time.sleep(1.5)
        assert len(ani.heard) == 1


def test_an_article_that_arrives_in_several_messages_is_one(server: TelegramServer, bots: Bots) -> None:
    admin = server.person(ADMIN)
    filler = "Tidak ada angka dalam kalimat ini. " * 300
    text = f"/add {TROOPS}{filler}Kata Ukraina, 700 warga mengungsi di Kursk."
    with bots.running():
        for at in range(0, len(text), 4096):
            admin.says(text[at : at + 4096])
        stored = admin.hears("Stored")
        time.sleep(1)
    assert "Seoul menghitung" in stored.text
    assert len(admin.heard) == 1


def test_a_forward_by_an_admin_is_an_article_of_that_channel(server: TelegramServer, bots: Bots) -> None:
    admin, ani = server.person(ADMIN), server.person(21)
    with bots.running():
        admin.forwards(TROOPS, "Harian Contoh")
        admin.hears("Stored")
        ani.forwards(MORE_TROOPS, "Example Wire")
        assert "contradicts South Korea" in ani.hears("I find 1 claim").text
        ani.says("how many north korean soldiers are in russia?")
        assert "Harian Contoh" in ani.hears("What is claimed").text


def test_a_file_is_checked_and_an_admins_added(server: TelegramServer, sqlite_bots: Bots) -> None:
    ani, admin = server.person(21), server.person(ADMIN)
    page = f"<html><body><article><h1>Laporan</h1><p>{TROOPS}</p><p>{TROOPS}</p></article></body></html>"
    with sqlite_bots.running():
        ani.sends_document("report.txt", TROOPS.encode())
        ani.hears("Nothing of it was stored")
        admin.sends_document("report.html", page.encode(), caption="/add")
        admin.hears("Stored")
        for name, content in (("report.zip", b"PK"), ("report.pdf", b"%PDF-1.4"), ("empty.md", b"")):
            ani.sends_document(name, content)
            ani.hears(f"I cannot read {name}")
        ani.sends_document("photo.zip", b"PK", caption="how many north korean troops are in russia?")
        ani.hears("What is claimed")


def test_quotations_and_the_links_behind_words_are_read(server: TelegramServer, sqlite_bots: Bots) -> None:
    ani = server.person(21)
    chat = {"id": -1000000000123, "type": "channel", "title": "Harian Contoh"}
    quoted = {"origin": {"type": "channel", "date": 1729771200, "message_id": 1, "chat": chat}, "chat": chat}
    link = {"type": "text_link", "offset": 5, "length": 4, "url": "http://127.0.0.1/a"}
    with sqlite_bots.running():
        ani.says("is this true?", external_reply=quoted, quote={"text": TROOPS, "position": 0})
        ani.taps(ani.hears("claims in it"), "Send to the editors")
        server.wait(lambda: any("Thank you" in one.get("text", "") for one in server.answers.values()))
        photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
        server.push(message=ani.message(photo=photo, caption="read this", caption_entities=[link]))
        ani.hears("not a public address")
        server.push(message=ani.message(text="read this", entities=[link | {"url": "https://t.me/harian"}]))
        ani.hears("nothing about that")


def test_groups_are_answered_only_when_the_bot_is_meant(server: TelegramServer, bots: Bots) -> None:
    ani = server.person(21)
    with bots.running():
        ani.says("did anybody read the news?", group=-500)
        ani.says("/help@another_bot", group=-500)
        ani.says("/help@claim_test_bot", group=-500)
        server.wait(lambda: server.messages(-500))
        ani.says("@claim_test_bot who is the president of Atlantis?", group=-500)
        server.wait(lambda: any("nothing about that" in one.text for one in server.messages(-500)))
    assert len(server.messages(-500)) == 2


def test_what_is_no_text_gets_a_sensible_answer_or_silence(server: TelegramServer, bots: Bots) -> None:
    ani = server.person(21)
    with bots.running():
        sticker = {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1, "height": 1}
        server.push(message=ani.message(sticker=sticker | {"is_animated": False, "is_video": False}))
        ani.hears("I can only read text")
        server.push(edited_message=ani.message(text="edited", edit_date=2))
        server.push(
            channel_post={"message_id": 1, "date": 1, "chat": {"id": -9, "type": "channel", "title": "c"}, "text": "x"}
        )
        ani.says("/folow troops")
        shown = ani.hears("Did you mean /follow?")
        ani.sends_tap(shown, "events:999:everything")
        ani.sends_tap(shown, "no such thing")
        ani.says("/help")
        ani.hears("Write a question")
        server.wait(lambda: server.unanswered() == set())
    assert len(ani.heard) == 3


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"TELEGRAM_BOT_TOKEN": ""}, "TELEGRAM_BOT_TOKEN is missing"),
        ({"TELEGRAM_BOT_TOKEN": "nonsense"}, "TELEGRAM_BOT_TOKEN is no bot token"),
        ({"TELEGRAM_BOT_TOKEN": "123456:another-token"}, "Telegram refuses the token"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "cannot use the database"),
        ({"DATABASE_URL": "sqlite:////no/such/folder/a.db"}, "does not exist"),
        ({"DATABASE_URL": "sqlite:///file:a.db?mode=ro&uri=true"}, "cannot be written"),
        ({"TELEGRAM_API_URL": "localhost/bot"}, "TELEGRAM_API_URL must be"),
        ({"WATCHDOG_SECONDS": "soon"}, "WATCHDOG_SECONDS must be"),
        ({"ADMIN_IDS": "me"}, "ADMIN_IDS must be"),
        ({"TIMEZONE": "Mars/Phobos"}, "TIMEZONE must be"),
        ({"WEBHOOK_URL": "bot.example"}, "WEBHOOK_URL must be"),
        ({"WEBHOOK_LISTEN": "8080"}, "WEBHOOK_LISTEN must be"),
    ],
)
def test_what_is_missing_or_wrong_is_said_in_one_line(
    forks: Forks, server: TelegramServer, tmp_path: Path, settings: dict[str, str], words: str
) -> None:
    code, said = Bots(forks, server, f"sqlite:///{tmp_path / 'a.db'}", tmp_path).once(**settings)
    assert code == 1
    assert words in said
    assert len(said.strip().splitlines()) == 1


def test_a_second_instance_is_refused(server: TelegramServer, bots: Bots) -> None:
    with bots.running():
        server.person(21).says("/help")
        server.wait(lambda: server.sent, 20)
        code, said = bots.once()
    assert code == 1
    assert "another claimbot runs on this database" in said
    assert len(said.strip().splitlines()) == 1
