# make serve | make test | make site do all set-up on a machine with Python 3.11 or newer; nothing else is needed.
.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin

.PHONY: help serve site test check browser generate messages shots pictures bench lighthouse fuzz lock clean

help: ## what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile

# A stamp newer than the locks means the environment is what they say. uv is used where there is one.
.venv/.ready: requirements/dev.txt pyproject.toml
	@rm -f $@
	@if command -v uv >/dev/null 2>&1; then \
	  { [ -x $(BIN)/python ] || uv venv --quiet .venv; } && \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
	  python=""; for p in "$${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do \
	    [ -n "$$p" ] && "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && python=$$p && break; done; \
	  [ -n "$$python" ] || { echo "Milepost needs Python 3.11 or newer: install it, or name one with PYTHON=…" >&2; exit 1; }; \
	  { [ -x $(BIN)/python ] || "$$python" -m venv .venv; } && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	fi
	@touch $@

serve: .venv/.ready ## serve the demo with live reload at http://127.0.0.1:8000
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve --livereload

site: .venv/.ready ## build the demo into site/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

test: check browser ## run every check and every test
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m pytest -n 2 --dist worksteal

check: .venv/.ready ## lint, formatting and types
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check . && $(BIN)/mypy --no-error-summary

browser: # the browser tests need a Chromium of the system
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	  else \
	    echo "The browser tests need Chromium: install it with your package manager, as in “sudo apt-get install chromium”." >&2; exit 1; \
	  fi

generate: .venv/.ready ## write anew what is generated and committed: schemas and the format reference
	@$(BIN)/python -m milepost.hosts.generate

messages: .venv/.ready ## collect the interface's messages, and bring the catalogues of all languages up to them
	@$(BIN)/python catalogues/messages.py

shots: .venv/.ready browser ## every view of three plans, wide, phone, dark and printed, to look at in shots/index.html
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python tests/shots.py $(if $(PLANS),--plans $(PLANS)) $(if $(VIEWS),--views $(VIEWS)) \
	  $(if $(FORMS),--forms $(FORMS)) $(if $(SHEETS),--sheets)

pictures: .venv/.ready browser ## the guide's pictures, taken anew
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python tests/shots.py --pictures

bench: .venv/.ready browser ## measure against a plain MkDocs build, side by side
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python bench/build.py
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python bench/save.py
	@$(BIN)/python bench/figures.py
	@NO_MKDOCS_2_WARNING=1 PYTHONPATH=tests $(BIN)/python bench/pages.py
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python bench/frames.py

lighthouse: .venv/.ready browser ## Lighthouse on the demo beside an untouched Material page (needs Node, npm and OpenSSL)
	@NO_MKDOCS_2_WARNING=1 PYTHONPATH=tests $(BIN)/python bench/lighthouse.py

fuzz: SECONDS ?= 600
fuzz: .venv/.ready ## mutate plans for ten minutes, or SECONDS=60: nothing but values and problems may come out
	@$(BIN)/python fuzz/fuzz.py --seconds $(SECONDS) $(if $(SEED),--seed $(SEED))

lock: ## pin every dependency with its hashes (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra material --extra holidays --group dev \
	  pyproject.toml -o requirements/dev.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra material --extra holidays \
	  --constraint requirements/dev.txt --group build pyproject.toml -o requirements/site.txt

clean: ## remove what was built and installed
	@rm -rf .venv site dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
