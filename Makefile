# make run   installs what is missing, builds, runs the bundled suites against this machine's own kernel
# make test  installs what tests need, and runs all of them
.PHONY: run test build lint format clean

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

clean:
	swift package clean
	rm -rf reports/*
