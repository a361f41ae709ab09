# Everything that a checkout needs: `make run`, `make test`, `make models`, `make clean`. Works with GNU make 3.81.
PYTHON ?= python3
BIN := .venv/bin
CHROME := /Applications/Google Chrome.app/Contents/MacOS/Google Chrome
OLD := Python 3.11 or newer is needed: make PYTHON=python3.12, for example.

.PHONY: run test models clean

run: .venv/.runtime
	@echo "Vitrina: http://localhost:8501"
	@exec $(BIN)/uvicorn app:app --host 127.0.0.1 --port 8501 --no-access-log

test: .venv/.development
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
	  || command -v google-chrome >/dev/null 2>&1 || test -x "$(CHROME)" \
	  || $(BIN)/python -m playwright install chromium || true
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/browser
	$(BIN)/python -m pytest tests/browser

models: .venv/.runtime
	$(BIN)/python -m engine build

# What `make run` and `make test` made; runs/ holds hours of training and stays.
clean:
	rm -rf .venv .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(OLD)" >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

# Stamps: installed once, and again when the list changes.
.venv/.runtime: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.development: requirements-dev.txt requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/.runtime
