"""Articles become claims: the corpus of our own sentences, and what holds for whole articles."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as some

from claims import measures
from claims.extract import extract
from claims.lexicon import lexicon
from claims.model import POINTING, Article, Claim, Kind, Modality
from tests.texts import TROOPS, VOTE

CORPUS = Path(__file__).parent / "corpus"
PUBLISHED = date(2024, 10, 24)


def corpus() -> list[Any]:
    found = []
    for path in sorted(CORPUS.glob("??.toml")):
        language = path.stem
        rows = tomli.loads(path.read_text("utf-8"), parse_float=Decimal)["text"]
        found += [pytest.param(language, row, id=f"{language}: {row['text'][:50]}") for row in rows]
    return found


def fields(claim: Claim) -> dict[str, object]:
    """A claim as the corpus writes it; who nobody knows is compared without case and article."""
    quantity, vote = claim.quantity, claim.vote
    return {
        "kind": claim.kind.value,
        "measure": claim.measure,
        "speaker": _bare(claim.speaker or ""),
        "unresolved": claim.speaker_unresolved,
        "via": list(claim.via),
        "said_on": claim.said_on.isoformat() if claim.said_on else None,
        "agent": claim.agent,
        "subgroup": claim.subgroup,
        "place": claim.place,
        "modality": claim.modality.value,
        "negated": claim.negated,
        "date": claim.event_date.iso if claim.event_date else None,
        "low": quantity.low if quantity else None,
        "high": quantity.high if quantity else None,
        "unit": quantity.unit if quantity else None,
        "bound": quantity.bound.value if quantity else None,
        "basis": quantity.basis.value if quantity else None,
        "body": vote.body if vote else None,
        "matter": vote.matter if vote else None,
        "result": vote.result if vote else None,
        "for": vote.in_favour if vote else None,
        "against": vote.against if vote else None,
        "abstain": vote.abstain if vote else None,
        "absent": vote.absent if vote else None,
        "unanimous": vote.unanimous if vote else None,
    }


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ")


def _wanted(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "speaker": _bare(row["speaker"])} if "speaker" in row else row


@pytest.mark.parametrize(("language", "row"), corpus())
def test_a_sentence_gives_these_claims(language: str, row: dict[str, Any]) -> None:
    found = extract(Article(id="a", text=row["text"], language=language, published=PUBLISHED)).claims
    expected, unwanted = [_wanted(one) for one in row.get("claims", [])], row.get("without", [])
    assert [fields(claim) for claim in found if claim.kind in unwanted] == []
    if row.get("only"):
        assert len(found) == len(expected)
    if not expected and not unwanted:
        assert [fields(claim) for claim in found] == []
    for wanted in expected:
        assert any(wanted.items() <= fields(claim).items() for claim in found), [fields(claim) for claim in found]


def claims(text: str, **more: Any) -> tuple[Claim, ...]:
    return extract(Article(id="a", text=text, **more)).claims


SINGLE = {
    language: [
        row["text"]
        for row in tomli.loads((CORPUS / f"{language}.toml").read_text("utf-8"))["text"]
        if row.get("claims") and "\n" not in row["text"]
    ]
    for language in ("en", "id")
}


def content(text: str, language: str, paragraph: int) -> list[tuple[object, ...]]:
    """What the claims of a paragraph say, who says it and when aside: those may be carried over."""
    start = sum(len(line) + 1 for line in text.split("\n")[:paragraph])
    inside = range(start, start + len(text.split("\n")[paragraph]))
    found = extract(Article(id="a", text=text, language=language, published=PUBLISHED)).claims
    return [
        (claim.evidence, claim.kind, claim.modality, claim.negated, claim.quantity and claim.quantity.value)
        for claim in found
        if claim.start in inside
    ]


@given(some.data())
def test_a_paragraph_claims_the_same_whatever_stands_around_it(data: some.DataObject) -> None:
    language = data.draw(some.sampled_from(["en", "id"]))
    before, it, after = (data.draw(some.sampled_from(SINGLE[language])) for _ in range(3))
    alone = content(f"Some title\n{it}", language, 1)
    assert content(f"Some title\n{before}\n{it}\n{after}", language, 2) == alone


def test_evidence_is_the_texts_own_slice() -> None:
    for claim in claims(TROOPS) + claims(VOTE):
        text = TROOPS if claim.language == "id" else VOTE
        assert text[claim.start : claim.end] == claim.evidence


def test_dates_count_from_the_date_in_the_text() -> None:
    quantity, denial, _ = claims(TROOPS)
    assert quantity.event_date is not None
    assert quantity.event_date.iso == "2024-10-23"
    assert denial.event_date is not None
    assert denial.event_date.iso == "2024-10-21"


def test_a_dateline_is_no_evidence() -> None:
    assert claims(VOTE)[0].evidence.startswith("Russia's lower house")


def test_an_expected_vote_is_planned_and_not_passed() -> None:
    later = [claim for claim in claims(VOTE) if claim.modality is Modality.PLANNED]
    assert later
    assert all(claim.vote is None or claim.vote.result is None for claim in later)


def test_a_pronoun_is_the_one_who_spoke_before() -> None:
    text = "Laporan\nGubernur Andrei Sokolov mengatakan 40 orang tewas.\nIa menambahkan 12 orang hilang."
    assert [claim.speaker for claim in claims(text, language="id")] == ["Andrei Sokolov", "Andrei Sokolov"]


def test_a_pronoun_for_nobody_is_unresolved() -> None:
    (claim,) = claims("Report\nHe said 40 people were killed in Kursk.", language="en")
    assert claim.speaker_unresolved


def test_a_speaker_named_in_the_next_sentence_is_the_speaker() -> None:
    text = "Report\nSome 40 soldiers were killed near Kursk.\nUkraine's military intelligence said this on Thursday."
    (claim,) = claims(text, language="en", published=PUBLISHED)
    assert claim.speaker == "Ukraine's military intelligence"


def test_a_headline_is_not_counted_twice() -> None:
    text = "12 orang tewas di Demak\nBNPB mengatakan 12 orang tewas di Demak."
    assert len(claims(text, language="id")) == 1


def test_a_language_that_nobody_knows_gives_nothing() -> None:
    extraction = extract(Article(id="a", text="Łódź: 12 osób zginęło w pożarze, podała policja.", language="pl"))
    assert (extraction.language, extraction.claims) == (None, ())


def test_every_sentence_has_an_outcome() -> None:
    extraction = extract(Article(id="a", text=TROOPS))
    assert {outcome.status for outcome in extraction.sentences} <= {"claims", "nothing", "unparsed"}
    assert len(extraction.sentences) == 4


MEASURES = [
    ("Ezra City sent eleven activists to prison for sedition.", "jailed", "people"),
    ("Rescue crews winched 18 to safety from the listing carrier.", "rescued", "people"),
    ("The conflict has driven 2.1 million from their homes in Qarda.", "displaced", "people"),
    ("The fire killed 3 people and drove 200 from their homes.", "displaced", "people"),
    ("The army sent 300 soldiers to the border.", "troops", "soldiers"),
    ("Left nursing concussions were five cadets from the academy.", "injured", "injured"),
    ("Of those aboard the ferry, nine did not survive.", "killed", "deaths"),
    ("Twelve sappers of the 4th Oresh Battalion fell in battle.", "killed", "deaths"),
    ("The army killed 12 people attending a wedding in Kala.", "killed", "deaths"),
    ("Lives lost on the roads of Brannock last year: 40.", "killed", "deaths"),
    ("Nearly 3,000 linked arms along the quay.", "crowd", "people"),
    ("Five cadets hit by a truck were hurt in Kala.", "injured", "injured"),
    ("Mourners, 800 of them, lined the route of the cortege.", "crowd", "people"),
    ("The festival welcomed 35,000 revellers over three days.", "crowd", "people"),
    ("The manager siphoned off 2 million euros from the charity.", "loss", "EUR"),
    ("Airline Aerona ended the year $640 million in the red.", "loss", "USD"),
    ("The bank paid $2 billion to the fund for losses on bad loans.", "money", "USD"),
    ("The regulator fined the airline 300,000 euros.", "fined", "EUR"),
]


@pytest.mark.parametrize(("text", "measure", "unit"), MEASURES)
def test_what_is_said_around_a_figure_tells_what_it_counts(text: str, measure: str, unit: str) -> None:
    found = claims(f"Report\n{text}", language="en")
    counted = [(measures.measure(claim.measure).family, one.unit) for claim in found if (one := claim.quantity)]
    assert (measure, unit) in counted


def test_only_quantities_have_figures() -> None:
    for claim in claims(TROOPS) + claims(VOTE):
        assert (claim.quantity is not None) == (claim.kind is Kind.QUANTITY)


SPEAKERS = [
    ("en", "The Red Cross, which runs the camp, says it has registered 2,300 people.", "Red Cross"),
    ("en", "Dunes have buried 31 barges, the harbour akimat said on Monday.", "harbour akimat"),
    (
        "en",
        "Some 90 sailors came ashore alive, Tomas Wirral, who runs the lifeboat station, told reporters here.",
        "Wirral",
    ),
    ("en", "A porter familiar with the cables counted 14 broken lifts.", "porter"),
    ("en", "Nurses at Wexham hospital told the Gazette they had counted nine deaths.", "Nurses"),
    ("id", "Sebanyak 14 sekolah ditutup, memperingatkan kepala dinas Rahma Yulianti.", "Rahma Yulianti"),
    (
        "pt",
        "Ao menos 18 pessoas morreram em Ourel, informou na quinta-feira o Instituto de Águas.",
        "Instituto de Águas",
    ),
    ("fr", "À Brenne, le nombre de sinistrés atteint 5 200, indique la préfecture.", "préfecture"),
]


#: sentences whose last claim is somebody's word whom its own words do not call by name or by a verb that is listed
UNNAMED = [
    ("en", "The mayor, Ilsa Brandt, saw it otherwise: the town had paid 12 million crowns.", "Ilsa Brandt"),
    ("id", "Serikat Nelayan Teluk punya cerita lain: 41 perahu hilang.", "Serikat Nelayan Teluk"),
    ("es", "La alcaldesa Lucía Prado lo ve de otro modo: se perdieron 14 casas.", "Lucía Prado"),
    ("pt", "O reitor Paulo Nunes apresentou outra versão: 14 alunos saíram.", "Paulo Nunes"),
    ("fr", "Le maire Jean Petit a une autre version : 14 maisons ont brûlé.", "Jean Petit"),
    ("de", "Bürgermeisterin Anna Kohl sah es anders: 14 Häuser sind abgebrannt.", "Anna Kohl"),
    ("en", "Police seized four weapons: two rifles and two pistols.", None),
    ("id", "Bupati Yosef Wenda menyangkal kabar itu. Bupati juga membantah gudang kosong.", "Yosef Wenda"),
    ("id", "Kementerian Kelautan mencatat 27 kapal. Kementerian mendaftar 29 korban tewas.", "Kementerian Kelautan"),
    ("pt", "A ouvidora Marta Leal pediu demissão na terça-feira. Ela nega qualquer favor.", "Marta Leal"),
    ("en", "The economist Petra Lind doubts it; in her reckoning, 400 farms closed.", "Petra Lind"),
    ("en", "The grid operator, Voltmar, reports 14 injured.", "Voltmar"),
    ("en", "The canal's owner, Ostrel Waterways, estimates that 300 barges are idle.", "Ostrel Waterways"),
    ("id", "Seorang pengamat Liga Pesisir, Tomas Arran, melaporkan 12 saksi diusir.", "Tomas Arran"),
    ("en", "Foreman Peter Kassel counted 14 cracks.", "Peter Kassel"),
    ("de", "Hafenmeisterin Greta Voss zählt 14 Kähne.", "Greta Voss"),
]


@pytest.mark.parametrize(("language", "text", "speaker"), UNNAMED)
def test_whose_word_it_is_stands_in_what_surrounds_it(language: str, text: str, speaker: str | None) -> None:
    assert claims(text, language=language)[-1].speaker == speaker


def test_a_pronoun_that_stands_for_nobody_known_is_no_name() -> None:
    (claim,) = claims("Tujuh orang masih hilang, dia menambahkan.", language="id")
    assert (claim.speaker, claim.speaker_unresolved) == (None, True)


@pytest.mark.parametrize(("language", "text", "speaker"), SPEAKERS)
def test_who_says_it_is_found_wherever_a_sentence_names_them(language: str, text: str, speaker: str) -> None:
    (claim, *_) = claims(f"Report\n{text}", language=language)
    assert speaker in (claim.speaker or "")
    assert not claim.speaker_unresolved


def test_a_body_is_who_it_was_called_before() -> None:
    text = "Report\nThe Marisol company has 12 ships.\nOn Monday it put the damage at 3 million euros."
    assert claims(text, language="en")[-1].speaker == "Marisol company"


def test_where_something_was_told_is_not_where_it_is() -> None:
    (claim,) = claims('Report\n"Nobody rang our office," the mayor, Ada Quill, told reporters in Leeds.', language="en")
    assert claim.place is None


def test_one_organisation_has_one_name_in_all_languages() -> None:
    said = [("en", "The UN refugee agency counted 40 tents."), ("id", "Badan Pengungsi PBB mencatat 40 tenda.")]
    assert len({claims(f"Report\n{text}", language=language)[0].speaker for language, text in said}) == 1


def test_a_figure_that_is_only_called_one_counts_what_was_counted_before() -> None:
    text = "Report\nThe ministry counted 12 injured. Its rival, the union, put the number at 19."
    assert [claim.measure for claim in claims(text, language="en")] == ["injured", "injured"]
    part = "Laporan\nMenurut polisi, 12 orang terluka. Serikat nelayan punya angka lain, yakni 19 orang."
    assert [measures.measure(claim.measure).family for claim in claims(part, language="id")] == ["injured"] * 2


def test_a_bank_that_gives_a_figure_counts_no_banks() -> None:
    (claim,) = claims("Report\nBank Marlo raised its estimate of losses to 40,000.", language="en")
    assert claim.measure != "companies"


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [
        ("id", "Sekitar 5.200 orang berunjuk rasa di Malvora, kata panitia; polisi kota menyebut 1.400.", (5200, 1400)),
        ("en", "Marchers numbered 6,000, the union said. The provincial police counted 2,500.", (6000, 2500)),
    ],
)
def test_a_body_named_by_its_area_counts_no_areas(language: str, text: str, figures: tuple[int, int]) -> None:
    claims = extract(Article(id="a", text=text, language=language)).claims
    assert {one.measure for one in claims} == {"crowd"}
    assert [one.quantity.low for one in claims if one.quantity] == list(figures)


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("en", "The ministry says the tunnel cost 48 million florins.", "florin"),
        ("id", "Kontrak itu bernilai 12 juta mahkota, kata auditor.", "crown"),
        ("de", "Das Werk verlor 47 Millionen Kronen, sagte die Direktorin.", "crown"),
        ("es", "La multa fue de 900 quetzales, dijo el juez.", "GTQ"),
    ],
)
def test_money_of_any_name_is_money(language: str, text: str, unit: str) -> None:
    (claim,) = extract(Article(id="a", text=text, language=language)).claims
    assert claim.quantity
    assert claim.quantity.unit == unit
    assert measures.is_currency(unit)


def test_a_noun_that_nobody_counts_is_measured_by_what_it_means_in_any_language() -> None:
    texts = {"en": "The museum lost 31 sculptures, it said.", "es": "El museo perdió 31 esculturas, dijo."}
    found = [extract(Article(id=code, text=text, language=code)).claims for code, text in texts.items()]
    assert [[one.measure for one in claims] for claims in found] == [["statue"], ["statue"]]


def test_calling_a_report_an_invention_denies_it() -> None:
    text = "Report\nA broker said the fund offered 90 million dollars. Director Ivo Lanz called the story “fantasy”."
    denial = claims(text, language="en")[-1]
    assert (denial.kind, denial.speaker, denial.rule) == (Kind.DENIAL, "Ivo Lanz", POINTING)


def test_a_degree_written_small_is_no_part_of_a_name() -> None:
    text = "Laporan\nSebanyak 31 siswa dirawat, kata Kepala Dinas Kesehatan Kabupaten Wonoasri, dr. Ratna Pradipta."
    (claim,) = claims(text, language="id")
    assert (claim.speaker, claim.speaker_role) == ("Ratna Pradipta", "Kepala Dinas Kesehatan Kabupaten Wonoasri")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Beamten nahmen den Kassierer am Bahnhof fest."),
        ("de", "In Salzruh wurde ein 40-jähriger Gärtner verhaftet."),
        ("es", "Los agentes detuvieron el martes al contable en su despacho."),
        ("pt", "Os agentes prenderam o contabilista no escritório."),
        ("fr", "Les gendarmes ont arrêté le comptable devant son bureau."),
    ],
)
def test_an_arrest_is_an_event_whoever_makes_it_and_however_far_its_verb_is_split(language: str, text: str) -> None:
    found = extract(Article(id="a", text=text, language=language)).claims
    assert [claim.rule for claim in found] == ["event: arrest"]


@pytest.mark.parametrize(
    ("language", "text", "family", "basis"),
    [
        ("en", "The number of students held has climbed to 17, the dean said.", "arrested", "cumulative"),
        ("en", "The navy lifted its count of sailors lost in the storm to nine.", "killed", "cumulative"),
        ("en", "Teams are searching for six fishermen.", "missing", "stock"),
        ("en", "Four villagers are still unaccounted for.", "missing", "stock"),
        ("id", "Lima penumpang masih tidak ditemukan.", "missing", "stock"),
        ("id", "Enam nelayan belum kembali.", "missing", "stock"),
        ("id", "Korban tewas bertambah lagi menjadi 23.", "killed", "cumulative"),
        ("en", "Nine policemen needed hospital treatment.", "hospitalised", "stock"),
        ("en", "Eleven students were arrested, she added.", "arrested", "cumulative"),
    ],
)
def test_a_figure_tells_what_befell_those_it_counts(language: str, text: str, family: str, basis: str) -> None:
    (claim,) = claims(f"Report\n{text}", language=language)
    assert claim.quantity
    assert (measures.measure(claim.measure).family, claim.quantity.basis) == (family, basis)


def test_things_that_stand_still_are_no_dead() -> None:
    found = claims("Laporan\nTiga dari lima pompa mati sejak Maret, kata Ketua RT Wahyu Santika.", language="id")
    assert not any(claim.quantity for claim in found)
    assert claims("Laporan\nTiga warga mati di jalan.", language="id")[0].measure == "died"


def test_a_place_that_gives_a_figure_counts_it_there() -> None:
    (claim,) = claims("Report\nQueensland has confirmed 31 cases.", language="en")
    assert (claim.speaker, claim.place) == ("Queensland", "Queensland")


@pytest.mark.parametrize(
    ("language", "text", "measure", "unit"),
    [
        ("en", "The dam cost 290 million crowns. Auditors arrive at 315 million.", "money", "crown"),
        ("en", "The reform costs 18 million dinars. He says the saving comes to 11 million.", "money", "dinar"),
        ("en", "The fraud cost 9 million euros. The firm made a profit of 6 million.", "money", "EUR"),
        ("de", "Der Umbau kostete 60 Millionen Euro. Die Opfer erhielten bislang 4 Millionen.", "money", "EUR"),
        ("es", "La obra costó 290 millones de euros. Los trabajadores recibieron 40 millones.", "money", "EUR"),
        ("id", "Proyek itu menelan 300 juta dolar. Warga baru menerima 6 juta.", "money", "USD"),
        ("en", "The UN seeks 90 million euros. The storm displaced 3 million.", "displaced", "people"),
        (
            "en",
            "The UN seeks 90 million euros. The number of displaced people rose to 3 million.",
            "displaced",
            "people",
        ),
    ],
)
def test_a_bare_figure_in_millions_behind_a_sum_is_a_sum(language: str, text: str, measure: str, unit: str) -> None:
    last = claims(text, language=language)[-1]
    assert last.quantity
    assert (last.measure, last.quantity.unit) == (measure, unit)


@pytest.mark.parametrize(
    ("language", "text", "measure"),
    [
        ("en", "Police arrested 134 people. Poor families, 5.2 million of them, wait for aid.", "families"),
        ("en", "Police arrested 12 people. Fishing boats, 30 of them, lay at the pier.", "ships"),
        ("id", "Polisi menangkap 12 orang. Rumah warga, 30 di antaranya, rusak.", "houses"),
    ],
)
def test_an_aside_counts_the_noun_that_it_stands_behind(language: str, text: str, measure: str) -> None:
    assert measures.measure(claims(text, language=language)[-1].measure).family == measure


def test_no_part_is_greater_than_its_whole() -> None:
    found = claims("Police arrested 12 people. Orchards, 30 of them, were burnt.", language="en")
    assert [claim.measure for claim in found if claim.quantity] == ["arrested"]


def test_jobs_suffer_no_fate_of_people() -> None:
    (claim,) = claims("Laporan\nSebanyak 25.000 pekerjaan bisa lenyap, kata serikat.", language="id")
    assert claim.measure == "jobs"


def test_a_word_for_a_figure_that_names_what_it_is_of_counts_that() -> None:
    found = claims("Polisi menahan dua perwira polisi. Angka kematian kini 44.", language="id")
    assert measures.measure(found[-1].measure).family == "killed"


@pytest.mark.parametrize(
    ("family", "texts"),
    [
        ("passengers", {"en": "205 passengers", "id": "205 penumpang", "fr": "205 passagers", "de": "205 Fluggäste"}),
        (
            "personnel",
            {"en": "205 firefighters", "es": "205 bomberos", "fr": "205 pompiers", "id": "205 petugas pemadam"},
        ),
        ("artillery", {"en": "205 howitzers", "de": "205 Haubitzen", "fr": "205 obusiers", "id": "205 howitzer"}),
        ("cases", {"en": "205 infections", "id": "205 infeksi", "es": "205 contagios", "de": "205 Infektionen"}),
        ("suspected_cases", {"en": "205 suspected cases", "id": "205 suspek", "pt": "205 casos suspeitos"}),
        (
            "earthquakes",
            {"en": "205 aftershocks", "id": "205 gempa susulan", "es": "205 réplicas", "de": "205 Nachbeben"},
        ),
        ("students", {"en": "205 pupils", "id": "205 murid", "es": "205 alumnos", "de": "205 Schüler"}),
        ("bridges", {"en": "205 bridges", "fr": "205 ponts", "de": "205 Brücken", "pt": "205 pontes"}),
    ],
)
def test_one_thing_has_one_measure_in_all_languages(family: str, texts: dict[str, str]) -> None:
    cues = [lexicon(language).cues_by_section(text)["unit"][0] for language, text in texts.items()]
    assert {measures.measure(str(cue.get("measure"))).family for cue in cues} == {family}
