# The whole workbench. It needs Python 3.11 or newer, make and a network; everything else is put into .venv.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup demo check test docs gate bench lock

BIN := .venv/bin
READY := .venv/.ready

help: ## these words
	@echo "make WORD, where WORD is one of"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 10

setup: $(READY) ## make .venv with exactly what requirements.lock names, and this package in it

$(READY): requirements.lock pyproject.toml scripts/setup.sh
	@scripts/setup.sh

demo: setup ## tell the bundled story: writes demo/story.html and prints the short account
	@$(BIN)/rashomon demo

check: setup ## all that must hold before a change goes in: style, types, layers, tests, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

test: setup ## the tests alone, doctests and the commands of the docs among them
	$(BIN)/pytest

docs: setup ## run every command and every example that the docs show
	$(BIN)/pytest tests/test_docs.py

gate: setup ## measure quality on the labelled sets (RASHOMON_BENCH) and hold it to benchmarks/floors.json
	$(BIN)/python benchmarks/gate.py

bench: setup ## measure speed and memory, grouping and aligning where the labelled sets are (RASHOMON_BENCH); writes out/speed.json
	$(BIN)/python benchmarks/speed.py --stories short

lock: setup ## pin again what pyproject.toml asks for, with hashes
	$(BIN)/pip-compile --quiet --extra dev --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --output-file requirements.lock pyproject.toml
