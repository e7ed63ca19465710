# make run    set up and start the app (http://localhost:8501; PORT=8600 for another port), for this machine
#             alone; HOST=0.0.0.0 opens it to everybody on the network, such as a class
# make class  the app for a class on this network: worker processes by the cores, the address and its QR code here
# make test   set up and run everything: lint, types, tests, the browser tests included
# make test-long  what takes long and must still be held: fuzzing, kills, memory
# make fuzz   go on damaging files with new seeds (MINUTES=10), and say how to make again whatever fails
# make hostile  measure what reads hostile files, and how the server answers meanwhile
# make pictures  the pictures of README and docs, taken anew from the running app
# make start  measure how fast the app opens, `make run` from nothing included
# make live   measure the running app in a real browser
# make classroom  measure what each of a class sees (CLASSROOM="--students 30 --minutes 10 --cluster 2")
# make bench  compare speed, quality and memory with gensim, word2vec.c, fastText and PyTorch; writes docs/benchmarks.md (a quarter of an hour)

PYTHON ?= python3
PORT ?= 8501
MINUTES ?= 10
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
NPM := PATH="$(abspath $(BIN)):$$PATH" $(BIN)/npm

.PHONY: run class test test-long fuzz hostile start live classroom pictures bench clean
.DELETE_ON_ERROR:

run: $(VENV)/.app
	$(BIN)/python -m streamlit run app/server.py --server.port $(PORT) --server.address $(HOST)

class: $(VENV)/.cluster
	$(BIN)/python -m app --class --no-browser --port $(PORT)

test: $(VENV)/.test node_modules/.package-lock.json
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NPM) run --silent check
	$(BIN)/python tests/e2e/chromium.py
	$(BIN)/python -m pytest -n 2 --dist loadgroup

test-long: $(VENV)/.test
	$(BIN)/python tests/e2e/chromium.py
	$(BIN)/python -m tests.e2e.haproxy
	$(BIN)/python -m pytest -m long -n 2 --dist loadgroup

fuzz: $(VENV)/.test
	$(BIN)/python -m tests.fuzz.campaign --minutes $(MINUTES)

hostile: $(VENV)/.test
	$(BIN)/python benchmarks/hostile.py
	$(BIN)/python benchmarks/responsiveness.py

start: $(VENV)/.test
	$(BIN)/python benchmarks/start.py --nothing

live: $(VENV)/.test
	$(BIN)/python tests/e2e/chromium.py
	$(BIN)/python benchmarks/live.py

classroom: $(VENV)/.test
	$(BIN)/python benchmarks/classroom.py $(CLASSROOM)

pictures: $(VENV)/.test
	$(BIN)/python tests/e2e/chromium.py
	$(BIN)/python docs/make_pictures.py

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/bench.py $(BENCH)

# A stamp says what the environment holds; changed requirements bring it up to date.
$(VENV)/.app: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed (PYTHON=python3.12 make ...)")'
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet -r requirements.txt
	touch $@

$(VENV)/.cluster: $(VENV)/.app requirements-cluster.txt
	$(BIN)/python -m pip install --quiet -r requirements-cluster.txt && touch $@ || echo 'Dask could not be installed.'

$(VENV)/.test: $(VENV)/.app requirements-cluster.txt requirements-test.txt
	$(BIN)/python -m pip install --quiet -r requirements-test.txt
	touch $@

node_modules/.package-lock.json: $(VENV)/.test package.json package-lock.json
	$(NPM) ci --silent
	touch $@

$(VENV)/.bench: $(VENV)/.app requirements-bench.txt requirements-bench-c.txt
	$(BIN)/python -m pip install --quiet -r requirements-bench.txt
	$(BIN)/python -m pip install --quiet -r requirements-bench-c.txt || echo 'word2vec.c could not be built: no C compiler?'
	touch $@

clean:
	rm -rf $(VENV) node_modules build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
