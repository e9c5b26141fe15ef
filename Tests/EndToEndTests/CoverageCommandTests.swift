import Foundation
import Testing

/// `assay coverage` as users call it.
@Suite(.timeLimit(.minutes(5)))
struct CoverageCommandTests {
  private let command = Command(user: Command.users.last ?? .own)

  @Test func `The catalogue is told in numbers that add up`() async throws {
    let place = Place()
    let run = try await command.run("coverage --json \(place["c.json"])")
    #expect(run.status == 0, "\(run)")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(place.text("c.json").utf8)) as? [String: Any]
    )
    let counts = try #require(json["counts"] as? [String: Any])
    let number = { (name: String) in counts[name] as? Int ?? 0 }
    #expect(number("clauses") == 1286 && number("covered") > 300)
    let states = ["covered", "notCovered", "needsTwoArms", "needsUpperTester", "notObservable", "obsolete"]
    #expect(states.reduce(0) { $0 + number($1) } == 1286)
    let row = try #require(run.output.split(separator: "\n").first { $0.hasPrefix("all ") })
    #expect(row.split(separator: " ").dropFirst().first == "1286")
    #expect(run.output.contains("Seen: linux-host (host), "))
  }

  @Test func `docs/coverage.md is what the command writes`() async throws {
    let run = try await Command().run("coverage --markdown -")
    #expect(run.status == 0 && run.error.isEmpty, "\(run)")
    let text = try String(contentsOfFile: Command.project + "/docs/coverage.md", encoding: .utf8)
    #expect(text == run.output, "`make coverage` writes it anew")
  }

  @Test func `Everything on one clause`() async throws {
    let run = try await command.run("coverage --requirement RFC1122-3.2.2.6-c")
    #expect(run.status == 0, "\(run)")
    for words in [
      "RFC1122-3.2.2.6-c, RFC 1122 3.2.2.6, MUST", "icmpv4.echo.data-comes-back (10 trials)",
      "black-box, on-link-host", "linux-host: ",
    ] { #expect(run.output.contains(words), "\(words)") }
  }

  @Test(arguments: [
    ("--requirement RFC1122-3.2.2.66-c", "did you mean 'RFC1122-3.2.2.6-c'?"),
    ("--rfc 9999", "the catalogue has no clause of '9999'"),
    ("--rfc 4620 --state covered", "no clause is like that"),
  ])
  func `What isn't there is told`(_ options: String, _ words: String) async throws {
    let run = try await command.run("coverage \(options)")
    #expect(run.status == 4, "\(run)")
    #expect(run.error.contains(words))
  }

  @Test func `A filter lists its clauses, and numbers are of them alone`() async throws {
    let run = try await command.run("coverage --rfc 4429 --level must")
    #expect(run.status == 0, "\(run)")
    #expect(run.output.hasPrefix("RFC4429-3.3-a  MUST  needs an upper tester\n"))
    #expect(!run.output.contains("792"))
  }

  @Test(arguments: [("--fail-under 1", 0), ("--fail-under 99.5", 1), ("--rfc 894 --fail-under 100", 0)])
  func `A share that is too small ends with 1`(_ options: String, _ status: Int32) async throws {
    let run = try await command.run("coverage \(options)")
    #expect(run.status == status, "\(run)")
    #expect(run.error.contains("testable clauses are covered, less than 99.5 %") == (status == 1))
  }

  @Test func `The share is that of the clauses asked for, not of the states`() async throws {
    let run = try await command.run("coverage --rfc 792 --state covered --fail-under 100")
    #expect(run.status == 1, "\(run)")
  }

  @Test(arguments: [
    "--fail-under 101", "--fail-under nan", "--json - --markdown -", "--statement s.md", "--target t.yaml",
    "--save f.json", "--save f.json --results none", "--role bridge", "--level most", "--state two",
    "--results none --results a",
    "--statement s.md --results r.json --state covered",
  ])
  func `A wrong command line is 64`(_ options: String) async throws {
    let run = try await command.run("coverage \(options)")
    #expect(run.status == 64, "\(run)")
  }

  @Test(arguments: [
    ("--results", "{\"format\": \"assay-results/1\",\n oops}", ":2:2: error: 'o' is not JSON here"),
    ("--results", "{\"format\": \"junit\"}", ":1:12: error: 'format' must be one of"),
    ("--proofs", "{\"cases\": [],\n\"mutants\": 7}", ":2:12: error: 'mutants' must be a list, not 7"),
    ("--proofs", "", ":1:1: error: the file is empty"),
  ])
  func `A wrong file is 65, with the place`(_ option: String, _ text: String, _ fault: String) async throws {
    let place = Place()
    let file = try place.file("wrong.json", text)
    let run = try await command.run("coverage \(option) \(file)")
    #expect(run.status == 65, "\(run)")
    #expect(run.error.contains("\(file)\(fault)"))
    #expect(run.output.isEmpty)
  }

  @Test(arguments: ["--results", "--proofs", "--statement s.md --results"])
  func `A file that isn't there is 66`(_ option: String) async throws {
    let run = try await command.run("coverage \(option) /nonexistent/f.json")
    #expect(run.status == 66, "\(run)")
    #expect(run.error.contains("no such file: /nonexistent/f.json"))
  }

  @Test func `A report that can't be written is 73`() async throws {
    #expect(try await command.run("coverage --json /proc/nothing/c.json").status == 73)
  }

  @Test func `Proofs make clauses proved, and stale ones are told`() async throws {
    let place = Place()
    let file = try place.file(
      "proofs.json",
      """
      {"suites": 1,
       "cases": [{"id": "icmpv4.echo.data-comes-back", "requirements": ["RFC1122-3.2.2.6-c", "RFC792-echo-c"],
                  "mutants": ["truncates-echo-data-at-56"]},
                 {"id": "icmpv4.echo.gone", "requirements": ["RFC792-echo-c"], "mutants": []}],
       "mutants": [{"name": "truncates-echo-data-at-56", "requirements": ["RFC1122-3.2.2.6-c"], "summary": "cuts",
                    "status": "caught", "cases": ["icmpv4.echo.data-comes-back"]}], "reference": {}}
      """
    )
    let run = try await command.run("coverage icmpv4.echo --proofs \(file) --state proved")
    #expect(run.status == 0, "\(run)")
    #expect(run.output.hasPrefix("RFC1122-3.2.2.6-c  MUST  covered and proved\n"))
    #expect(run.output.contains("caught by icmpv4.echo.data-comes-back"))
    #expect(run.error.contains("names a case that the suites don't have any more: icmpv4.echo.gone"))
  }

  @Test func `Results of a run become observations, a short form and a statement`() async throws {
    let place = Place()
    let tested = try await command.run(
      "run --lab reference icmpv4.echo --quiet --no-reports --json \(place["results.json"])"
    )
    #expect(tested.status == 0, "\(tested)")
    let seen = try await command.run(
      "coverage --results \(place["results.json"]) --state observed --save \(place["short.json"])"
    )
    #expect(seen.status == 0 && seen.error.isEmpty, "\(seen)")
    #expect(seen.output.contains("reference: "))
    let again = try await command.run("coverage --results \(place["short.json"]) --state observed")
    // All but where it comes from.
    #expect(again.output == seen.output)

    let line = "coverage --results \(place["results.json"]) --statement"
    let stated = try await command.run("\(line) \(place["s.md"])")
    #expect(stated.status == 0, "\(stated)")
    let text = place.text("s.md")
    #expect(text.hasPrefix("# Conformance statement: reference\n"))
    #expect(text.contains("| RFC1122-3.2.2.6-c | MUST | Echo data is returned entire | conforms"))
    #expect(text.contains("Not run: 2 further cases."))
    #expect(try await command.run("\(line) -").output == text)
    let json = try await command.run("\(line) \(place["s.json"])")
    #expect(json.status == 0 && place.text("s.json").contains("\"format\": \"assay-statement/1\""))
    let short = try await command.run(
      "coverage --results \(place["short.json"]) --statement \(place["t.md"])"
    )
    #expect(short.status == 65 && short.error.contains("only counts trials"), "\(short)")
  }

  @Test func `A statement on a device that breaks a rule says so`() async throws {
    let place = Place()
    let tested = try await command.run(
      """
      run --lab reference icmpv4.checksum --mutant replies-to-bad-checksum --quiet --no-reports --json
      \(place["r.json"])
      """
    )
    #expect(tested.status == 1, "\(tested)")
    let run = try await command.run("coverage --results \(place["r.json"]) --rfc 792 --statement -")
    #expect(run.status == 0, "\(run)")
    let row = try #require(run.output.split(separator: "\n").first { $0.hasPrefix("| RFC792-formats-d | ") })
    #expect(row.contains("| deviates \\("))
    #expect(row.contains("trials failed: icmpv4.checksum.echo-request"))
  }

  @Test func `A statement is of one target, which its file names`() async throws {
    let place = Place()
    let results = ["a", "b"].map { name in
      """
      {"format": "assay-results/1", "version": "0.1.0", "seed": "1", "started": "2026-11-26T07:43:13Z",
       "target": {"name": "\(name)", "role": "host", "facts": []}, "suites": []}
      """
    }
    let files = try zip(["a.json", "b.json"], results).map { try place.file($0, $1) }
    let target = try place.file(
      "b.yaml",
      """
      name: b
      role: router
      near: { interface: eth0, ipv4: 192.0.2.1/24 }
      capabilities: { timestamp: true }
      """
    )
    let line = "coverage --results \(files[0]) --results \(files[1]) --statement -"
    let both = try await command.run(line)
    #expect(both.status == 64 && both.error.contains("several targets: a, b"), "\(both)")
    let one = try await command.run("\(line) --target \(target)")
    #expect(one.status == 0, "\(one)")
    #expect(one.output.contains("| role | router |") && one.output.contains("| claims | timestamp: true |"))
    #expect(one.error.contains("calls b a host, not a router"))
    let other = try await command.run("coverage --results \(files[0]) --statement - --target \(target)")
    #expect(other.status == 4, "\(other)")
  }
}
