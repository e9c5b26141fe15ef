#!/usr/bin/env python3
"""Runs the bundled suites again and again, and says whether any verdict isn't that of the first, clean run.

usage: soak.py COMMAND RUNS LAB (clean | bad-path) [FIRST-SEED [what else 'assay run' is told, such as --mutant NAME SUITE]]

clean: each run, with another seed each, must come to the same verdict for each trial.
bad-path: 2 % of the frames get lost, 2 % come twice, 2 % are overtaken. A trial may then be inconclusive, never another verdict.
Each capture of a bad path is judged again: the same verdicts must come out.
"""
import json
import subprocess
import sys
import tempfile

command, runs, lab, kind = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
first = int(sys.argv[5]) if len(sys.argv) > 5 else 1
more = sys.argv[6:]


def results(arguments, place):
    """The outcome, reason and attempts of each trial."""
    done = subprocess.run(
        [command, *arguments, "--json", f"{place}/results.json", "--quiet"], capture_output=True, text=True
    )
    if done.returncode not in (0, 1, 2):
        sys.exit(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
    with open(f"{place}/results.json", encoding="utf-8") as file:
        suites = json.load(file)["suites"]
    return {
        trial["id"]: (trial["standing"], trial["verdict"]["outcome"], trial["verdict"]["reason"], trial["attempts"])
        for suite in suites
        for trial in suite["trials"]
    }


differences, inconclusive, retried = 0, 0, 0
with tempfile.TemporaryDirectory() as place:
    run = ["run", "--lab", lab, "--no-progress", "--no-reports", "--pcapng", f"{place}/capture.pcapng", *more]
    clean = results([*run, "--seed", str(first)], place)
    for seed in range(first, first + runs):
        options = ["--seed", str(seed)]
        if kind == "bad-path":
            options += ["--impair", f"loss=2%,duplicate=2%,reorder=2%,seed={seed}"]
        found = results([*run, *options], place)
        for trial in sorted(clean.keys() | found.keys()):
            wanted, seen = clean.get(trial), found.get(trial)
            if seen and seen[3] > 1:
                retried += 1
            if kind == "bad-path" and seen and seen[1] == "inconclusive":
                inconclusive += 1
            elif not wanted or not seen or wanted[:2] != seen[:2]:
                differences += 1
                print(f"seed {seed}: {trial} is {seen}, and was {wanted}", flush=True)
        if kind == "bad-path":
            again = results(["judge", f"{place}/capture.pcapng"], place)
            for trial in sorted(found.keys() | again.keys()):
                if found.get(trial) != again.get(trial):
                    differences += 1
                    print(f"seed {seed}: {trial} is judged again as {again.get(trial)}, not {found.get(trial)}", flush=True)
        if (seed - first) % 10 == 9:
            print(f"{seed - first + 1} runs, {differences} other verdicts", flush=True)
print(
    f"{lab}, {kind}: {runs} runs of {len(clean)} trials, {differences} other verdicts, "
    f"{inconclusive} inconclusive, {retried} tried more than once"
)
sys.exit(1 if differences else 0)
