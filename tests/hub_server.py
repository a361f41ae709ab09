"""A hub on this machine for the tests: the few addresses of the Hugging Face hub that a download asks for, over a folder of models."""
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

REVISION = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Hub:
    """Where it is, what was asked of it, and what goes wrong there."""
    url: str
    asked: list[str] = field(default_factory=list)
    cut: dict[str, int] = field(default_factory=dict)           # after so many bytes of a file the server dies
    slow: dict[str, float] = field(default_factory=dict)        # seconds that a file takes, in ten pieces
    claimed: dict[str, int] = field(default_factory=dict)       # sizes that the listing claims
    dead: bool = False


@contextmanager
def serving(models: Path) -> Iterator[Hub]:
    """A running hub of the models in `models`, by owner and name."""
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args) -> None:
            pass

        def do_HEAD(self) -> None:
            self.do_GET(body=False)

        def do_GET(self, body: bool = True) -> None:
            path = unquote(urlsplit(self.path).path).strip("/")
            hub.asked.append(f"{'GET' if body else 'HEAD'} {path}")
            if hub.dead:
                self.close_connection = True
                return
            if path.startswith("api/models/"):
                self._list(path.removeprefix("api/models/").removesuffix(f"/revision/{REVISION}"))
            elif "/resolve/" in path:
                name, _, rest = path.partition("/resolve/")
                self._file(models / name / rest.partition("/")[2], body)
            else:
                self._say(404, b"", {})

        def _list(self, name: str) -> None:
            folder = models / name
            if not folder.is_dir():
                self._say(404, b'{"error": "Repository not found"}', {"X-Error-Code": "RepoNotFound"})
                return
            files = [{"rfilename": path.name, "size": hub.claimed.get(path.name, path.stat().st_size)} for path in sorted(folder.iterdir())]
            self._say(200, json.dumps({"id": name, "sha": REVISION, "siblings": files, "private": False, "gated": False, "disabled": False,
                                       "tags": [], "downloads": 0}).encode(), {"Content-Type": "application/json"})

        def _file(self, path: Path, body: bool) -> None:
            if not path.is_file():
                self._say(404, b"", {"X-Error-Code": "EntryNotFound"})
                return
            data = path.read_bytes()
            start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
            head = {"ETag": f'"{hashlib.sha256(data).hexdigest()}"', "X-Repo-Commit": REVISION, "Content-Type": "application/octet-stream"}
            if start:
                head["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
            self.send_response(206 if start else 200)
            for key, value in (head | {"Content-Length": str(len(data) - start)}).items():
                self.send_header(key, value)
            self.end_headers()
            if body:
                self._send(data[start:], path.name)

        def _send(self, data: bytes, name: str) -> None:
            if name in hub.cut:
                self.wfile.write(data[:hub.cut[name]])
                hub.dead = self.close_connection = True
                return
            piece = max(1, -(-len(data) // 10))
            for at in range(0, len(data), piece):
                self.wfile.write(data[at:at + piece])
                threading.Event().wait(hub.slow.get(name, 0) / 10)

        def _say(self, status: int, body: bytes, head: dict[str, str]) -> None:
            self.send_response(status)
            for key, value in (head | {"Content-Length": str(len(body))}).items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hub = Hub(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
