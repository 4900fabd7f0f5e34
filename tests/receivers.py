"""Real receivers of messages on loopback: a web server and a mail server, which can be down.

Each is a context manager. While it is open, `url` is where Apprise is to send, `received` is what
arrived so far, and `wait_for` waits for more. `refuse` makes connections fail on the same port,
`fail` answers each try with an error, `hang` with nothing at all, and `recover` ends all of these.
"""

import asyncio
import socket
from abc import ABC, abstractmethod
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Event, Thread
from time import monotonic
from typing import Final, Self

from aiosmtpd.smtp import SMTP, Envelope, Session
from typing_extensions import override

from tests.arrived import Arrived, arrived_mail, arrived_request

LOOPBACK: Final = "127.0.0.1"
PATIENCE_SECONDS: Final = 20.0


class Receiver(ABC):
    """What receivers share: a port that stays theirs, and what arrived."""

    def __init__(self) -> None:
        self._arrived: list[Arrived] = []
        self._changed = Condition()
        self._released = Event()
        self._is_failing = False
        self.tries = 0
        """How often somebody came to deliver, whatever became of it."""
        self._socket = _bound(0)
        self.port: int = self._socket.getsockname()[1]
        self._is_open = False

    @property
    @abstractmethod
    def url(self) -> str:
        """Where Apprise is to send."""

    @abstractmethod
    def _open(self, listening: socket.socket) -> None:
        """Serve what comes to the socket, in threads."""

    @abstractmethod
    def _close(self) -> None:
        """Serve no more, and close the socket."""

    def __enter__(self) -> Self:
        self._released.set()
        self.recover()
        return self

    def __exit__(self, *_: object) -> None:
        self.refuse()
        self._socket.close()

    @property
    def received(self) -> list[Arrived]:
        """What arrived so far, in order."""
        with self._changed:
            return list(self._arrived)

    def wait_for(self, count: int) -> list[Arrived]:
        """Return what arrived, once that are `count` messages; fails where they do not come."""
        until = monotonic() + PATIENCE_SECONDS
        with self._changed:
            while len(self._arrived) < count:
                assert self._changed.wait(until - monotonic()), f"{len(self._arrived)} of {count}"
            return list(self._arrived)

    def wait_for_tries(self, count: int) -> None:
        """Return once somebody came `count` times."""
        until = monotonic() + PATIENCE_SECONDS
        with self._changed:
            while self.tries < count:
                assert self._changed.wait(until - monotonic()), f"{self.tries} of {count}"

    def refuse(self) -> None:
        """Refuse connections; the port stays ours."""
        self._released.set()
        if self._is_open:
            self._close()
            self._is_open = False
            self._socket = _bound(self.port)

    def fail(self) -> None:
        """Answer with an error."""
        self.recover()
        self._is_failing = True

    def hang(self) -> None:
        """Take what comes, and answer nothing."""
        self.recover()
        self._released.clear()

    def recover(self) -> None:
        """Receive as if nothing had been."""
        self._is_failing = False
        self._released.set()
        if not self._is_open:
            self._socket.listen()
            self._open(self._socket)
            self._is_open = True

    def _is_taken(self) -> bool:
        """Note that somebody came, hang if that is wanted; say whether to take what it brings."""
        with self._changed:
            self.tries += 1
            self._changed.notify_all()
        is_taken = self._released.is_set() and not self._is_failing
        self._released.wait()
        return is_taken

    def _take(self, arrived: Arrived) -> None:
        with self._changed:
            self._arrived.append(arrived)
            self._changed.notify_all()


class HttpReceiver(Receiver):
    """A web server that takes what is sent to it: JSON, XML, a form or text."""

    def __init__(self, takes: Callable[[Arrived], bool] = lambda _: True) -> None:
        """Prepare; what the server does not take, it calls a bad request."""
        super().__init__()
        self._takes = takes

    @property
    @override
    def url(self) -> str:
        return f"json://{LOOPBACK}:{self.port}/hook"

    def url_as(self, scheme: str, path: str = "/hook") -> str:
        """Return where Apprise is to send as another of its services would: `form`, `xml`, …"""
        return f"{scheme}://{LOOPBACK}:{self.port}{path}"

    @override
    def _open(self, listening: socket.socket) -> None:
        receiver = self

        class Taking(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                arrived = arrived_request(self.path, dict(self.headers.items()), raw)
                status = 200 if receiver._takes(arrived) else 400
                status = status if receiver._is_taken() else 500
                if status == 200:
                    receiver._take(arrived)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(b'{"ok": true, "result": {}}')

            @override
            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer((LOOPBACK, 0), Taking, bind_and_activate=False)
        self._server.socket.close()
        self._server.socket = listening
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # whoever waited for us has gone
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @override
    def _close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class SmtpReceiver(Receiver):
    """A mail server that takes whatever is sent to it."""

    @property
    @override
    def url(self) -> str:
        return f"mailto://{LOOPBACK}:{self.port}?from=hub@example.org&to=lead@example.org"

    @override
    def _open(self, listening: socket.socket) -> None:
        self._loop = asyncio.new_event_loop()
        is_serving = Event()
        self._thread = Thread(target=self._serve, args=(listening, is_serving), daemon=True)
        self._thread.start()
        assert is_serving.wait(PATIENCE_SECONDS)

    @override
    def _close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 - the mail server calls it
        """Take one mail."""
        if not await asyncio.to_thread(self._is_taken):
            return "451 later"
        assert isinstance(envelope.content, bytes)
        self._take(arrived_mail(envelope.content))
        return "250 OK"

    def _serve(self, listening: socket.socket, is_serving: Event) -> None:
        def session() -> SMTP:
            return SMTP(self, hostname="localhost", loop=self._loop)

        asyncio.set_event_loop(self._loop)
        serving = self._loop.run_until_complete(self._loop.create_server(session, sock=listening))
        is_serving.set()
        self._loop.run_forever()
        serving.close()
        for each in asyncio.all_tasks(self._loop):
            each.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


def _bound(port: int) -> socket.socket:
    """Return a socket that holds a port of loopback; until it listens, connections are refused."""
    holding = socket.socket()
    holding.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holding.bind((LOOPBACK, port))
    return holding
