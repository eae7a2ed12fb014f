# Two commands matter: `make run` does the whole job, `make test` proves it. Both set themselves up the first time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install

.PHONY: run test lint format model picture lock clean help
.DEFAULT_GOAL := help

help:
	@echo "make run    translate, align and export the documents of corpus/fr"
	@echo "make test   lint, type check and test"
	@echo "make lint   only lint and type check"
	@echo "make model  train a translation package (training/README.md)"
	@echo "make picture  take the pictures of the review page again (needs Chromium)"
	@echo "make lock   pin the dependencies again"
	@echo "make clean  remove what was generated (an English text you wrote stays)"

run: $(VENV)/.installed
	$(BIN)/aligner run

test: lint
	$(BIN)/pytest --numprocesses auto --dist loadfile --cov --cov-report=term:skip-covered

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "aligner needs Python 3.11 or later; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 3; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: requirements.lock pyproject.toml $(VENV)/.created
	$(PIP) --no-deps --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

CONFIG ?= cpu
model: $(VENV)/.installed
	@test -n "$(DATA)" || { echo "say where the parallel text is: make model DATA='FILE ...' CONFIG=cpu"; exit 2; }
	$(PIP) "torch>=2.9" "protobuf>=4"
	$(BIN)/python -m training all $(CONFIG) --data $(DATA)

PICTURE := 2023-04-10-initiative-securite-mondiale
picture: run $(VENV)/.installed-dev
	$(BIN)/python docs/screenshot.py review/$(PICTURE).html docs/images/review.png
	$(BIN)/python docs/screenshot.py review/$(PICTURE).html docs/images/editing.png --bead 6.4 --write "Maintaining peace \
	and security and promoting development and prosperity in the world should be the common objective of all countries."

# Needs pip-tools (pip install pip-tools) and the package index.
lock:
	sh tools/lock.sh

clean:
	rm -rf build dist *.egg-info .aligner .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find tmx tei review -type f ! -name README.md -delete
