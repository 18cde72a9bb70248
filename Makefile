# What one does with Plaza. `make` alone lists the targets.
.PHONY: help run build client check test hunt load bench dev fmt clean tools tools-test
.DEFAULT_GOAL := help
SHELL := bash

# npm's wasm-opt before Debian's; see .ci/env.
export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/e2e/node_modules/.bin:$(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

# Where rustup has no wasm32 target the client has a toolchain of its own (.ci/wasm-fallback).
ON_WASM = $$(test -f .tools/wasm-toolchain && echo env RUSTUP_TOOLCHAIN=$$(cat .tools/wasm-toolchain))
CLIENT_SOURCES := .cargo/config.toml Cargo.toml Cargo.lock e2e/package-lock.json \
  $(shell find app shared/src shared/templates shared/texts shared/build.rs shared/Cargo.toml style -type f -not -name '*.snap')

# The random tests of `make test` are the same every time, so that a failure is about the
# change; `make hunt` looks further. What it finds becomes a test of its own.
SEED := 20261123

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name what; \
	  do printf 'make %-10s %s\n' "$$name" "$$what"; done

run: build ## build and serve at http://localhost:8080, data in ./plaza-data
	target/release/plaza

build: client ## build target/release/plaza, with the client inside
	cargo build --release -p server

client: dist/build.json ## build the client into dist/, if its sources changed

# Only a release build leaves build.json behind.
dist/build.json: $(CLIENT_SOURCES) | tools
	$(ON_WASM) node app/build/main.mjs

test: tools-test ## everything that has to pass: form, dependencies, tests, build, fuzzing, browser
	@rm -f target/stages
	@.ci/stage 'format' cargo fmt --all --check
	@.ci/stage 'dependencies' .ci/deny
	@BESIDE=yes $(MAKE) --no-print-directory -j 2 test-fuzz test-server
	@.ci/stage 'browser' env PLAZA_BIN=target/debug/plaza node e2e/run.mjs
	@echo; echo '== all passed =='; cat target/stages

# Two stages at a time, each shown when it has ended: for much of each a single compiler works
# alone. Cargo builds one thing at a time in a profile's folder, hence these two rows. Journeys
# are played against the server of the tests, which takes the client from dist/.
.PHONY: test-client test-fuzz
test-client:
	@.ci/stage 'client' $(MAKE) --no-print-directory client
test-fuzz: test-client
	@.ci/stage 'fuzz' .ci/fuzz 10

.PHONY: test-lint test-native test-lint-client test-server
test-lint:
	@.ci/stage 'lint' cargo clippy --workspace --exclude app --all-targets -- -D warnings
test-native: test-lint
	@.ci/stage 'tests' env PROPTEST_RNG_SEED=$(SEED) cargo nextest run --workspace --exclude app
test-lint-client: test-native
	@.ci/stage 'lint client' $(ON_WASM) cargo clippy -p app --target wasm32-unknown-unknown -- -D warnings
test-server: test-lint-client
	@.ci/stage 'server' cargo build -p server

check: ## format, lints and native tests of what needs no browser, in a minute when warm
	@rm -f target/stages
	@.ci/stage 'format' cargo fmt --all --check
	@.ci/stage 'lint' cargo clippy -p texts -p shared -p editor -p client --all-targets -- -D warnings
	@.ci/stage 'tests' env PROPTEST_RNG_SEED=$(SEED) cargo nextest run -p texts -p shared -p editor -p client
	@echo; echo '== all passed =='; cat target/stages

# Optimised a little it takes a tenth of the time, and a folder of its own.
hunt: tools-test ## random tests with new numbers, many more than make test (CASES=20000), kills (KILLS=1000), power cuts (POWER_CUTS=50), then fuzzing (FUZZ_SECONDS=600 each)
	CARGO_TARGET_DIR=target/hunt CARGO_PROFILE_DEV_OPT_LEVEL=1 \
	  PROPTEST_CASES=$(or $(CASES),20000) cargo nextest run -p shared -p editor -p client --no-fail-fast
	cargo nextest run -p shared -p server --run-ignored only -E 'test(/orders_of_return$$/)'
	CARGO_TARGET_DIR=target/hunt CARGO_PROFILE_DEV_OPT_LEVEL=1 \
	  PLAZA_KILLS=$(or $(KILLS),1000) PLAZA_POWER_CUTS=$(or $(POWER_CUTS),50) \
	  cargo nextest run -p server --no-capture --no-fail-fast -E 'test(kill) + test(power_cuts)'
	.ci/fuzz $(or $(FUZZ_SECONDS),600)

load: build ## many people at once against a server, with figures (LOAD='--rooms 100', LOAD=--help)
	cargo run --release -p server --example load -- $(LOAD)

bench: build ## how quickly things are found, what hostile updates cost, how the board paints and opens in a browser
	cargo run --release -p shared --example scene
	cargo run --release -p shared --features testing --example hostile
	node e2e/bench.mjs

dev: tools ## server and client at http://localhost:8080, the client rebuilt and reloaded at every change
	@trap 'kill $$(jobs -p) 2>/dev/null' EXIT; \
	  cargo run -p server & $(ON_WASM) node app/build/main.mjs --watch & wait -n

fmt: ## format the Rust code
	cargo fmt --all

clean: ## remove what was built; data and installed tools stay
	cargo clean
	rm -rf dist e2e/out

tools: ## install what building needs
	@.ci/tools build

tools-test: ## install what testing needs
	@.ci/tools test
