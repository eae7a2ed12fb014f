# Two commands matter: `make run` does the whole job, `make test` proves it. Both set themselves up the first time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install

.PHONY: run test soak lint format model picture lock wheel sbom audit clean help
.DEFAULT_GOAL := help

help:
	@echo "make run    translate, align and export the documents of corpus/fr"
	@echo "make test   lint, type check and test"
	@echo "make soak   20 minutes of kills, full disks, hostile input (SEED=1 MINUTES=20; docs/reliability.md)"
	@echo "make lint   only lint and type check"
	@echo "make model  train a translation package (training/README.md)"
	@echo "make picture  take the pictures of the review page again (needs Chromium)"
	@echo "make lock   pin the dependencies again"
	@echo "make wheel  build the wheel: the same tree gives the same bytes"
	@echo "make sbom   write what aligner is made of to dist/aligner.cdx.json (CycloneDX)"
	@echo "make audit  look the pinned packages up in a copy of the advisory database (ADVISORIES=FOLDER)"
	@echo "make clean  remove what was generated (an English text you wrote stays)"

run: $(VENV)/.installed
	$(BIN)/aligner run

test: lint
	$(BIN)/pytest --numprocesses auto --dist loadfile --cov --cov-report=term:skip-covered

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

SEED ?= 1
MINUTES ?= 20
soak: $(VENV)/.installed-dev
	$(BIN)/python -m tests.soak --seed $(SEED) --minutes $(MINUTES) --page docs/reliability.md

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

# The date of the last commit, for every file: 1 January 1980 where there is no Git.
wheel: $(VENV)/.installed-dev
	SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || echo 315532800)} sh tools/wheel.sh dist $(BIN)/python

sbom: $(VENV)/.installed
	@mkdir -p dist
	$(BIN)/python tools/sbom.py > dist/aligner.cdx.json

audit: $(VENV)/.installed-dev
	$(BIN)/python tools/audit.py "$(ADVISORIES)" requirements.lock requirements-dev.lock

clean:
	rm -rf build dist *.egg-info .aligner .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find tmx tei review -type f ! -name README.md -delete
