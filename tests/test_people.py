"""Figures of people: what befell them or what they did, in the words that journalists use for it."""

from datetime import date

import pytest

from claims import measures
from claims.extract import extract
from claims.model import Article, Basis, Claim


def claims(text: str, language: str = "en") -> tuple[Claim, ...]:
    return extract(Article(id="x", text=text, language=language, published=date(2026, 5, 3))).claims


HELD = [
    ("en", "16 engineers are still in rebel hands.", "kidnapped"),
    ("en", "Some 240 soldiers laid down their arms.", "prisoners"),
    ("id", "Sebanyak 16 penumpang masih di tangan perompak.", "kidnapped"),
    ("es", "Unos 240 soldados cayeron en manos del enemigo.", "prisoners"),
    ("pt", "Dezesseis turistas seguem em poder dos rebeldes.", "kidnapped"),
    ("fr", "Seize touristes restent entre les mains des rebelles.", "kidnapped"),
    ("de", "Die Armee nahm 240 Kämpfer gefangen.", "prisoners"),
    ("en", "The camps now house 4,200 people.", "displaced"),
    ("id", "Sekitar 4.200 warga masih tidur di tenda.", "displaced"),
    ("fr", "Quelque 4 200 personnes dorment encore dans les gymnases.", "displaced"),
    ("de", "Rund 4.200 Menschen leben in Zelten.", "displaced"),
    ("en", "Files of 860,000 patients were copied.", "affected"),
    ("es", "Robaron los datos de 860.000 clientes.", "affected"),
    ("de", "Hacker stahlen die Akten von 860.000 Patienten.", "affected"),
    ("id", "Sekitar 600 nasabah mengepung kantor bank.", "crowd"),
    ("pt", "Cerca de 850 operários cruzaram os braços.", "crowd"),
    ("fr", "Quelque 850 ouvriers ont débrayé.", "crowd"),
    ("en", "The army withdrew 600 soldiers from the valley.", "withdrawn"),
]


@pytest.mark.parametrize(("language", "text", "family"), HELD)
def test_a_figure_of_people_tells_what_befell_them(language: str, text: str, family: str) -> None:
    assert measures.measure(claims(text, language=language)[0].measure).family == family


NOT_HELD = [
    ("en", "The decision lies in the hands of 12 judges.", "kidnapped"),
    ("en", "The flood hit the valley on Sunday and killed 61 people.", "affected"),
    ("en", "The prison camp houses 900 prisoners.", "displaced"),
    ("en", "Police picked up nine men near the border.", "rescued"),
    ("id", "Sekolah itu menampung 900 siswa.", "displaced"),
    ("id", "Sebanyak 900 tentara mengepung kota itu.", "crowd"),
    ("id", "Masjid itu dipadati 900 orang.", "displaced"),
    ("id", "Polisi membawa 25 orang ke rumah sakit.", "arrested"),
    ("es", "La ambulancia se llevó a 25 personas.", "arrested"),
    ("pt", "O time perdeu dois jogadores.", "killed"),
    ("fr", "Les gymnases accueillent 900 élèves.", "displaced"),
    ("de", "Das Hochwasser traf das Tal und tötete 61 Menschen.", "affected"),
]


@pytest.mark.parametrize(("language", "text", "family"), NOT_HELD)
def test_words_that_also_mean_something_else_befall_nobody(language: str, text: str, family: str) -> None:
    assert family not in {measures.measure(one.measure).family for one in claims(text, language=language)}


def test_soldiers_are_of_the_side_that_lost_them() -> None:
    (claim,) = claims("The ministry said that France had lost no more than six soldiers.")
    assert (claim.measure, claim.subgroup, claim.agent) == ("killed", "soldiers", "France")


def test_a_bare_figure_goes_on_counting_those_who_are_left() -> None:
    found = claims("Oskol says that 468 of its men are still in rebel hands. The ombudsman counts 402.")
    assert {one.quantity.basis for one in found if one.quantity} == {Basis.STOCK}
