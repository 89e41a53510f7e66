# `make audit` and `make test` do all their set-up from nothing but Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: audit serve test bench peers docs format lint types unit fuzz misuse endurance matrix lock corpus clean

audit: $(VENV)/.run  ## audit the modelled English strategies and leave an HTML report
	@$(BIN)/stratlint audit corpora/english-regions -o $(OUT)/english-regions --fail-on never
	@echo "Open $(OUT)/english-regions/report/index.html in a browser."

serve: $(VENV)/.web  ## open the page for drafts in the browser, beside the modelled strategies
	@$(BIN)/stratlint serve --open --corpus corpora/english-regions

test: lint types unit  ## lint, check types and architecture, run every test

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.dev
	$(BIN)/mypy

# Three for two cores: one of them often waits for a clock, a browser or a process that it began.
unit: $(VENV)/.dev tests/browser/node_modules/.ready
	$(BIN)/stratlint test
	$(BIN)/python -m pytest -n 3 --dist loadgroup

# What the browser tests need besides a browser, pinned with hashes; without npm they skip and say so.
tests/browser/node_modules/.ready: tests/browser/package-lock.json
	@if command -v npm >/dev/null; then cd tests/browser && npm ci --silent --no-audit --no-fund \
	  && touch node_modules/.ready || echo "npm ci failed: the browser tests will skip"; fi

format: $(VENV)/.dev  ## put the code into its one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.bench  ## measure speed, memory and growth; writes docs/performance
	$(BIN)/python -m benchmarks

peers: $(VENV)/.bench  ## read a folder of strangers' files: make peers FOLDER=…
	$(BIN)/python -m benchmarks.reading.peers $(FOLDER) --list

docs: $(VENV)/.dev  ## build the documentation site into site/
	$(BIN)/python docs/build.py
	$(BIN)/mkdocs build --strict

fuzz: $(VENV)/.bench  ## a bounded coverage-guided run against everything that takes strangers' bytes
	$(BIN)/python -m tests.robustness.fuzz

endurance: $(VENV)/.dev  ## audits killed, in pairs and over damaged caches (an hour or so)
	$(BIN)/python -m tests.robustness.endurance
	STRATLINT_TEST_SECONDS=6 $(BIN)/python -m pytest tests/robustness/test_hostile.py

misuse: $(VENV)/.dev  ## every wrong use of every command (an hour or so)
	$(BIN)/python -m tests.robustness.misuse

corpus: $(VENV)/.dev  ## build the PDFs of the modelled strategies again
	$(BIN)/python corpora/english-regions/build.py

lock:  ## resolve the dependencies again (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q \
	  --group build -o requirements/run.lock pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q \
	  --group build --extra web -c requirements/run.lock -o requirements/web.lock pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q \
	  --group build --extra dask --extra lsp --extra parquet --extra plot --extra s3 --extra watch --extra web \
	  --group dev -c requirements/web.lock -o requirements/dev.lock pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q \
	  --group build --extra dask --extra lsp --extra parquet --extra plot --extra s3 --extra watch --extra web \
	  --group dev --group bench --group fuzz -c requirements/dev.lock -o requirements/bench.lock pyproject.toml
	$(BIN)/python tools/make_matrix.py

matrix: $(VENV)/bin/python  ## the fast tests on every version of Python that is to be had here
	.ci/matrix

clean:
	rm -rf $(VENV) build dist site $(OUT) .mypy_cache .ruff_cache .pytest_cache

# What a part of the reader is compiled from; a change is built again.
COMPILED := hatch_build.py src/stratlint/documents/pdf/_questions.c

# Each stamp stands for a set of locked dependencies; a larger set serves a smaller one.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "stratlint needs Python 3.11 or later; name one with PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.lock pyproject.toml $(COMPILED) | $(VENV)/bin/python
	@test -e $(VENV)/.dev || echo "Installing stratlint and what it needs (a minute or two, once)…"
	@test -e $(VENV)/.dev || $(PIP) install -q --require-hashes -r requirements/run.lock
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.web: requirements/web.lock $(VENV)/.run
	@test -e $(VENV)/.dev || $(PIP) install -q --require-hashes -r requirements/web.lock
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml $(COMPILED) | $(VENV)/bin/python
	$(PIP) install -q --require-hashes -r requirements/dev.lock
	$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run $(VENV)/.web

$(VENV)/.bench: requirements/bench.lock | $(VENV)/.dev
	$(PIP) install -q --require-hashes -r requirements/bench.lock
	@touch $@
