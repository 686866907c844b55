.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
# Each half has a PostgreSQL of its own, so that they share nothing but the processors.
SHOP_HALF := tests/integration/shop tests/e2e tests/chaos
SEED ?= 1
COUNT ?= 200

.PHONY: help demo demo-stop demo-reset test test-mssql chaos troubles bench lint format shots lock openapi wheel

help: ## this list
	@awk -F':.*## ' '/^#@/ {print "\n" substr($$0, 4)} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

#@ Run
demo: $(VENV)/.demo ## start everything; ARGS=--detach returns when ready, ARGS='--port-base 9000' moves the ports
	@$(BIN)/wiadukt demo start $(ARGS)

demo-stop: $(VENV)/.demo ## end a detached demo
	@$(BIN)/wiadukt demo stop

demo-reset: $(VENV)/.demo ## end the demo and throw its data away
	@$(BIN)/wiadukt demo reset

#@ Develop
test: $(VENV)/.dev lint ## the whole suite, in two halves side by side; with ARGS what they say, e.g. ARGS='tests/unit -x'
	@if [ -n "$(ARGS)" ]; then exec $(BIN)/pytest $(ARGS); fi; \
	log=$$(mktemp); $(BIN)/pytest $(SHOP_HALF) >"$$log" 2>&1 & \
	$(BIN)/pytest tests $(SHOP_HALF:%=--ignore=%); others=$$?; \
	wait $$!; shop=$$?; cat "$$log"; rm -f "$$log"; exit $$((others || shop))

test-mssql: $(VENV)/.dev ## the connector's tests on a SQL Server: make test-mssql MSSQL_URL='mssql+mssqlpython://sa:...@127.0.0.1:1433/master?TrustServerCertificate=yes'
	@test -n "$(MSSQL_URL)" || { echo "Say where it is: MSSQL_URL=mssql+mssqlpython://login:password@host:1433/master?TrustServerCertificate=yes"; exit 1; }
	MSSQL_URL='$(MSSQL_URL)' $(BIN)/pytest tests/contract/wapro tests/integration/wapro -k sqlserver $(ARGS)

chaos: $(VENV)/.dev ## break everything under load, COUNT scenarios from SEED on: make chaos SEED=7 COUNT=200
	CHAOS_SEED=$(SEED) CHAOS_COUNT=$(COUNT) $(BIN)/pytest tests/chaos -m chaos_long -q $(ARGS)

troubles: $(VENV)/.dev ## stage fifteen troubles one after the other; the overview must name each and turn green after its mend
	TROUBLES=all SHOP_AGREED_S=15 $(BIN)/pytest tests/e2e/test_troubles.py --shots docs/shots $(ARGS)

bench: $(VENV)/.dev $(VENV)/.bench ## measure the synchronisation beside others: make bench ARGS='--sizes 2000,20000,100000'
	$(BIN)/python -m bench $(ARGS)

lint: $(VENV)/.dev ## check style, types and imports; changes nothing
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev ## mend style
	$(BIN)/ruff check --fix src tests bench
	$(BIN)/ruff format src tests bench

shots: $(VENV)/.dev ## walk the five steps and put screenshots into docs/shots
	$(BIN)/pytest tests/e2e --shots docs/shots $(ARGS)

openapi: $(VENV)/.dev ## write the OpenAPI documents again
	$(BIN)/wiadukt connector openapi > docs/openapi/connector.json
	$(BIN)/wiadukt production openapi > docs/openapi/production.json
	$(BIN)/wiadukt production schemas docs/schemas
	$(BIN)/wiadukt shop openapi > docs/openapi/shop.json

wheel: $(VENV)/.demo ## build the package that is installed on servers: dist/wiadukt-*.whl
	$(BIN)/python -m hatchling build -t wheel -d dist

lock: $(VENV)/.dev ## lock the dependencies again, with hashes and without host names
	@for extra in wapro shop production otel demo dev bench; do \
	  $(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
	    --extra $$extra pyproject.toml -o requirements/$$extra.txt; done

# Each stamp holds the environment for one lock file; the catalogues of messages are compiled with it.
$(VENV)/.demo: requirements/demo.txt pyproject.toml $(wildcard src/wiadukt/*/locale/*/LC_MESSAGES/*.po)
	$(call install,demo)

$(VENV)/.dev: requirements/dev.txt pyproject.toml $(wildcard src/wiadukt/*/locale/*/LC_MESSAGES/*.po)
	$(call install,dev)
	@touch $(VENV)/.demo

$(VENV)/.bench: requirements/bench.txt
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

define install
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python >= 3.11 with venv is needed: on Debian and Ubuntu 'apt-get install python3-venv'."; exit 1; }
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python >= 3.11 is needed; name one by make PYTHON=python3.12"; exit 1; }
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/$(1).txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@for system in src/wiadukt/*/locale; do test -d $$system || continue; \
	  for po in $$system/*/LC_MESSAGES/*.po; do $(BIN)/pybabel -q compile -i $$po -o $${po%.po}.mo; done; done
	@touch $@
endef
