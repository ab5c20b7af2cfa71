# `make run` and `make test` need git, make and one of Python 3.11 to 3.13, nothing else.
# Another Python: make test PYTHON=python3.12

FIND := sh .ci/pythons
ifndef PYTHON
PYTHON := $(lastword $(shell $(FIND) | head -n 1))
endif
VERSION := $(shell $(FIND) "$(PYTHON)")
VENV := .venv-$(VERSION)
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help env run test test-all golden model slurm browser fuzz verify validate lint format types check release \
	lock clean

help:  ## list these targets
	@awk -F ':.*##' '/^[a-z-]+:.*##/ { printf "%-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

env: $(READY)  ## make the environment and name its folder
	@echo $(VENV)

run: $(READY)  ## compare the scenarios with the 2035 targets and name the page
	@$(VENV)/bin/workforce compare

test: $(READY)  ## run the tests that take minutes at most, files side by side
	@$(VENV)/bin/python -m pytest -q -m "not slow and not browser" -n 2 --dist loadfile

test-all: $(READY)  ## run every test, the long proofs of exactness among them
	@$(VENV)/bin/python -m pytest -q

golden: $(READY)  ## renew what tests/golden says is answered; only with an entry "Changes results" in CHANGELOG.md
	@GOLDEN=renew $(VENV)/bin/python -m pytest -q tests/integration/test_golden.py

model: $(READY)  ## a tiny run, and the tests that carry the model (minutes); also for PYTHON=another one
	@rm -rf results/tiny && $(VENV)/bin/workforce run population.agents=5000 history=none results=results/tiny
	@$(VENV)/bin/python -m pytest -q -m "not slow" tests/integration/test_model_same_numbers.py \
		tests/integration/test_model_mesa.py tests/integration/test_model_accounts.py \
		tests/integration/test_model_snapshot.py tests/unit/test_memory.py tests/unit/test_code_folder.py \
		tests/unit/test_private_names.py

slurm: $(READY)  ## try studies on a real Slurm, installed with apt-get if root may (else skipped); ONLY=words of a test
	@INSTALL_SLURM=1 $(VENV)/bin/python -m pytest -q tests/integration/slurm $(if $(ONLY),-k "$(ONLY)")

browser: $(READY)  ## look at the pages in a browser, installed with apt-get if root may (else skipped); ONLY=study-zh
	@echo "Pictures of the pages go to results/browser"
	@PICTURES=results/browser INSTALL_BROWSER=1 $(VENV)/bin/python -m pytest -q tests/browser \
		$(if $(ONLY),-k "$(ONLY)")

fuzz: $(READY)  ## search for input that no command answers, MINUTES=5 each for words, files, scenarios, tables and environments
	@MINUTES=$(or $(MINUTES),5) $(VENV)/bin/python -m pytest -q -m slow tests/integration/test_fuzz_words.py \
		tests/integration/test_fuzz_files.py tests/integration/test_fuzz_given.py

verify: $(READY)  ## prove exactness at length and write docs/verification.md (half an hour)
	@$(VENV)/bin/python docs/verify.py

validate: $(READY)  ## compare the model with what is published and write docs/validation.md
	@$(VENV)/bin/python docs/validate.py

lint: $(READY)  ## look for mistakes and for departures from the house style
	@$(VENV)/bin/ruff check
	@$(VENV)/bin/ruff format --check
	@$(VENV)/bin/lint-imports --no-logo --no-cache

format: $(READY)  ## lay out the code in the house style
	@$(VENV)/bin/ruff format
	@$(VENV)/bin/ruff check --fix

types: $(READY)  ## check the types
	@$(VENV)/bin/mypy

check: lint types test model slurm browser  ## what a change must pass, with all of Slurm and the browser, on one Python

release: lint types  ## the full matrix, hours: every test, Slurm under every verb, kills, browser, and each Python found
	@INSTALL_SLURM=1 INSTALL_BROWSER=1 PICTURES=results/browser $(VENV)/bin/python -m pytest -q
	@$(FIND) | while read -r version python; do $(MAKE) test model PYTHON="$$python" </dev/null || exit 1; done

lock:  ## write uv.lock and requirements.lock afresh from pyproject.toml (needs uv)
	uv lock
	uv export --quiet --frozen --no-emit-project --output-file requirements.lock

clean:  ## remove the environments and caches, never the results
	rm -rf .venv-* .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist

# The stamp is written last, so that an interrupted installation is repeated.
$(READY): requirements.lock pyproject.toml
	@test -n "$(VERSION)" || { other=$$($(FIND) | head -n 1); other=$${other#* }; \
		echo "Workforce 2035 needs Python 3.11, 3.12 or 3.13 with venv (Debian: python3-venv)," \
		"and $(or $(PYTHON),none of those found here) is none;" \
		"choose one with: make $(MAKECMDGOALS) PYTHON=$${other:-/path/to/python3.12}" >&2; exit 2; }
	@echo "Making the environment $(VENV) from requirements.lock with $(PYTHON) (once)"
	@$(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(VENV)/bin/python -m pip install -qq --disable-pip-version-check --no-deps --editable .
	@touch $(READY)
