"""A socket as a test holds it: one ASGI application, frames as dictionaries, no server in between.

Channels' own communicator cannot be imported without Daphne, so this stands on asgiref's.
"""

import asyncio
from typing import Any

import msgspec
from asgiref.testing import ApplicationCommunicator

SUBPROTOCOL = "anstoss.live.v1"
PATIENCE = 15.0  # seconds: a machine that others keep busy is slow, not wrong


class Line:
    """One connection to `app` at `path`; more of the scope (cookies, user, origin) by keyword."""

    def __init__(self, app: Any, path: str, *, headers: dict[str, str] | None = None, **scope: Any) -> None:
        raw = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
        self._wire = ApplicationCommunicator(
            app,
            {
                "type": "websocket",
                "path": path,
                "raw_path": path.encode(),
                "query_string": b"",
                "headers": raw,
                "subprotocols": [SUBPROTOCOL],
                **scope,
            },
        )

    async def open(self) -> bool:
        """The handshake; False when it was refused."""
        await self._wire.send_input({"type": "websocket.connect"})
        answer = await self._wire.receive_output(PATIENCE)
        return bool(answer["type"] == "websocket.accept" and answer["subprotocol"] == SUBPROTOCOL)

    async def hello(self, **known: Any) -> dict[str, Any]:
        """Handshake and `hello`; the welcome."""
        assert await self.open()
        await self.say({"t": "hello", **known})
        return await self.hear("welcome")

    async def say(self, frame: object) -> None:
        await self.say_raw(msgspec.json.encode(frame).decode())

    async def say_raw(self, text: str) -> None:
        await self._wire.send_input({"type": "websocket.receive", "text": text})

    async def hear(self, *kinds: str, within: float = PATIENCE) -> dict[str, Any]:
        """The next frame of one of these kinds, or of any; others are passed over."""
        while True:
            message = await self._wire.receive_output(within)
            assert message["type"] == "websocket.send", message
            frame: dict[str, Any] = msgspec.json.decode(message["text"])
            if not kinds or frame["t"] in kinds:
                return frame

    async def overhear(self, seconds: float) -> list[dict[str, Any]]:
        """Everything that arrives within so many seconds."""
        await asyncio.sleep(seconds)
        queue = self._wire.output_queue
        return [msgspec.json.decode(queue.get_nowait()["text"]) for _ in range(queue.qsize())]

    async def close_code(self) -> int:
        """Wait for the server's close."""
        while (message := await self._wire.receive_output(PATIENCE))["type"] != "websocket.close":
            pass
        return int(message.get("code", 1000))

    async def leave(self) -> None:
        """Go away, and wait until the application has noticed."""
        await self._wire.send_input({"type": "websocket.disconnect", "code": 1005})
        await self._wire.wait(PATIENCE)
