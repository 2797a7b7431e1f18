"""docs/live-protocol.md is the contract: its examples are frames, and what it names exists."""

import re
from pathlib import Path

import msgspec
import pytest

from common.live import consumer, frames
from participation.live import events as live
from participation.services.ballots import REFUSALS

TEXT = (Path(__file__).parents[3] / "docs" / "live-protocol.md").read_text()
CLIENT = re.findall(r"```json client\n(.*?)\n```", TEXT, re.DOTALL)
SERVER = re.findall(r"```json server\n(.*?)\n```", TEXT, re.DOTALL)


@pytest.mark.parametrize("example", CLIENT)
def test_an_example_of_a_client_is_understood(example: str) -> None:
    assert frames.decode(example).__struct_config__.tag == msgspec.json.decode(example)["t"]


def test_every_kind_of_frame_has_an_example() -> None:
    kinds = {msgspec.json.decode(example)["t"] for example in [*CLIENT, *SERVER]}
    assert kinds == {
        *("hello", "op", "ping"),
        *("welcome", "snap", "ev", "tally", "here", "ack", "nack", "pong", "bye"),
    }


def test_the_examples_of_the_server_have_the_fields_it_sends() -> None:
    examples = {(frame := msgspec.json.decode(example))["t"]: frame for example in SERVER}
    made = {
        "welcome": frames.welcome("e", 1, None, 100),
        "snap": frames.snap("e", 1, {}),
        "ev": frames.ev(1, "k", {}),
        "nack": frames.nack("op", "closed"),
        "pong": frames.pong(1),
        "bye": frames.bye("slow", 1),
    }
    for kind, frame in made.items():
        assert set(msgspec.json.decode(frame)) == set(examples[kind])


def test_every_code_and_kind_is_named() -> None:
    named = set(re.findall(r"`([a-z_.]+)`", TEXT))
    kinds = {value for name, value in vars(live).items() if name.isupper() and isinstance(value, str)}
    assert {*kinds, *REFUSALS, *consumer.NO_RETURN} - named == set()


def test_every_reason_of_a_bye_is_named() -> None:
    code = "".join(path.read_text() for path in Path(frames.__file__).parent.glob("*.py"))
    reasons = set(re.findall(r'\bclose\("([a-z_]+)"', code)) | consumer.NO_RETURN
    table = TEXT.partition("| `bye` why |")[2].partition("## ")[0]
    assert reasons - set(re.findall(r"`([a-z_]+)`", table)) == set()
