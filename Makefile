# Few targets: `make demo` for the main job, `make test` for the tests, `make check` for everything that is read.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
DEMO_CASES ?= 2
PLUGINS := anthropic bedrock google openai_http opentelemetry

.PHONY: demo test check setup requirements

## Ask the local language model for lesson plans and feedback, check every answer, and write two reports.
demo: $(VENV)/.runtime
	@$(BIN)/sandbox eval lesson_plan feedback --limit $(DEMO_CASES) || test $$? -le 2

## Run the tests, the real language model included.
test: $(VENV)/.dev
	SANDBOX_LLAMACPP_THREADS=1 $(BIN)/python -m pytest -q -n auto --dist worksteal

## Format, lint, types and floors.
check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

## Everything a developer needs.
setup: $(VENV)/.dev

## Pin and hash what is installed; no index address is written down.
requirements: $(VENV)/.dev
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate \
	  requirements/runtime.in -o requirements/runtime.txt
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate \
	  requirements/dev.in -o requirements/dev.txt
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate \
	  requirements/interop.in -o requirements/interop.txt

$(VENV)/.runtime: pyproject.toml plugins/llamacpp/pyproject.toml requirements/runtime.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . -e plugins/llamacpp
	$(BIN)/python -m sandbox_llamacpp.weights
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt $(PLUGINS:%=plugins/%/pyproject.toml)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation $(PLUGINS:%=-e plugins/%)
	@touch $@
