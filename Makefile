# Shortcuts over the npm scripts and the azt3knet command; `make help` lists them.
SCENARIO ?= metro_cdmx
TICKS ?= 120

.DEFAULT_GOAL := help
.PHONY: help setup build check lint test demo run-api run-worker sim up down clean

help: ## list the shortcuts
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what is locked, build, and make .env and the database
	npm ci
	./scripts/bootstrap_env.sh

build: ## compile
	npm run build

check: ## every static check
	npm run check

lint: ## format, lint and types: the quick part of check
	npx prettier --check --log-level warn .
	npx oxlint --type-aware --deny-warnings
	npx tsc --noEmit -p .

test: ## every test
	npm test

demo: ## a population, its posts, a simulation and a report, in seconds
	npm run demo

run-api: ## serve the API alone
	./bin/azt3knet serve --mode api

run-worker: ## run jobs alone
	./bin/azt3knet worker

sim: ## run a scenario: make sim SCENARIO=metro_cdmx TICKS=120
	./bin/azt3knet sim run --scenario "$(SCENARIO)" --ticks "$(TICKS)"

up: ## start the containers: make up SERVICES="postgres redis"
	./scripts/dev_up.sh $(SERVICES)

down: ## stop the containers
	./scripts/dev_down.sh

clean: ## remove what a build makes; data and packages stay
	rm -rf dist packages/client/dist coverage
