# Jiedui: `make run` serves the portal with a demo county, `make test` passes all tests.
# Nothing but Python 3.11+, git and make is needed.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := run
.PHONY: setup setup-dev run code test lint lock shots clean

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=python3.12 make ...)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv "$(VENV)"
	@touch $@

$(VENV)/run: requirements.txt pyproject.toml $(VENV)/made
	"$(BIN)/python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	"$(BIN)/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/run
	"$(BIN)/python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

setup: $(VENV)/run

setup-dev: $(VENV)/dev

run: setup
	@"$(BIN)/python" app.py --demo

# The present code of a demo account: make code USER=13800000000
code: setup
	@"$(BIN)/python" -m jiedui code --user "$(USER)"

test: setup-dev
	"$(BIN)/python" -m pytest -q -n 2 --dist loadfile -m "not reliability" $(ARGS)

lint: setup-dev
	"$(BIN)/ruff" check .
	"$(BIN)/ruff" format --check .
	"$(BIN)/mypy" platform/jiedui matching
	"$(BIN)/lint-imports"

# Needs uv (pip install uv). No host is written into the files.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra fast --extra postgres pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra fast --extra postgres --extra dev pyproject.toml -o requirements-dev.txt

shots: setup-dev
	"$(BIN)/python" -m tests.browser.shots $(ARGS)

clean:
	rm -rf "$(VENV)" var
