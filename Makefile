# What one does with the portal. Needs Python 3.11 or newer, make and git; everything else is set up here.
#   make run         start it (PORT=8001 for another port, PORTAL_DEMO=0 without the invented company)
#   make test        all tests that this machine allows; REQUIRE_SERVICES=1 fails where one is skipped
#   make test-long   the exhaustive ones too, and everything once more on PostgreSQL
#   make check       lint, annotations, migrations, translations, generated documents, deployment settings

VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
JOBS ?= 2
PYTEST := $(PY) -m pytest
PARALLEL := -n $(JOBS) --dist loadgroup

.PHONY: run setup setup-test test test-long test-postgres check clean
.DEFAULT_GOAL := run

$(PY):
	@test -n "$(PYTHON)" || { echo "The portal needs Python 3.11 or newer; none was found."; exit 1; }
	@echo "Making a virtual environment …"
	@$(PYTHON) -m venv $(VENV) || { echo "python -m venv failed (Debian: apt-get install python3-venv)."; exit 1; }

$(VENV)/installed: requirements.txt | $(PY)
	@echo "Installing what the portal needs …"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/installed-test: requirements.txt requirements-test.txt | $(PY)
	@echo "Installing what the portal and its tests need …"
	@$(PIP) -r requirements-test.txt
	@touch $(VENV)/installed $@

setup: $(VENV)/installed

setup-test: $(VENV)/installed-test
	@$(PY) manage.py translations --compile

run: setup
	@$(PY) manage.py prepare && exec $(PY) manage.py serve --leashed

# Twice: on SQLite, and the tests marked `postgres` on a PostgreSQL where one answers. Both run also when one fails.
test: setup-test
	@failed=0; \
	$(PYTEST) $(PARALLEL) -m "not long and not postgres" || failed=1; \
	TEST_DATABASE_URL="$$($(PY) -m tests.find_postgres)" $(PYTEST) $(PARALLEL) -m "not long and postgres" || failed=1; \
	exit $$failed

test-postgres: setup-test
	@TEST_DATABASE_URL="$$($(PY) -m tests.find_postgres)" $(PYTEST) $(PARALLEL) -m "not long and not browser"

test-long: setup-test
	@failed=0; \
	$(PYTEST) $(PARALLEL) -m "not postgres" || failed=1; \
	TEST_DATABASE_URL="$$($(PY) -m tests.find_postgres)" $(PYTEST) $(PARALLEL) -m "not browser" || failed=1; \
	exit $$failed

# As a company would run it: https, an own database, a secret key. No warning is accepted.
PRODUCTION := PORTAL_URL=https://portal.example.com DATABASE_URL=postgres://portal@localhost/portal \
	REDIS_URL=redis://localhost:6379/0 SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')

check: setup-test
	$(PY) -m ruff check .
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py translations --check
	$(PY) manage.py document_states --check
	@echo "manage.py check --deploy, with production settings"
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

clean:
	rm -rf $(VENV) var
