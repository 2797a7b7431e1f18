"""Facts of a poster, as `participation.views.events.papers` makes them."""

from typing import Any

from common.qr import svg


def poster_facts(**facts: Any) -> dict[str, Any]:
    words = {name: name.title() for name in ("kind", "when", "where", "qr", "come-in", "how", "data-line")}
    return {
        "paper": "a4",
        "subtitle": "Was machen wir daraus?",
        "quartier": "Nordstadt",
        "when": "Sa 5. Dez., 14:00 Uhr",
        "place": "Aula",
        "code": "AB3 K7Q",
        "address": "anstoss.example/j",
        "qr": svg("https://anstoss.example/j/AB3K7Q/", border=2),
        "words": words,
        **facts,
    }
