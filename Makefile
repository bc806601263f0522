# Casemate's commands. `make help` lists them; none needs more than Python 3.11 and pip to begin with.

PYTHON ?= python3
PORT   ?= 3978

VENV := .venv
BIN  := $(VENV)/bin
DONE := $(VENV)/.made-from-requirements
NPM  := node_modules/.made-from-package-lock

.DEFAULT_GOAL := help
.PHONY: help setup run test e2e check format bench lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(DONE)  ## make or refresh the environment (.venv) alone

# The stamp is older than the lock file exactly when the environment is stale.
$(DONE): requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Casemate needs Python 3.11 or later; try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(DONE)  ## the bot in local mode, with its page on http://localhost:3978/
	$(BIN)/python app.py --local --port $(PORT) $(if $(DEMO),--demo)

test: $(DONE)  ## everything that needs no browser
	$(BIN)/python -m pytest -q

e2e: $(DONE) $(NPM)  ## the whole job in Chromium, through the real Web Chat
	$(BIN)/python -m pytest -q -m e2e tests/e2e

$(NPM): package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

check: $(DONE)  ## format, lint, types, layers, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q

format: $(DONE)  ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DONE)  ## the figures, beside the peers (some minutes)
	$(BIN)/python -m bench

lock: $(DONE)  ## write requirements*.txt anew from requirements*.in
	$(BIN)/uv pip compile --quiet $(LOCK) requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet $(LOCK) requirements-dev.in -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet $(LOCK) bench/peers/requirements.in -o bench/peers/requirements.txt

# --universal: one file for Linux, macOS and Windows. No index or link lines: the machine's own are used.
LOCK := --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header

clean:  ## take away what was made (your data/ stays)
	rm -rf $(VENV) node_modules bench/out bench/peers/.venv tests/e2e/out .mypy_cache .ruff_cache .pytest_cache \
	  .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
