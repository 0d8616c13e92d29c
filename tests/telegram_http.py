"""The HTTP side of the Bot API on loopback: reads GET, form, multipart and JSON requests, gives them to a function."""

import json
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.parser import Parser
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.telegram_spec import Json, Upload


@dataclass(frozen=True)
class Reply:
    """What goes back over HTTP."""

    status: int
    body: bytes
    kind: str = "application/json"


#: path, parameters, whether the client is still there → what to send; None drops the connection
Answer = Callable[[str, Json, Callable[[], bool]], Reply | None]


class HttpServer(ThreadingTCPServer):
    """A server on a free port of 127.0.0.1; `trouble` is told of what goes wrong in it."""

    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, answer: Answer, trouble: Callable[[str], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer, self.trouble = answer, trouble
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._loop = threading.Thread(target=self.serve_forever, args=(0.02,))

    def start(self) -> None:
        """Serve in a thread of its own."""
        self._loop.start()

    def stop(self) -> None:
        """Close every connection and wait for the threads."""
        self.shutdown()
        self._loop.join()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        with self._lock:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a client that was killed is no trouble
            self.trouble(traceback.format_exc())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: HttpServer

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:  # a client that was killed in the middle of a request
            self.close_connection = True
            return
        address = urlsplit(self.path)
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        given = query | _parameters(self.headers.get("Content-Type", ""), body)
        reply = self.server.answer(unquote(address.path), given, self._connected)
        if reply is None:
            self.close_connection = True
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    do_GET = do_POST

    def _connected(self) -> bool:
        try:
            return bool(self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the tests' output clean."""


def _parameters(content_type: str, body: bytes) -> Json:
    if content_type.startswith("application/json"):
        return dict(json.loads(body or b"{}"))
    if content_type.startswith("multipart/form-data"):
        boundary = content_type.partition("boundary=")[2].strip('"').encode()
        return dict(_part(part) for part in body.split(b"--" + boundary)[1:-1])
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _part(part: bytes) -> tuple[str, str | Upload]:
    """Name and value of a part between two boundaries; its bytes are kept as they are."""
    head, _, content = part.removeprefix(b"\r\n").removesuffix(b"\r\n").partition(b"\r\n\r\n")
    headers = Parser().parsestr(head.decode())
    name, file = str(headers.get_param("name", header="content-disposition")), headers.get_filename()
    return name, content.decode() if file is None else Upload(file, content, headers.get_content_type())
