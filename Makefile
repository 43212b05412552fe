# make run     the demo company on http://127.0.0.1:8000/ (PORT, GATEPASS_DATA)
# make empty   an empty company and its first administrator
# make test    everything that can be tested here        make check   style, types, layers, templates, dependencies
# make bench   measurements, kept in bench/results/      make requirements   ids with their tests

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := PYTHON="$(PYTHON)" VENV="$(VENV)" sh scripts/setup.sh
# Where a machine forbids it, every start of the program and of a test's subprocess would compile some two thousand modules anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup setup-dev run empty test check bench requirements lock migrations campaign-life campaign-kill campaign-api campaign-tamper campaign-forms
.DEFAULT_GOAL := run

setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev

$(VENV)/.installed: requirements.lock pyproject.toml scripts/setup.sh
	@$(SETUP) requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml scripts/setup.sh
	@$(SETUP) requirements-dev.lock
	@touch $@ $(VENV)/.installed

run: setup
	@exec $(BIN)/gatepass demo

empty: setup
	@exec $(BIN)/gatepass company --serve

test: setup-dev
	@sh scripts/chromium.sh
	@$(BIN)/python -m pytest -n 2 --ignore=tests/tidy $(or $(ARGS),--every-sentence)

check: setup-dev
	$(BIN)/ruff check src tests scripts
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src
	$(BIN)/deptry src
	$(BIN)/python -m pytest -q tests/tidy

bench: setup-dev
	@$(BIN)/python -m bench $(ARGS)

# Long runs of what `make test` has a share of: SEED=1 STEPS=50000, SEED=1 KILLS=200, SEED=1 REQUESTS=200000, SEED=1 TAMPERINGS=400
campaign-life: setup-dev
	@SEED=$(or $(SEED),1) STEPS=$(or $(STEPS),50000) $(BIN)/python -m pytest -s tests/life

campaign-kill: setup-dev
	@SEED=$(or $(SEED),1) KILLS=$(or $(KILLS),200) $(BIN)/python -m pytest -s tests/killing/test_killing.py

campaign-api: setup-dev
	@SEED=$(or $(SEED),1) REQUESTS=$(or $(REQUESTS),200000) $(BIN)/python -m pytest tests/api

campaign-tamper: setup-dev
	@SEED=$(or $(SEED),1) TAMPERINGS=$(or $(TAMPERINGS),400) $(BIN)/python -m pytest -s tests/checking/test_row_proofs.py

campaign-forms: setup-dev
	@sh scripts/chromium.sh
	@SEED=$(or $(SEED),1) FORMS=$(or $(FORMS),100000) $(BIN)/python -m pytest -s tests/site/test_every_form.py

requirements:
	@$(PYTHON) scripts/requirements.py

migrations: setup-dev
	@sh scripts/migrations.sh

lock: setup-dev
	sh scripts/lock.sh
