# make run    the paper, as readers and editors meet it, with a sample issue: http://127.0.0.1:8000/
# make dev    the same, reloading as you edit
# make test   every test; its last line says what was used and what was skipped
# make quick  the tests without the slow ones, on SQLite alone
# make lint   style, and migrations that are missing
# make bench  what a page, built and kept, an upload and an import cost; ARCHIVE=FILE: how well pages are parsed
# make bench-pages ARCHIVE=FILE: how a month of pages is composed, in a real Chromium
# make shape  the size and the structure of the code
# make pages  the HTML of every kind of page for readers, in a new folder: OUT=FOLDER
# make lock   the newest packages that requirements.in allows, with their hashes
# The rest:   make messages (the Chinese catalogue), make clean

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2

BIN := var/venv/bin
MANAGE := $(BIN)/python manage.py
RUNTIME := var/venv/.runtime
TOOLS := var/venv/.tools
STATIC := var/static/.collected
SERVE := $(BIN)/python -m gunicorn newsroom.wsgi --bind 127.0.0.1:$(PORT) --workers $(WORKERS) \
	--worker-class gthread --threads 4 --graceful-timeout 30 --no-control-socket \
	--config newsroom/gunicorn_conf.py

.DEFAULT_GOAL := help
.PHONY: help run dev test quick bench bench-pages shape pages lint lock messages clean port free demo
.NOTPARALLEL:

help:
	@sed -n 's/^# *//p;/^$$/q' Makefile

run: export DEBUG := 0
run: port $(STATIC) demo free
	@$(MANAGE) addresses
	@exec $(SERVE)

dev: export DEBUG := 1
dev: port $(RUNTIME) demo free
	@$(MANAGE) runserver 127.0.0.1:$(PORT)

test: $(TOOLS) $(STATIC)
	@$(BIN)/python -m newsroom.tests

quick: $(TOOLS) $(STATIC)
	@$(BIN)/python -m newsroom.tests --sqlite -m "not slow"

bench: $(TOOLS) $(STATIC)
	@$(BIN)/python -m newsroom.dev.bench $(if $(ARCHIVE),--archive "$(ARCHIVE)") \
	  $(if $(LEARNT),--learnt "$(LEARNT)") $(if $(ALL),--all)
	@$(BIN)/python -m newsroom.dev.bench.page_cache_speed

bench-pages: $(TOOLS) $(STATIC)
	@$(BIN)/python -m newsroom.dev.bench.pages_in_browser "$(ARCHIVE)" $(if $(DAYS),--days $(DAYS))

shape: $(TOOLS) $(STATIC)
	@$(BIN)/python -m newsroom.dev.shape

pages: $(TOOLS) $(STATIC)
	@$(BIN)/python -m newsroom.dev.page_html "$(OUT)" $(if $(ARCHIVE),--archive "$(ARCHIVE)")

lint: $(TOOLS)
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(MANAGE) makemigrations --check --dry-run

messages: $(TOOLS)
	@$(BIN)/python -m newsroom.dev.catalogue

clean:
	rm -rf var/venv var/static var/cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './var/*' -prune -exec rm -rf {} +
	@echo "The database, the photos and the accounts in var/ are not deleted."

demo: $(RUNTIME)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) rebuild_lists --verbosity 0 >/dev/null
	@$(MANAGE) rebuild_search --verbosity 0 >/dev/null
	@$(MANAGE) demo_paper
	@$(MANAGE) demo_accounts

port:
	@case "$(PORT)" in \
	  ''|*[!0-9]*|0*|??????*) good=no;; \
	  *) [ "$(PORT)" -le 65535 ] && good=yes || good=no;; \
	esac; \
	if [ $$good = no ]; then \
	  echo "PORT=$(PORT): write a whole number from 1 to 65535, as in: make run PORT=8123" >&2; exit 1; \
	fi

free: | $(BIN)/python
	@$(BIN)/python -c 'import socket, sys; s = socket.socket(); \
	  s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", $(PORT)))' 2>/dev/null \
	  || { echo "Port $(PORT) is taken. Take another, as in: make run PORT=8123" >&2; exit 1; }

# The virtual environment is created once; its packages are installed when a list of them has changed.

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no $(PYTHON). Install Python 3.11 or newer, or name it: make PYTHON=python3.12" >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$$($(PYTHON) --version) is too old: 3.11 or newer is needed, as in: make PYTHON=python3.12" >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  echo "Python's venv module is not complete. Install it (on Debian: apt-get install python3-venv)." >&2; \
	  exit 1; }
	@$(PYTHON) -m venv --clear var/venv

$(RUNTIME): requirements.txt | $(BIN)/python
	@echo "Installing what the paper runs on (once, a minute or two) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(TOOLS): requirements-dev.txt requirements.txt | $(BIN)/python
	@echo "Installing the tools for testing (once, a minute or two) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	@touch $(RUNTIME) $@

# What is installed is named with its hashes, made from the short lists in requirements*.in.

LOCK = var/lock/bin/pip-compile --quiet --generate-hashes --strip-extras --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --upgrade

lock:
	@$(PYTHON) -m venv --clear var/lock
	@var/lock/bin/python -m pip install --quiet --disable-pip-version-check pip-tools
	@for list in requirements requirements-dev; do \
	  $(LOCK) --output-file $$list.txt $$list.in && \
	  sed -i "1i # Made by make lock from $$list.in, where each package has its reason." $$list.txt; done

# The static files are collected again when one of them, or a package with some, has changed.

ASSETS := $(shell find static articles/static -type f -o -type d 2>/dev/null)

$(STATIC): $(RUNTIME) $(ASSETS) newsroom/storage.py
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@
