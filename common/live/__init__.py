"""The live hub: one per process, for everything that reaches many screens at once.

**The idea.** The database is the only truth. A channel message is a hint that may get lost. Each process
reads what is new once, encodes each frame once, and hands the same bytes to all of its own sockets. What is
sent is either *replayable* (numbered, from a log in the database) or *replaceable* (the latest one wins).

**How an app uses it** (the chat is the shortest example)

1. A *topic* is a name such as `chat.12` or `event.3`: the kind, a dot, and a key.
2. Register one `Source` for each kind, in the module with the consumers::

       class ChatSource(Source):
           def heads(self, topics):             # {"chat.12": Head("1", 40)}; a topic that is gone is left out
           def log_after(self, topic, seq):     # [(41, ev(41, "message", {...})), ...]; None: too far back
           def snapshot(self, topic, view):     # (seq, state): for a screen that knows nothing yet
           def still_welcome(self, present):    # {"chat.12": {"user.7"}} -> those of them who may stay

       register("chat", ChatSource())

   All are plain functions; they run in the hub's own thread with its own database connection and use the ORM
   as usual. `tallies` (replaceable frames) and `tend` (what is due by the clock) are optional.
3. Services announce **after the commit**, from plain code or a coroutine, in any thread or process::

       transaction.on_commit(lambda: announce(f"chat.{room.pk}", seq=room.seq))

   `seq=` means: a numbered entry is there, look at once. Without it the next tick is early enough (tallies).
   `latest={"count": {"t": "tally", "n": 12, "rev": 7}}` brings replaceable frames along, so that no process has to
   read them; those with a lower `rev` than the one shown came too late and are left out.
   `gone="user.7"` closes that person's sockets of the topic at once; `still_welcome` is asked once a second,
   so that it happens also when the hint gets lost.
4. A consumer says who may listen to what, and everything else is done::

       class ChatConsumer(LiveConsumer):
           async def admit(self):              # None refuses the handshake (403)
               room = await find_room(self.scope["user"], self.scope["url_route"]["kwargs"]["pk"])
               return room and Admission(topic=f"chat.{room.pk}", who=f"user.{self.scope['user'].pk}")

   `await self.in_thread(function, *args)` calls plain code. `you()` adds what only this person sees to the
   welcome; `operate(op)` takes operations, for those few acts that travel on the socket. Routing:
   `path("ws/chat/<int:pk>/", ChatConsumer.as_asgi())`.

**Frames** (docs/live-protocol.md): JSON text, the kind in `t`, subprotocol `anstoss.live.v1`. The client
begins with `hello{epoch?, seq?}`. It gets `welcome{epoch, seq, you, now, tick_ms}`, then either
`snap{epoch, seq, state}` (it knew nothing, or too little) or every `ev{seq, k, d}` after its own number; then
each new `ev`, in order and without gaps. `ping{n}` is answered by `pong{n, now}`; `bye{why, retry_ms}` stands
before every close from our side. A browser uses `static/js/live/socket.js`.

**Delivery.** Stage and projector are served first, every 100 ms; phones every 100 to 250 ms, slower only
when a tick takes longer than that. A socket that does not keep up keeps the latest tally of each kind and up
to 256 numbered frames; then it gets `bye slow` and comes back by its number. Once a second the sources are
asked for what a lost hint would have told.
"""

from .announcing import announce
from .consumer import Admission, LiveConsumer
from .frames import Hello, Op, ack, encode, ev, nack, now_ms
from .gather import Gatherer
from .hub import Hub, current_hub
from .sources import Head, Slot, Source, register

__all__ = [
    "Admission",
    "Gatherer",
    "Head",
    "Hello",
    "Hub",
    "LiveConsumer",
    "Op",
    "Slot",
    "Source",
    "ack",
    "announce",
    "current_hub",
    "encode",
    "ev",
    "nack",
    "now_ms",
    "register",
]
