# Jiedui: `make run` serves the portal with a demo county, `make test` passes all tests.
# Nothing but Python 3.11+, git and make is needed.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := run
.PHONY: setup setup-dev run code test soak lint lock shots wheelhouse clean
# What a server without internet needs: made by `make wheelhouse` on a machine that has it, carried
# over with the tree, and used by itself where it lies. TARGET: the server's Python.
ARCHES ?= x86_64 aarch64
TARGET ?= $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
GLIBC := 2_28 2_27 2_26 2_24 2_17 2_12 2_5
CARRIED := wheelhouse/$(shell uname -m)
FROM := $(if $(wildcard $(CARRIED)/*.whl),--no-index --find-links "$(CARRIED)")

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=python3.12 make ...)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv "$(VENV)"
	@touch $@

$(VENV)/run: requirements.txt pyproject.toml $(VENV)/made
	"$(BIN)/python" -m pip install -q --disable-pip-version-check $(FROM) --require-hashes -r requirements.txt
	"$(BIN)/python" -m pip install -q --disable-pip-version-check $(if $(FROM),--no-index) --no-deps --no-build-isolation -e .
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
	"$(BIN)/python" -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not reliability" $(ARGS)

# A thousand kills of server and worker in the middle of work; see docs/operations.md.
soak: setup-dev
	PYTHONPATH=platform:. "$(BIN)/python" -m tests.reliability.soak $(ARGS)

lint: setup-dev
	"$(BIN)/ruff" check .
	"$(BIN)/ruff" format --check .
	"$(BIN)/mypy" platform/jiedui matching
	"$(BIN)/lint-imports"
	"$(BIN)/bandit" -q -ll -r platform matching app.py

# Needs uv (pip install uv). No host is written into the files.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra fast --extra postgres pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra fast --extra postgres --extra dev pyproject.toml -o requirements-dev.txt

shots: setup-dev
	"$(BIN)/python" -m tests.browser.shots $(ARGS)

wheelhouse:
	for arch in $(ARCHES); do \
	  $(PYTHON) -m pip download -q --disable-pip-version-check --no-deps --require-hashes --only-binary=:all: \
	    -r requirements.txt -d wheelhouse/$$arch --implementation cp --python-version $(TARGET) \
	    $$(for glibc in $(GLIBC); do echo --platform manylinux_$${glibc}_$$arch; done) --platform manylinux2014_$$arch \
	    || exit 1; \
	done
	cd wheelhouse && sha256sum */*.whl > SHA256SUMS
	@du -sh wheelhouse

clean:
	rm -rf "$(VENV)" var
