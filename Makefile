# Two commands matter: `make run` and `make test`. Everything they make lies in .venv/ and var/.
# Variables: PORT, HOST (0.0.0.0 opens the demo to phones nearby), PYTHON, TESTS (files or options for pytest),
# REQUIRE=browser,postgres,redis (a missing one fails instead of skipping), DATABASE_URL, REDIS_URL.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
TESTS ?=
WORKERS ?= auto

PY := .venv/bin/python
PYTEST := $(PY) -m pytest -n $(WORKERS) --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help run test test-ready lint format types checks bench bench-live bench-joins lock clean runtime dev

help:
	@echo "make run     set up and serve on http://$(HOST):$(PORT)   (PORT=… HOST=0.0.0.0 for phones nearby)"
	@echo "make test    the test suite; with DATABASE_URL and REDIS_URL also on those"
	@echo "make checks  lint, types, import contracts, migrations, deploy check, translations"
	@echo "make bench   page times, votes a second and the live ballot, as a table"
	@echo "make bench-live   a hall votes: SEATS=1000 WINDOW=2 STORE=sqlite|postgres   (docs/bench.md)"
	@echo "make bench-joins  a hall comes in: SEATS=1000 WINDOW=60 STORE=sqlite|postgres"
	@echo "make lock    pin pyproject.toml's dependencies into requirements/   (UPGRADE=1 for newer versions)"
	@echo "make clean   remove .venv/ and caches; var/ (all data) stays"

run: runtime
	@exec $(PY) manage.py serve --host "$(HOST)" --port "$(PORT)"

# --- environment: plain venv and pip; installed again only when the lock has changed ----------------------
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Anstoß needs Python 3.11 or newer. Install it, or name it: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "Python's venv is missing. On Debian: apt install python3-venv"; exit 1; }
	@echo "Making the environment in .venv …"
	@$(PYTHON) -m venv .venv

define install
	@cmp -s requirements/$(1).txt .venv/$(1).installed || { \
	  echo "Installing requirements/$(1).txt …"; \
	  $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
	    -r requirements/$(1).txt && cp requirements/$(1).txt .venv/$(1).installed; }
endef

runtime: $(PY)
	$(call install,runtime)

dev: $(PY)
	$(call install,dev)

# --- tests and checks -------------------------------------------------------------------------------------
test-ready: dev
	@$(PY) manage.py compile_translations

# Without DATABASE_URL: once, on SQLite. With it: on SQLite and again on that PostgreSQL (and Redis).
test: test-ready
	@if [ -z "$${DATABASE_URL:-}" ]; then exec $(PYTEST) $(TESTS); fi; \
	echo "== on SQLite and the in-memory channel layer (tests of PostgreSQL and Redis follow)"; \
	env -u DATABASE_URL -u REDIS_URL $(PYTEST) -m "not postgres and not redis" $(TESTS); first=$$?; \
	echo "== on PostgreSQL$${REDIS_URL:+ and Redis}"; \
	$(PYTEST) $(TESTS) && exit $$first

lint: dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

format: dev
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

types: dev
	@$(PY) -m mypy

checks: lint types test-ready
	@.venv/bin/lint-imports --no-cache
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py check_translations
	@env DJANGO_SETTINGS_MODULE=config.settings.production \
	  SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')" \
	  ALLOWED_HOSTS=anstoss.example DATABASE_URL=postgres://nobody@127.0.0.1:1/none REDIS_URL=redis://127.0.0.1:1/0 \
	  $(PY) manage.py check --deploy --fail-level WARNING

SEATS ?= 1000
STORE ?= sqlite
NAIVE ?= yes
ROUNDS ?= 2

bench: test-ready
	@$(PY) -m bench

bench-live: WINDOW ?= 2
bench-live: test-ready
	@$(PY) -m bench.live --seats $(SEATS) --window $(WINDOW) --store $(STORE) --naive $(NAIVE) --rounds $(ROUNDS)

bench-joins: WINDOW ?= 60
bench-joins: test-ready
	@$(PY) -m bench.joins --seats $(SEATS) --window $(WINDOW) --store $(STORE)

# --- upkeep -----------------------------------------------------------------------------------------------
# One lock for every supported Python (--universal), with hashes and without any index's address.
COMPILE = var/lock/bin/uv --no-config pip compile pyproject.toml --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --quiet \
  --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

lock:
	@mkdir -p var
	@[ -x var/lock/bin/uv ] || { $(PYTHON) -m venv var/lock && var/lock/bin/python -m pip install --quiet uv; }
	$(COMPILE) -o requirements/runtime.txt
	$(COMPILE) --extra dev -c requirements/runtime.txt -o requirements/dev.txt

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
