"""The gate to the web: no address of an inner network is dialled, however it is spelled, resolved or redirected to."""

import pytest

from bot.reading.addresses import is_public, target
from bot.reading.refused import Reason, Refused
from tests.web import HOME, PUBLIC, Given, Web, moved, refusal


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *("100.100.100.200", "192.88.99.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.0.192"),
        *(
            "203.0.113.5",
            "168.63.129.16",
            "::1",
            "::",
            "fe80::1",
            "fe80::1%eth0",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
        ),
        *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:100.64.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1"),
        *(
            "2002:7f00:1::",
            "2002:808:808::",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:db8::1",
            "3fff::1",
        ),
        *(
            "fec0::1",
            "2001:20::1",
            "5f00::1",
            "2130706433",
            "0x7f.1",
            "127.1",
            "0177.0.0.1",
            "localhost",
            "",
            "١٢٧.0.0.1",
        ),
    ],
)
def test_an_address_of_no_public_host_is_not_dialled(web: Web, address: str) -> None:
    assert not is_public(address)
    web.names["inside.example"] = [PUBLIC, address]  # one bad address among good ones is enough
    with web.fetcher() as fetcher:
        assert refusal(fetcher, "http://inside.example/") is Reason.NOT_PUBLIC
    assert web.dialled == []


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001::1"])
def test_a_public_address_is_dialled_as_it_was_checked(web: Web, address: str) -> None:
    web.names["news.example"] = [address]
    with web.fetcher() as fetcher:
        fetcher.get(HOME)
    assert {one for one, _ in web.dialled} == {address}
    assert web.asked[-1].headers["host"] == "news.example"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://127.1/",
            "http://0177.0.0.1/",
            "http://0/",
        ),
        *("http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://localhost/"),
        *("http://localhost./", "http://127.0.0.1./", "http://0x7f000001/", "http://017700000001/"),
    ],
)
def test_no_spelling_of_an_inner_address_leads_anywhere(web: Web, url: str) -> None:
    with web.fetcher() as fetcher:
        assert refusal(fetcher, url) is Reason.NOT_PUBLIC
    assert web.dialled == []


@pytest.mark.parametrize(
    "url",
    [
        *(
            "ftp://news.example/",
            "file:///etc/passwd",
            "gopher://news.example/",
            "data:text/html,hi",
            "//news.example/a",
        ),
        *("http://news.example:8080/", "https://news.example:80/", "http://me:secret@news.example/", "http:///a", "a"),
        *("http://news.example\\@127.0.0.1/", "http://news.example/\r\nX: y", "http://%31%32%37.0.0.1/", "", "http://"),
        *("http://１２７.0.0.1/", "http://①②⑦.0.0.1/", "http://[fe80::1%25eth0]/", f"http://news.example/{'a' * 5000}"),
        *("http://news .example/", "http://\udc80.example/", "http://[::1", "http://news.example:99999/"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(web: Web, url: str) -> None:
    with web.fetcher() as fetcher, pytest.raises(Refused):
        fetcher.get(url)
    assert web.dialled == []


def test_a_name_that_does_not_exist_is_told_in_the_words_of_an_inner_one(web: Web) -> None:
    web.names["inside.example"] = ["10.0.0.1"]
    with web.fetcher() as fetcher:
        assert refusal(fetcher, "http://no-such-name.invalid/") is refusal(fetcher, "http://inside.example/")


def test_a_name_is_looked_up_once_and_the_proxy_of_the_environment_is_not_asked(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    web.pages["http://news.example/a"] = Given(b"here")
    with web.fetcher() as fetcher:
        assert fetcher.get("http://news.example/a").body == b"here"


def test_where_one_address_of_a_site_is_dead_the_next_is_tried(web: Web) -> None:
    web.names["news.example"] = ["8.8.8.8", PUBLIC]
    web.dead = {"8.8.8.8"}
    with web.fetcher() as fetcher:
        assert fetcher.get(HOME).status == 404


def test_a_name_in_another_script_goes_over_the_wire_in_its_ascii_form() -> None:
    assert target("https://bücher.example/größe?q=ä").host == "xn--bcher-kva.example"
    assert target("https://bücher.example/größe?q=ä").path == "/gr%C3%B6%C3%9Fe?q=%C3%A4"


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://127.0.0.1/", Reason.NOT_PUBLIC),
        ("http://metadata.example/", Reason.NOT_PUBLIC),
        ("//[::1]/", Reason.NOT_PUBLIC),
        ("file:///etc/passwd", Reason.NOT_WEB),
        ("http://news.example:22/", Reason.NOT_WEB),
        ("https://a:b@news.example/", Reason.NOT_WEB),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(web: Web, to: str, reason: Reason) -> None:
    web.names["metadata.example"] = ["169.254.169.254"]
    web.pages[HOME] = moved(to)
    with web.fetcher() as fetcher:
        assert refusal(fetcher) is reason
    assert {one for one, _ in web.dialled} == {PUBLIC}
