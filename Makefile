# The two commands of the README, and the checks one by one.
.PHONY: start test check samples
PYTHON := .venv/bin/python

start:
	python3 cli.py start

test:
	python3 cli.py test

check:
	$(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check . && $(PYTHON) -m mypy && .venv/bin/lint-imports

samples:
	$(PYTHON) sample_data/generate.py
