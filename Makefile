# make run     installs what is missing, builds, runs the bundled suites against this machine's own kernel
# make test    installs what tests need, and runs all of them
# make selftest  proves the suites: the strict device passes over 20 seeds, each mutant of it is noticed; writes docs/mutants.md and Suites/proofs.json
# make fuzz    ten million inputs to decoders, capture files, judge and reference device (INPUTS=N), and more guided by coverage (GUIDED=N)
# make fuzz-suites  decodes and crafts a hundred thousand mutants of the bundled suites
# make soak    runs the bundled suites two hundred times, and over a hundred bad paths, on both labs and mutants; an hour or two
# make bench   times Assay's own work, beside C programs that do the same (docs/performance.md)
# make schema  writes what is made from the tables of the language: JSON Schema and reference
# make observations  keeps what the labs show of this machine's kernel in Suites/observations
# make coverage  writes docs/coverage.md: which clauses are covered, proved, observed, and why others aren't
# make witness compares what this machine's kernel and the reference device answer, and writes docs/witnesses.md
.PHONY: run test build lint format selftest bench soak fuzz fuzz-suites witness schema observations coverage clean

run: build
	.build/release/assay run --lab linux-host --reports reports

build:
	@.ci/prepare run
	swift build -c release --product assay

test:
	@.ci/prepare test
	swift build --build-tests
	@.ci/test --skip-build

selftest: build
	.build/release/assay selftest --junit reports/selftest.xml --markdown docs/mutants.md --json Suites/proofs.json

# RUNS=N for another number.
RUNS ?= 100
soak: build
	python3 Tests/Soak/soak.py .build/release/assay $$((2 * $(RUNS))) linux-host clean
	python3 Tests/Soak/soak.py .build/release/assay $(RUNS) linux-host bad-path
	python3 Tests/Soak/soak.py .build/release/assay $(RUNS) reference bad-path
	ASSAY_SOAK=$(RUNS) swift test -c release -Xswiftc -enable-testing --filter 'BadPathTests|SweepAccuracyTests'

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

# The executable has a main of its own, which hands over to libFuzzer's loop; lld keeps the tables of coverage.
# Without address (SANITIZE=fuzzer) it is faster, and looks for no leaks.
INPUTS ?= 10000000
GUIDED ?= 200000
SANITIZE ?= fuzzer,address
fuzz:
	swift build -c release --product Fuzz
	Tests/Fuzz/mutants $(INPUTS)
	swift build -c release --product Fuzz --scratch-path .build/fuzz -Xswiftc -DLIBFUZZER \
	  -Xswiftc -sanitize=$(SANITIZE) -Xswiftc -use-ld=lld -Xlinker --allow-multiple-definition \
	  -Xlinker -z -Xlinker nostart-stop-gc
	Tests/Fuzz/run $(GUIDED)

# Ten processes, one after the other on each processor; the first mutant of each is its argument.
fuzz-suites:
	swift build -c release --product SuiteMutants
	seq 0 10000 99999 | xargs -P $$(nproc) -I {} .build/release/SuiteMutants Suites {} 10000

bench: build
	@.ci/prepare bench
	swift build -c release --product AssayBenchmarks
	cc -O2 -o .build/release/yaml-events Tests/Benchmarks/yaml-events.c -lyaml
	cc -O2 -o .build/release/craft-echo Tests/Benchmarks/craft-echo.c
	for name in send-frames capture-frames echo-transactions sweep-filter; do \
	  cc -O2 -o .build/release/$$name Tests/Benchmarks/$$name.c -lpcap || exit; done
	.build/release/AssayBenchmarks .build/release

witness: build
	swift build -c release --product Witness
	for lab in linux-host reference; do \
	  .build/release/assay run --lab $$lab --no-reports --pcapng .build/witness-$$lab.pcapng --quiet || exit; done
	.build/release/Witness . .build/witness-linux-host.pcapng .build/witness-reference.pcapng docs/witnesses.md

schema:
	swift build --product assay
	.build/debug/assay schema -o Suites/schema/suite.schema.json
	.build/debug/assay schema --of policy -o Suites/schema/policy.schema.json
	.build/debug/assay schema --markdown -o docs/suite-reference.md

# A run with deviations is an observation, too; one that ended early or erred isn't.
observations: build
	for lab in linux-host linux-router linux-nat nft-firewall; do \
	  .build/release/assay run --lab $$lab --quiet --no-reports --json .build/observation.json || test $$? -le 2 || exit; \
	  .build/release/assay coverage --results .build/observation.json --save Suites/observations/$$lab.json >/dev/null || exit; done

coverage:
	swift build --product assay
	.build/debug/assay coverage --markdown docs/coverage.md >/dev/null

clean:
	swift package clean
	rm -rf reports/*
