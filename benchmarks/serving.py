"""Servers of one's own on free loopback ports: started as a reader would start them, and ended by their own id."""
import contextlib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
APP, ECHO = "app:app", "benchmarks.echo:app"
PATIENCE = 120.0                    # seconds until a server that does not answer is given up


@contextlib.contextmanager
def serve(app: str) -> Iterator[str]:
    """Run `app` under uvicorn in a process of its own; yields its address (host:port) as soon as it takes connections."""
    port = _free_port()
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen([sys.executable, "-m", "uvicorn", app, "--host", "127.0.0.1", "--port", str(port),
                                   "--no-access-log"], cwd=ROOT, stdout=log, stderr=log)
        try:
            if not _answers(server, port):
                log.seek(0)
                raise RuntimeError(f"{app} did not answer within {PATIENCE:.0f} seconds:\n{log.read()[-2000:]}")
            yield f"127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(server: subprocess.Popen, port: int) -> bool:
    """Wait until the server takes connections; False if it ends or stays silent."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return True
        except OSError:
            time.sleep(0.01)
    return False
