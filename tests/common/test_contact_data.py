"""Contact data in what residents write: what is found, what is left alone, and that it takes no time to tell."""

import time

import pytest

from common.contact_data import SENTENCES, contact_data_in, refuse_contact_data
from common.errors import Refused

FOUND = {
    "schau mal https://example.org/x": "link",
    "HTTP://EXAMPLE.ORG": "link",
    "komm auf www.irgendwas": "link",
    "discord.gg/abc123": "link",
    "folg mir: insta.com/luchs?x=1": "link",
    "(t.me/luchs17)": "link",
    "Seite: luchs.de!": "link",
    "luchs17@example.org": "email",
    "schreib <luchs.17@post.example.de>, ok?": "email",
    "ruf an 0176 1234567": "phone",
    "0176/12 34 567": "phone",
    "+49 (176) 123-45-67": "phone",
    "01761234567": "phone",
    "meine nummer ist 1761234567": "phone",
    "am 26.11. dann 0151 2345678": "phone",
    "٠١٧٦ ١٢٣٤٥٦٧": "phone",
    "04103 123456, frag nach Rosa": "phone",
    "am 2026-12-01 unter 0151 2345678": "phone",
    "Mein Insta ist luchs_17": "handle",
    "snap:luchs17": "handle",
    "Schreib mir bei Discord (Luchs.der.17)": "handle",
    "@luchs auf TikTok": "handle",
    "WhatsApp = Luchs٢٣": "handle",
}
LEFT_ALONE = [
    "",
    "Morgen 16 Uhr am Tor, bringt Handschuhe mit",
    "Am 05.12.2026 um 16.30 Uhr",
    "05.12.–06.12.2026",
    "08.00-10.30 Uhr",
    "Di 1.12., Do 3.12., 9:30 bis 11:45",
    "Wir brauchen 100.000 Euro, haben 3500",
    "06844 Dessau, Hausnummer 12",
    "2025 bis 2026, 12 bis 26 Jahre",
    "das wars.Dann bis morgen",
    "z.B. Farbe usw. und z. B. Pinsel",
    "Ja!!! (oder?) ... ok :)",
    "3/4 voll, 50/50, 1-2-3",
    "@Otter-4 kommst du?",
    "Ruf die 116 111 an, oder 0800 111 0 111, im Notfall 112",
    "Datei plan.pdf liegt im Jugendhaus",
    "e-mail geht auch",
    "5.000 €",
    "Kostet 1000000 Euro, vielleicht 1.500.000 €",
    "01.12.2026",
    "15–17 Uhr",
    "01.12.2026, 15–17 Uhr",
    "am 01.12. 09–11 und 13–15 Uhr",
    "2026-12-01 bis 2026-12-05",
    "01/12/2026 - 05/12/2026",
    "01/12/26 - 05/12/26",
    "Haus 12 34",
    "Haus 12–34, Eingang 5–7",
    "Straße des 17. Juni 100",
    "06844 / 06846 Dessau",
    "Wir haben eine WhatsApp-Gruppe und sind auf Insta",
    "Insta-Seite für das U18-Turnier, Discord Raum A4, MP3 per Signal",
    "TikTok 2026, Instagram Kanal 3",
    "@Otter-4 und luchs_17 kommen auch",
]


@pytest.mark.parametrize(("text", "kind"), FOUND.items())
def test_contact_data_is_found(text: str, kind: str) -> None:
    assert contact_data_in(text) == kind


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert contact_data_in(text) == ""


@pytest.mark.parametrize("piece", ["1 ", "1.", "a.", "0-", "@", "a@", "(", "٠", "x"])
def test_time_grows_with_the_length_only(piece: str) -> None:
    """A hundred times the text takes about a hundred times as long, far from its square."""
    short, long = (piece * 2_000, piece * 200_000)
    assert _seconds(long) < 1000 * max(_seconds(short), 0.0005)


def _seconds(text: str) -> float:
    begin = time.process_time()
    contact_data_in(text)
    return time.process_time() - begin


@pytest.mark.parametrize("kind", SENTENCES)
def test_contact_data_is_refused_at_its_field_in_words(kind: str) -> None:
    text = next(text for text, found in FOUND.items() if found == kind)
    with pytest.raises(Refused) as refused:
        refuse_contact_data(text, "place")
    assert (refused.value.code, refused.value.field, str(refused.value)) == (kind, "place", str(SENTENCES[kind]))


def test_words_without_contact_data_are_not_refused() -> None:
    refuse_contact_data("Ein Dach für den Bolzplatz, Haus 12 34", "title")
