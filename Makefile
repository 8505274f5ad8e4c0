# Everything runs from this folder and out of .venv, which scripts/environment.sh makes.

# Settings of another environment must not decide what happens in this one.
unexport PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX PIP_ROOT
export PIP_USER := 0

.DEFAULT_GOAL := help
.PHONY: help run test faults kills a11y format screenshots pages signals bench wheel-test clean environment

help:  ## show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /  make \1	/p' Makefile | expand -t 22
	@echo '  PYTHON=python3.12 make …  uses that Python for the environment'

run: environment  ## open ehcp-audit in this folder, making what it needs first
	@.venv/bin/ehcp-audit

test: environment  ## format, lint, types, import contracts, tests
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/pytest -n auto --dist worksteal

faults: environment  ## kill, compete and flip bits 20,000 times each; half an hour or more
	EHCP_AUDIT_FAULTS=20000 .venv/bin/pytest -s tests/faults

kills: environment  ## kill the screens 50 times while typing, and say what each kill took
	EHCP_AUDIT_FAULTS=50 .venv/bin/pytest -s -n 0 tests/faults/test_kill_ui.py

a11y: environment  ## check HTML and PDF reports with axe-core and a PDF/UA checker
	.venv/bin/python scripts/a11y.py

suppression: environment  ## attack 50,000 random tables for hidden counts; some minutes
	EHCP_AUDIT_TABLES=50000 .venv/bin/pytest -s -n 0 tests/disclosure

format: environment  ## format the code and mend what can be mended safely
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

screenshots: environment  ## draw docs/images again
	.venv/bin/python scripts/screenshots.py

pages: environment  ## write the pages that are made from the code and the rubrics
	.venv/bin/python scripts/keyboard_page.py
	.venv/bin/python scripts/plain_page.py
	.venv/bin/python scripts/findings_page.py
	.venv/bin/python scripts/time_limits_page.py

signals: environment  ## measure how often signals come by chance, and how soon a change shows
	.venv/bin/python scripts/signals.py

bench: environment  ## measure what the benchmarks measure
	@for benchmark in benchmarks/*.py; do \
		echo "$$benchmark"; .venv/bin/python "$$benchmark" || exit 1; \
	done

# The wheel is installed away from this folder, so that src cannot stand in for what it lacks.
wheel-test: environment  ## build the wheel and try it in an environment of its own
	@set -eu; \
	python="$$PWD/.venv/bin/python"; constraints="$$PWD/constraints.txt"; \
	away=$$(mktemp -d); trap 'rm -rf "$$away"' EXIT; trap 'exit 130' INT TERM; \
	"$$python" -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir "$$away/wheel" .; \
	"$$python" -m venv "$$away/venv"; \
	cp "$$constraints" "$$away/constraints.txt"; cd "$$away"; \
	venv/bin/python -m pip install --quiet -c constraints.txt wheel/*.whl; \
	venv/bin/python -c 'import ehcp_audit as e; assert "site-packages" in e.__file__, e.__file__'; \
	venv/bin/ehcp-audit --version; \
	venv/bin/ehcp-audit init workspace; \
	ls workspace/rubrics/*.toml workspace/rubrics/rubric.schema.json; \
	cd workspace; ../venv/bin/ehcp-audit locate; \
	echo 'The wheel works.'

clean:  ## remove .venv, caches and builds, never audits
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@sh scripts/environment.sh
