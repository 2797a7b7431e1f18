"""The frames of `anstoss.live.v1` (docs/live-protocol.md): JSON text with the kind in `t`."""

import time
from typing import Any
from uuid import UUID

import msgspec

SUBPROTOCOL = "anstoss.live.v1"
MAX_FRAME = 16 * 1024
"""Largest frame that a client may send, in bytes; the server itself ends a connection at 64 KB."""

_encoder = msgspec.json.Encoder()


class Hello(msgspec.Struct, tag="hello", tag_field="t"):
    """The first frame: what the client already knows. Without `seq` it gets a snapshot."""

    epoch: str | None = None
    seq: int | None = None
    view: str | None = None


class Op(msgspec.Struct, tag="op", tag_field="t"):
    """An operation: `op` is the client's own id for it, `k` its kind, `a` its arguments."""

    op: UUID
    k: str
    a: dict[str, Any] = {}
    base_rev: int | None = None


class Ping(msgspec.Struct, tag="ping", tag_field="t"):
    n: int = 0


Incoming = Hello | Op | Ping
_decoder: msgspec.json.Decoder[Incoming] = msgspec.json.Decoder(Incoming)


def decode(text: str | bytes) -> Incoming:
    """A frame from a client. Raises `msgspec.DecodeError` (also for a wrong shape)."""
    return _decoder.decode(text)


def encode(frame: object) -> bytes:
    """Any frame as JSON."""
    return _encoder.encode(frame)


def now_ms() -> int:
    """The server's clock, in milliseconds since 1970."""
    return int(time.time() * 1000)


def ev(seq: int, kind: str, data: object) -> bytes:
    """A numbered, replayable event."""
    return encode({"t": "ev", "seq": seq, "k": kind, "d": data})


def snap(epoch: str, seq: int, state: object) -> bytes:
    return encode({"t": "snap", "epoch": epoch, "seq": seq, "state": state})


def welcome(epoch: str, seq: int, you: object, tick_ms: int) -> bytes:
    frame = {"t": "welcome", "epoch": epoch, "seq": seq, "you": you, "now": now_ms(), "tick_ms": tick_ms}
    return encode(frame)


def ack(op: UUID | str, answer: dict[str, Any]) -> bytes:
    """The answer to an operation that is committed: `rev`, and perhaps `receipt`, `at` and `dup`."""
    return encode({"t": "ack", "op": op, **answer})


def nack(op: UUID | str, code: str, **facts: Any) -> bytes:
    """An operation was refused; `facts` say what would go instead."""
    return encode({"t": "nack", "op": op, "code": code, **facts})


def pong(n: int) -> bytes:
    return encode({"t": "pong", "n": n, "now": now_ms()})


def bye(why: str, retry_ms: int) -> bytes:
    """Stands before a close from our side; `retry_ms` 0 means: do not come back by yourself."""
    return encode({"t": "bye", "why": why, "retry_ms": retry_ms})


class Frame:
    """A frame on its way to many sockets: its JSON, its text and its bytes on the wire are each made once."""

    __slots__ = ("_text", "_wire", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._text: str | None = None
        self._wire: bytes | None = None

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = self.data.decode()
        return self._text

    @property
    def wire(self) -> bytes:
        """The whole WebSocket frame (RFC 6455, 5.2): final, text, not masked, as a server sends it."""
        if self._wire is None:
            self._wire = _header(len(self.data)) + self.data
        return self._wire


def _header(length: int) -> bytes:
    if length < 126:
        return bytes((0x81, length))
    if length < 65536:
        return bytes((0x81, 126)) + length.to_bytes(2)
    return bytes((0x81, 127)) + length.to_bytes(8)
