# `make help` lists the targets.
# PORT, DATABASE_URL, REDIS_URL, DEMO and TLS reach the server through the environment.
export PORT ?= 8000
export DEMO ?= 1

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
PIP_COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes \
	--strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
# Workers for each of the two test runs.
TEST_JOBS ?= 2

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint format bench drills migrate worker emulators assets lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 16

run: $(VENV)/.runtime ## start everything on http://127.0.0.1:8000 (PORT= DATABASE_URL= REDIS_URL= DEMO=0 TLS=1)
	@exec $(BIN)/python -m api.cli run

test: $(VENV)/.dev ## run all tests, on SQLite and on PostgreSQL + Redis
	@$(BIN)/python -m tests.programs
	@sqlite=0; postgres=0; \
	echo '== tests on SQLite'; $(BIN)/python -m pytest -n $(TEST_JOBS) --store sqlite || sqlite=$$?; \
	echo '== tests on PostgreSQL and Redis'; $(BIN)/python -m pytest -n $(TEST_JOBS) --store postgres || postgres=$$?; \
	echo "== exit status: SQLite $$sqlite, PostgreSQL and Redis $$postgres"; \
	[ $$sqlite -eq 0 ] && [ $$postgres -eq 0 ]

lint: $(VENV)/.dev ## check style, types and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev ## put the code into the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# A benchmark is bench/NAME.py, a drill tests/drills/NAME.py; both run as modules.
# Files whose name begins with _ are parts of others.
BENCHES := $(patsubst bench/%.py,bench-%,$(wildcard bench/[a-z]*.py))
DRILLS := $(patsubst tests/drills/%.py,drill-%,$(wildcard tests/drills/[a-z]*.py))
.PHONY: $(BENCHES) $(DRILLS)

bench: $(BENCHES) ## run every benchmark (one alone: make bench-NAME)
	@echo "benchmarks run: $(or $(strip $(BENCHES)),none exist yet)"

drills: $(DRILLS) ## run every drill (one alone: make drill-NAME)
	@echo "drills run: $(or $(strip $(DRILLS)),none exist yet)"

$(BENCHES): bench-%: $(VENV)/.dev
	@$(BIN)/python -m tests.programs
	@$(BIN)/python -m bench.$*

$(DRILLS): drill-%: $(VENV)/.dev
	@$(BIN)/python -m tests.programs
	@$(BIN)/python -m tests.drills.$*

migrate: $(VENV)/.runtime ## bring the database to the newest schema
	@exec $(BIN)/python -m api.cli migrate

worker: $(VENV)/.runtime ## run the background worker
	@exec $(BIN)/python -m api.cli worker

emulators: $(VENV)/.runtime ## start the loopback emulators of the outside systems
	@exec $(BIN)/python -m tests.emulators

assets: ## build the front-end assets
	@echo 'There are no front-end assets yet.'

# To be run on the oldest Python served, 3.11: what it needs, the newer ones bear.
lock: $(VENV)/.dev ## compile the lock files anew from pyproject.toml
	$(PIP_COMPILE) --upgrade -o requirements.lock pyproject.toml
	$(PIP_COMPILE) --upgrade --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

clean: ## remove the environment and the caches (keeps var/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment: made on demand, installed again whenever a lock changes.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or newer is needed; name one with PYTHON=python3.12'; exit 1; }
	@if [ "$$(id -u)" = 0 ] && ! $(PYTHON) -c 'import ensurepip' 2>/dev/null && command -v apt-get >/dev/null; \
		then apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null </dev/null; fi
	@$(PYTHON) -c 'import ensurepip' || { echo 'Python lacks its venv module: install python3-venv'; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock | $(BIN)/pip
	@echo 'Installing the locked packages ...'
	@$(PIP_INSTALL) -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock requirements.lock | $(BIN)/pip
	@echo 'Installing the locked packages and the development tools ...'
	@$(PIP_INSTALL) -r requirements-dev.lock
	@touch $@ $(VENV)/.runtime
