"""Which of the supported languages a text is in."""

from functools import cache
from typing import Any

from claims.lexicon import supported

#: below this many letters a guess is a coin toss
ENOUGH = 24
#: how sure the identifier must be, 0 to 1
SURE = 0.8
#: languages that are not supported, yet are told apart from those that are
OTHERS = (
    "ar",
    "da",
    "fi",
    "hi",
    "it",
    "ja",
    "ko",
    "ms",
    "nl",
    "no",
    "pl",
    "ru",
    "sv",
    "th",
    "tl",
    "tr",
    "uk",
    "vi",
    "zh",
)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads numpy: only when a language must be found out

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*supported(), *(code for code in OTHERS if code not in supported())])
    return identifier


def language_of(text: str, fallback: str | None = None) -> str | None:
    """The ISO 639-1 code of the text's language, where it is a supported one; `fallback` where the text is too short
    or too mixed to tell; None for any other language. Malay is read as Indonesian."""
    if sum(char.isalpha() for char in text[: 4 * ENOUGH]) < ENOUGH:
        return fallback
    likely: dict[str, float] = {}
    for code, probability in _identifier().rank(text[:4000]):
        name = "id" if code == "ms" else code
        likely[name] = likely.get(name, 0.0) + float(probability)
    best = max(likely, key=lambda name: likely[name])
    if likely[best] < SURE:
        return fallback
    return best if best in supported() else None
