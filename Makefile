# make run    set up and start the app (http://localhost:8501; PORT=8600 for another port)
# make test   set up and run everything: lint, types, tests, the browser tests included
# make live   measure the running app in a real browser
# make bench  compare speed, quality and memory with gensim and PyTorch; writes docs/benchmarks.md (a quarter of an hour)

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test live bench clean
.DELETE_ON_ERROR:

run: $(VENV)/.app
	$(BIN)/python -m streamlit run app/server.py --server.port $(PORT)

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tests/e2e/chromium.py
	$(BIN)/python -m pytest -n 2 --dist loadgroup

live: $(VENV)/.test
	$(BIN)/python tests/e2e/chromium.py
	$(BIN)/python benchmarks/live.py

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/bench.py $(BENCH)

# A stamp says what the environment holds; changed requirements bring it up to date.
$(VENV)/.app: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed (PYTHON=python3.12 make ...)")'
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet -r requirements.txt
	touch $@

$(VENV)/.test: $(VENV)/.app requirements-test.txt
	$(BIN)/python -m pip install --quiet -r requirements-test.txt
	touch $@

$(VENV)/.bench: $(VENV)/.app requirements-bench.txt
	$(BIN)/python -m pip install --quiet -r requirements-bench.txt
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
