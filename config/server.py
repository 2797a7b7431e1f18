"""How the one server process is run: by `manage.py serve`, by the browser tests and by the benches alike."""

from typing import Any

# Measured in docs/decisions/0004-hub.md. Frames over 64 KB are nobody's; compression for each message costs
# more than it saves; photos and chat are small, so a restart does not wait for slow clients.
OPTIONS: dict[str, Any] = {
    "loop": "uvloop",
    "http": "httptools",
    "ws": "websockets-sansio",
    "ws_max_size": 65536,
    "ws_per_message_deflate": False,
    "lifespan": "off",
    "access_log": False,
    "server_header": False,
    "timeout_graceful_shutdown": 3,
}
APPLICATION = "config.asgi:application"


def arguments(host: str, port: int) -> list[str]:
    """The same as arguments of `python -m uvicorn`."""
    switches = {"ws_per_message_deflate": "false", "access_log": None, "server_header": None}
    words = [APPLICATION, "--host", host, "--port", str(port)]
    for name, value in OPTIONS.items():
        option = name.replace("_", "-")
        if name in switches and switches[name] is None:
            words.append(f"--no-{option}")
        else:
            words += [f"--{option}", switches.get(name) or str(value)]
    return words
