# make run     installs what is missing, builds, runs the bundled suites against this machine's own kernel
# make test    installs what tests need, and runs all of them
# make schema  writes what is made from the tables of the language: JSON Schema and reference
.PHONY: run test build lint format schema clean

run: build
	.build/release/assay run --lab linux-host --reports reports

build:
	@.ci/prepare run
	swift build -c release --product assay

test:
	@.ci/prepare test
	swift build --build-tests
	@.ci/test --skip-build

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

schema:
	swift build --product assay
	.build/debug/assay schema -o Suites/schema/suite.schema.json
	.build/debug/assay schema --markdown -o docs/suite-reference.md

clean:
	swift package clean
	rm -rf reports/*
