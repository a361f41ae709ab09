"""What leaves the server: security headers on every answer, files kept by version, nothing outside their folders."""
import base64
import hashlib
import re
from pathlib import Path

import plotly
import pytest
import streamlit
from starlette.applications import Starlette
from starlette.testclient import TestClient

import app as served
from ui import session
from ui.board import COMPONENTS, version
from ui.serve import HEADERS, INLINE_SCRIPT, POLICY

FOREVER = "public, max-age=31536000, immutable"
INDEX = Path(streamlit.__file__).parent / "static" / "index.html"


@pytest.fixture(scope="module")
def client():
    """Our own routes and middleware, without the Streamlit that they stand beside."""
    return TestClient(Starlette(routes=served.app._user_routes, middleware=served.app._user_middleware))


def test_policy_allows_the_one_inline_script_that_streamlit_has():
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", INDEX.read_text(encoding="utf-8"), re.DOTALL)
    hashes = ["sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert hashes == [INLINE_SCRIPT]


def test_policy_lets_nothing_foreign_in():
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules["default-src"] == "'self'" and rules["object-src"] == "'none'" and rules["frame-ancestors"] == "'none'"
    assert "'unsafe-inline'" not in rules["script-src"] and "'unsafe-eval'" not in rules["script-src"].replace("'wasm-unsafe-eval'", "")
    assert "http" not in POLICY and "*" not in POLICY


@pytest.mark.parametrize("path", [f"/parts/{version()}/board.js", "/parts/x/nothing.js", "/nowhere", "/map/base/0.json"])
def test_every_answer_has_the_security_headers(client, path):
    headers = client.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("name", sorted(path.name for path in COMPONENTS.iterdir()))
def test_figures_code_is_served_and_kept(client, name):
    answer = client.get(f"/parts/{version()}/{name}")
    assert answer.status_code == 200 and answer.headers["cache-control"] == FOREVER
    assert answer.content == (COMPONENTS / name).read_bytes()
    assert answer.headers["content-type"].split(";")[0] in ("text/javascript", "application/javascript", "text/css")


def test_plotly_comes_from_here(client):
    answer = client.get(f"/vendor/{plotly.__version__}/plotly.min.js")
    assert answer.status_code == 200 and answer.headers["cache-control"] == FOREVER and len(answer.content) > 10**6


@pytest.mark.parametrize("path", ["/parts/x/%2e%2e/serve.py", "/parts/x/..%2fserve.py", "/vendor/x/%2e%2e/__init__.py", "/parts/x/"])
def test_nothing_outside_the_folder_is_served(client, path):
    answer = client.get(path)
    assert answer.status_code == 404 and b"import" not in answer.content


def test_map_is_served_for_its_version_only(client):
    own = session.points()[0]
    answer = client.get(f"/map/base/{own}.json")
    assert answer.status_code == 200 and answer.headers["cache-control"] == FOREVER
    V = session.model().decoder.config.vocab_size
    assert len(answer.json()["texts"]) == len(answer.json()["classes"]) == V and answer.json()["pca"]["shape"] == [V, 3]
    assert client.get("/map/base/0000000000000000.json").status_code == 404
    assert client.get(f"/map/assistant/{own}.json").status_code == 404


def test_position_vectors_are_served_in_shades(client):
    version, content, most = session.places()
    answer = client.get(f"/places/base/{version}.bin")
    assert answer.status_code == 200 and answer.headers["cache-control"] == FOREVER and answer.content == content
    vectors = session.model().decoder.transformer.wpe.weight
    assert len(content) == vectors.numel() and most == float(vectors.abs().max())
    assert client.get("/places/base/0.bin").status_code == client.get(f"/places/nobody/{version}.bin").status_code == 404


def test_version_follows_the_files(monkeypatch, tmp_path):
    before = version()
    (tmp_path / "board.js").write_text("// another")
    monkeypatch.setattr("ui.board.COMPONENTS", tmp_path)
    assert version.__wrapped__() != before
