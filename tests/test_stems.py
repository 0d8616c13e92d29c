"""Stems are the same whoever asks for them at the same time."""

import sys
from concurrent.futures import ThreadPoolExecutor

from claims.stems import stem

WORDS = [
    f"{beginning}{middle}{ending}"
    for beginning in ("demonstra", "memper", "nation", "penge", "organi")
    for middle in ("liti", "tang", "sation", "juang", "kerja")
    for ending in ("ons", "kan", "alities", "annya", "ingly", "lah", "ments")
]


def test_threads_that_stem_at_once_do_not_spoil_each_others_words() -> None:
    work = [(word, language) for word in WORDS for language in ("en", "id", "de", "fr")] * 3
    alone = [stem.__wrapped__(*one) for one in work]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda one: stem.__wrapped__(*one), work))
    finally:
        sys.setswitchinterval(before)
    assert together == alone
