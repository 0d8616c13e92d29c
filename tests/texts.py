"""Articles of our own that several tests read."""

from datetime import UTC, datetime

#: when the tests take place
NOW = datetime(2024, 10, 24, 12, 0, tzinfo=UTC)

TROOPS = """Seoul menghitung pasukan Korea Utara di Rusia
Kamis (24/10/2024) – Korea Selatan mengatakan pada hari Rabu bahwa 3.000 tentara Korea Utara berada di Rusia.
Di New York pada hari Senin, Korea Utara membantah mengirim pasukan ke Rusia.
Presiden Rusia Vladimir Putin tidak menanggapi pertanyaan itu.
"""

MORE_TROOPS = """Kyiv counts four times as many
KYIV, 25 October 2024 – President Volodymyr Zelenskyy said on Friday that 12,000 North Korean soldiers were in Russia.
"""

VOTE = """Treaty passes its first hurdle
MOSCOW, 24 October 2024 – Russia's lower house unanimously approved a treaty with North Korea on Thursday.
The upper house is expected to vote on it in November.
"""

TOLL = """Banjir di Demak
Demak, 10 Maret 2024 – BNPB mengatakan pada hari Minggu bahwa 12 orang tewas dalam banjir di Demak.
"""

HIGHER_TOLL = """Flood toll rises
DEMAK, 12 March 2024 – BNPB said on Tuesday that 19 people were killed in the flood in Demak.
"""
