"""Denials in the words of six languages: who denies, and what."""

import pytest

from claims.extract import extract
from claims.model import POINTING, Article, Claim, Kind


def claims(text: str, language: str) -> tuple[Claim, ...]:
    return extract(Article(id="a", text=text, language=language)).claims


@pytest.mark.parametrize(
    ("language", "text", "speaker", "denied"),
    [
        ("en", "Harbour chief Max Orr ruled out any damage to the crane.", "Max Orr", "any damage to the crane"),
        ("en", "The operator ruled out sabotage.", "operator", "sabotage"),
        ("es", "La directora Ida Rosk descartó cualquier daño en la grúa.", "Ida Rosk", "cualquier daño en la grúa"),
        ("pt", "A diretora Ida Rosk descartou qualquer dano na grua.", "Ida Rosk", "qualquer dano na grua"),
        ("fr", "La directrice Ida Rosk a exclu tout dommage à la grue.", "Ida Rosk", "tout dommage à la grue"),
        ("de", "Die Direktorin Ida Rosk schloss jeden Schaden am Kran aus.", "Ida Rosk", "jeden Schaden am Kran"),
        ("en", "Harbour chief Max Orr continues to deny hiding the log.", "Max Orr", "hiding the log"),
        ("es", "El jefe Max Orr volvió a negar que mintiera.", "Max Orr", "que mintiera"),
        ("pt", "O presidente Max Orr voltou a negar o vazamento.", "Max Orr", "o vazamento"),
        ("fr", "Le directeur Max Orr continue de nier la fuite.", "Max Orr", "la fuite"),
        ("en", "Mayor Ida Rosk laughed off the report.", "Ida Rosk", "the report"),
        ("id", "Bupati Ida Rosk menertawakan tudingan itu.", "Ida Rosk", "tudingan itu"),
        ("de", "Die Ministerin Ida Rosk wies den Bericht als »Unfug« zurück.", "Ida Rosk", "den Bericht als »Unfug«"),
        ("de", "Die Ministerin Ida Rosk sagte, der Bericht sei gelogen.", "Ida Rosk", "der Bericht"),
        ("en", "There is no truth in the rumours of a sale, Ida Rosk said.", "Ida Rosk", "the rumours of a sale"),
        ("id", "Bupati Ida Rosk menegaskan kabar itu hoaks.", "Ida Rosk", "kabar"),
        ("es", "La alcaldesa Ida Rosk dijo que el informe era mentira.", "Ida Rosk", "que el informe"),
        ("en", "Asked about the sale, Ida Rosk said it was untrue.", "Ida Rosk", "it was untrue"),
    ],
)
def test_a_denial_in_whatever_words_says_what_is_denied(language: str, text: str, speaker: str, denied: str) -> None:
    (claim,) = claims(text, language=language)
    assert (claim.kind, claim.speaker, claim.denied) == (Kind.DENIAL, speaker, denied)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The striker was ruled out of the final, the club said."),
        ("es", "El club descartó al delantero para el partido."),
        ("de", "Die Partei schloss zwei Mitglieder aus."),
        ("fr", "La mairie a écarté deux candidats."),
        ("id", "Polisi menangkap penyebar hoaks."),
        ("de", "Der Zeuge habe gelogen, sagte Staatsanwältin Ida Rosk."),
        ("en", "The police did not rule out arson."),
        ("en", "The board rejected the complaint of a fisherman."),
        ("en", "The coach dismissed criticism of his captain."),
    ],
)
def test_who_excludes_somebody_or_leaves_a_thing_open_denies_nothing(language: str, text: str) -> None:
    assert Kind.DENIAL not in {claim.kind for claim in claims(text, language=language)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The police said 12 people were hurt and denied that officers had fired on the crowd."),
        ("id", "Polisi mengatakan 12 orang terluka dan membantah petugas menembaki massa."),
        ("es", "La policía dijo que 12 personas resultaron heridas y negó que los agentes dispararan."),
        ("pt", "A polícia disse que 12 pessoas ficaram feridas e negou que os agentes tenham disparado."),
        ("fr", "La police a fait état de 12 blessés et a nié que des agents aient tiré."),
        ("de", "Die Polizei sprach von 12 Verletzten und bestritt, dass Beamte geschossen haben."),
    ],
)
def test_who_gives_a_count_and_denies_something_does_both(language: str, text: str) -> None:
    count, denial = claims(text, language=language)
    assert (count.kind, denial.kind, count.speaker) == (Kind.QUANTITY, Kind.DENIAL, denial.speaker)


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "Auditors say mayor Max Orr took 2 million euros, which he denies.", "Max Orr"),
        ("en", "Nurses say the clinic lost 40 files, something the ministry denied on Monday.", "ministry"),
        ("id", "Jaksa mengatakan Bupati Max Orr menerima 2 miliar rupiah, tuduhan yang dibantahnya.", "Max Orr"),
        ("es", "La fiscalía acusa al alcalde Max Orr de cobrar 2 millones de euros, algo que él niega.", "Max Orr"),
        ("pt", "Moradores dizem que 40 casas ruíram, o que a diretora Ida Rosk nega.", "Ida Rosk"),
        ("fr", "Des riverains disent que 40 maisons ont brûlé, ce que la directrice Ida Rosk dément.", "Ida Rosk"),
        ("de", "Anwohner sagen, 40 Häuser seien verbrannt, was Direktorin Ida Rosk bestreitet.", "Ida Rosk"),
    ],
)
def test_a_clause_that_takes_up_what_is_said_denies_it_and_leaves_it_to_who_says_it(
    language: str, text: str, speaker: str
) -> None:
    said, denial = claims(text, language=language)
    assert (denial.kind, denial.speaker, denial.rule) == (Kind.DENIAL, speaker, POINTING)
    assert denial.denied == said.evidence
    assert said.speaker != speaker


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mayor Max Orr met reporters at noon. He denied taking bribes."),
        ("en", "Auditors say mayor Max Orr took 2 million euros. He denies it."),
        ("id", "Bupati Max Orr bertemu wartawan. Ia membantah menerima suap."),
        ("es", "El alcalde Max Orr recibió a la prensa. Negó haber cobrado sobornos."),
        ("pt", "O prefeito Max Orr recebeu a imprensa. Negou ter recebido propina."),
        ("fr", "Le maire Max Orr a reçu la presse. Il a nié toute fraude."),
        ("de", "Bürgermeister Max Orr traf Journalisten. Das bestritt er."),
    ],
)
def test_who_denies_under_a_pronoun_is_whom_the_sentence_before_names(language: str, text: str) -> None:
    denial = claims(f"Report\n\n{text}", language=language)[-1]
    assert (denial.kind, denial.speaker) == (Kind.DENIAL, "Max Orr")


def test_both_are_nobody_in_particular_but_do_deny() -> None:
    texts = {
        "en": "Both denied having met the envoy.",
        "id": "Keduanya membantah pernah bertemu utusan itu.",
        "es": "Ambos negaron haberse reunido con el enviado.",
        "pt": "Ambos negaram ter encontrado o enviado.",
        "fr": "Tous deux ont nié avoir rencontré l'émissaire.",
        "de": "Beide bestritten, den Gesandten getroffen zu haben.",
    }
    found = [claim for language, text in texts.items() for claim in claims(text, language=language)]
    assert [(claim.kind, claim.speaker_unresolved) for claim in found] == [(Kind.DENIAL, True)] * len(texts)


def test_indirect_speech_goes_on_with_whom_the_sentence_before_is_about() -> None:
    text = "Bericht\n\nPolizeichef Max Orr sprach mit Reportern. Man habe niemanden festgehalten."
    said = claims(text, language="de")[-1]
    assert (said.kind, said.speaker, said.negated) == (Kind.STATEMENT, "Max Orr", True)


def test_a_denial_that_somebody_takes_back_is_part_of_what_is_admitted() -> None:
    text = "The mayor, Ida Rosk, who had dismissed reports of a leak, admitted that a pipe had burst."
    (claim,) = claims(text, language="en")
    assert (claim.kind, claim.speaker, claim.evidence) == (Kind.STATEMENT, "Ida Rosk", text.rstrip("."))


def test_a_page_that_is_only_a_headline_denies() -> None:
    (claim,) = claims("Bupati Max Orr Bantah Terima Suap", language="id")
    assert (claim.kind, claim.speaker, claim.denied) == (Kind.DENIAL, "Max Orr", "Terima Suap")
