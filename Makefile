# `make` alone lists the targets. Each sets up all that it needs in .venv.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
# A lock is its own constraint as well: pips of Python 3.11 look for the newest of what another package wants with extras.
PIP = $(BIN)/pip --disable-pip-version-check install --quiet --require-hashes -r $(1) -c $(1)
# The checkout's own packages, in place; the build back end is pinned by the lock files, so nothing else is looked up.
PROJECT := $(BIN)/pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .

.PHONY: help demo test check quality bench soak pictures lock
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(BIN)/python:
	$(PYTHON) -m venv .venv

.venv/run.stamp: $(BIN)/python requirements.lock pyproject.toml
	$(call PIP,requirements.lock)
	$(PROJECT)
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	$(call PIP,requirements-dev.lock)
	@touch $@

demo: .venv/run.stamp ## read the sample articles, play a conversation, then chat
	@$(BIN)/claimbot demo

test: .venv/dev.stamp ## all tests, on SQLite and on a PostgreSQL that the tests start
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 4 --dist worksteal --cov --cov-report=term

check: .venv/dev.stamp ## lint, format, types, import contracts, lock files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --config pyproject.toml
	@$(MAKE) --no-print-directory lock LOCKS=.venv/locks
	@diff requirements.lock .venv/locks/requirements.lock && diff requirements-dev.lock .venv/locks/requirements-dev.lock \
		|| { echo "The lock files do not match pyproject.toml: run 'make lock' and commit the result." >&2; exit 1; }

quality: .venv/dev.stamp ## how well pages are read, claims, answers and conflicts found; fails below the floors
	@$(BIN)/python tests/page_quality.py
	@$(BIN)/python tests/quality.py

bench: .venv/dev.stamp ## how fast: extraction, questions, ingestion, conflicts, the bot over HTTP; what hostile input costs
	@$(BIN)/python tests/bench/extraction.py
	@$(BIN)/python tests/bench/run.py
	@$(BIN)/python tests/bench/pages.py
	@$(BIN)/python tests/bench/questions.py 10000 100000 --postgres
	@$(BIN)/python tests/bench/telegram.py
	@$(BIN)/python tests/bench/conflicts.py 10000 100000
	@$(BIN)/python tests/bench/sources.py
	@$(BIN)/python tests/bench/hostile.py
	@$(BIN)/python tests/bench/stream.py

soak: .venv/dev.stamp ## the long runs: kills, floods, faults
	@$(BIN)/python -m pytest -m soak
	@$(BIN)/python -m pytest -m hypothesis --hypothesis-profile=explore

pictures: .venv/run.stamp ## draw README's pictures anew (a Chromium must be on the PATH)
	@$(BIN)/python docs/pictures/make.py

LOCKS ?= .
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --extra build
lock: ## renew the lock files (UPGRADE=1 takes newer versions)
	@test -x $(BIN)/uv || { test -x $(BIN)/python || $(PYTHON) -m venv .venv; $(BIN)/pip --quiet install 'uv>=0.13'; }
	@mkdir -p $(LOCKS)
	@test $(LOCKS) = . || cp requirements.lock requirements-dev.lock $(LOCKS)/
	@$(COMPILE) $(if $(UPGRADE),--upgrade) -o $(LOCKS)/requirements.lock >/dev/null
	@$(COMPILE) $(if $(UPGRADE),--upgrade) --extra dev -c $(LOCKS)/requirements.lock -o $(LOCKS)/requirements-dev.lock >/dev/null
