# OneMap. `make run` serves the demonstration district; `make test` runs every test.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

LISTEN ?= 127.0.0.1:8080
# Where scripts/setup puts a newer Node.js, if the system's is too old.
export PATH := $(CURDIR)/target/tools/node_modules/.bin:$(PATH)
ONEMAP := target/release/onemap
WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null)

.PHONY: help run dev test bench web build setup fmt lint test-rust test-web test-e2e clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/; s/\$$\(LISTEN\)/$(LISTEN)/' | expand -t 12

run: build ## build, import the demonstration district, serve it on $(LISTEN)
	@$(ONEMAP) import --keep-going
	@exec $(ONEMAP) serve --listen $(LISTEN)

build: setup web/dist/.built ## the release binary with the web page inside
	@cargo build --release --locked --quiet

dev: setup web/node_modules/.installed ## a debug server on $(LISTEN) and Vite before it, for contributors
	@cargo build
	@target/debug/onemap import --keep-going
	@trap 'kill 0' EXIT; target/debug/onemap serve --listen $(LISTEN) & ONEMAP_SERVER=http://$(LISTEN) npm --prefix web run dev

setup:
	@scripts/setup run

web: web/dist/.built ## the web page alone

web/node_modules/.installed: web/package.json web/package-lock.json
	@npm --prefix web ci --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/.built: web/node_modules/.installed $(WEB_SOURCES)
	@npm --prefix web run build --silent
	@touch $@

test: ## every test, the cheapest first
	@scripts/setup test
	@$(MAKE) --no-print-directory lint test-web test-rust test-e2e

lint: web/dist/.built
	@cargo fmt --all --check
	@cargo clippy --locked --all-targets --quiet -- -D warnings
	@RUSTDOCFLAGS=-Dwarnings cargo doc --locked --no-deps --quiet

test-web: web/dist/.built
	@npm --prefix web run check --silent
	@npm --prefix web test --silent

# The properties are tried with the same cases every time, so that a change is judged by what it
# changes; `cargo test` by itself draws new ones.
test-rust: web/dist/.built
	@PROPTEST_RNG_SEED=1 cargo test --locked

test-e2e: web/dist/.built tests/e2e/node_modules/.installed
	@cargo build --locked --quiet
	@node tests/e2e/run.mjs target/debug/onemap
	@node tests/e2e/acceptance.mjs target/debug/onemap

tests/e2e/node_modules/.installed: tests/e2e/package.json tests/e2e/package-lock.json
	@npm --prefix tests/e2e ci --no-audit --no-fund --loglevel=error
	@touch $@

bench: build ## the figures of docs/performance.md, measured here
	@scripts/bench

fmt: ## format everything
	@cargo fmt --all
	@npm --prefix web run format --silent

clean: ## remove what was built, and the store
	@cargo clean
	@rm -rf web/dist web/node_modules tests/e2e/node_modules onemap.gpkg onemap.gpkg-wal onemap.gpkg-shm rejects
