# Plenary. `make help` lists what there is.

MAKEFLAGS += --no-print-directory
SHELL := /bin/bash
CARGO ?= cargo
DATA ?= data
TARGET := $(or $(CARGO_TARGET_DIR),target)
SITE := target/site/manifest.json
SITE_SOURCES := $(shell find app/src app/bundle style content/src content/language/src -type f 2>/dev/null) Cargo.lock app/Cargo.toml
say = @printf '\033[1m» %s\033[0m\n'

.PHONY: help serve dev test bench relevance check site setup clean

help: ## List what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-9s %s\n", $$1, $$2}'

serve: site ## Build Plenary, import the Tirana seminar, serve it (EXAMPLE=1: the made-up seminar too)
	$(say) "Building plenary (the first time compiles every crate)"
	@$(CARGO) build --release --package server
	$(say) "Importing the bundled seminar and the glossary into $(DATA)/"
	@$(TARGET)/release/plenary import --data $(DATA) content/glossary content/seminars/tirana-2016 $(if $(EXAMPLE),content/seminars/example)
	@exec $(TARGET)/release/plenary serve --data $(DATA) $(if $(ADDR),--addr $(ADDR))

dev: site ## Rebuild and reload on change
	@scripts/dev

test: site ## Run every test
	@scripts/test

bench: site ## Measure; prints a table and writes target/bench.json
	@scripts/bench

relevance: ## How well search ranks: DATA=DIR with documents, queries and judgements
	@$(CARGO) bench --quiet --package content --features ssr --bench relevance -- $(abspath $(DATA)) $(if $(QUERIES),--queries $(abspath $(QUERIES))) $(if $(RUN),--run $(abspath $(RUN)))

check: ## Format, lints with warnings denied, licences and advisories
	@scripts/check

site: $(SITE)

$(SITE): $(SITE_SOURCES) | setup
	$(say) "Building the browser's half (wasm, styles, fonts)"
	@$(CARGO) run --package bundle

setup:
	@scripts/setup

clean: ## Remove what was built, but not the data
	@$(CARGO) clean
