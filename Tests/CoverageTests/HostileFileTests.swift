import Coverage
import Suite
import Testing

/// Results and proofs that anybody may have written.
@Suite struct HostileFileTests {
  private func fault(of text: String) throws -> String {
    do throws(SuiteError) {
      _ = try ObservedRun(decoding: text, file: "f.json")
    } catch {
      return error.diagnostics.map(\.description).joined(separator: "\n")
    }
    Issue.record("it is taken")
    return ""
  }

  @Test(arguments: [
    ("", "1:1: error: the file is empty"), (" \n ", "2:2: error: the file is empty"),
    ("{", "1:2: error: the file ends where a name in quotation marks should be"),
    ("{\"a\"", "1:5: error: the file ends where a colon should be"),
    ("{\"a\": 1,}", "1:9: error: '}' is not JSON here: a name in quotation marks should be"),
    ("{\"a\": 1 \"b\"", "1:9: error: '\"' is not JSON here: a comma or a closing brace should be"),
    ("{\n  \"a\": 1,\n  \"a\": 2\n}", "3:3: error: 'a' is there a second time"),
    ("[1 2]", "1:4: error: '2' is not JSON here: a comma or a closing bracket should be"),
    ("{} x", "1:4: error: something follows the end of the document"),
    ("nul", "1:1: error: 'n' is not JSON here: a value should be"),
    ("{\"é\": tru}", "1:7: error: 't' is not JSON here: a value should be"),
    ("\"abc", "1:5: error: the file ends where the end of the string should be"),
    ("\"a\nb\"", "1:3: error: a control character in a string"),
    ("\"\\x\"", "1:2: error: no such escape in JSON"),
    ("\"\\u12\"", "1:2: error: \\u needs four hexadecimal digits"),
    ("\"\\u+123\"", "1:2: error: \\u needs four hexadecimal digits"),
    ("-", "1:2: error: the file ends where a digit should be"),
    ("01", "1:2: error: something follows the end of the document"),
    ("1.", "1:3: error: the file ends where a digit should be"),
    ("1e+", "1:4: error: the file ends where a digit should be"),
    ("\u{7}", "1:1: error: this is not JSON here: a value should be"),
  ])
  func `What isn't JSON is told with its place`(_ text: String, _ fault: String) throws {
    #expect(try self.fault(of: text) == "f.json:" + fault)
  }

  @Test func `Nesting without end is refused`() throws {
    for text in [String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000)] {
      #expect(try fault(of: text).contains("nested deeper than 64 levels"))
    }
  }

  @Test(arguments: [
    ("[]", "1:1: error: a file of results must be an object, not a list"),
    ("{}", "1:1: error: a file of results lacks 'format'"),
    (
      "{\"format\": \"x/1\"}",
      "1:12: error: 'format' must be one of: assay-results/1, assay-observation/1"
    ),
  ])
  func `Other JSON is refused`(_ text: String, _ fault: String) throws {
    #expect(try self.fault(of: text) == "f.json:" + fault)
  }

  @Test func `All faults of results are told at once, each with its place`() throws {
    let text = """
      {
        "format": "assay-results/1", "version": 1, "seed": "1",
        "started": null,
        "target": {"name": "x", "role": "toaster"},
        "suites": [{"name": "s", "trials": [{"case": "c", "id": "s.c", "requirements": [7],
          "verdict": {"outcome": "perhaps", "reason": "r", "summary": "s"}}, 3]}]
      }
      """
    #expect(
      try fault(of: text) == """
        f.json:2:43: error: 'version' must be a string, not 1
        f.json:3:14: error: 'started' must be a string, not null
        f.json:4:35: error: 'role' must be one of: host, router, nat, firewall
        f.json:5:83: error: a clause must be an object, not 7
        f.json:6:28: error: 'outcome' must be one of: pass, warn, fail, inconclusive, error, skipped
        f.json:6:72: error: a trial must be an object, not 3
        """
    )
  }

  @Test(arguments: ["-1", "1.5", "1e3", "99999999999999999999", "1000000001", "\"1\"", "true"])
  func `A count is a count`(_ number: String) throws {
    let text = """
      {"format": "assay-observation/1", "target": "t", "role": "host", "version": "1", "seed": "1", "date": "d",
       "suites": [], "cases": [{"id": "a.b", "requirements": [], "passed": \(number)}]}
      """
    #expect(try fault(of: text).hasPrefix("f.json:2:70: error: 'passed' must be a count, not"))
  }

  @Test func `A thousand faults are told as twenty`() throws {
    let cases = String(repeating: "1,", count: 1000) + "1"
    let text = #"{"cases": [\#(cases)], "mutants": []}"#
    do throws(SuiteError) {
      _ = try ProofMatrix(decoding: text, file: "p.json")
      Issue.record("it is taken")
    } catch {
      #expect(error.diagnostics.count == 20)
    }
  }

  @Test(arguments: [
    (#"{"cases": {}, "mutants": []}"#, "p.json:1:11: error: 'cases' must be a list, not an object"),
    (#"{"cases": []}"#, "p.json:1:1: error: a matrix of proofs lacks 'mutants'"),
    (
      #"{"cases": [], "mutants": [{"name": "m", "requirements": [], "summary": "", "status": "x", "cases": []}]}"#,
      "p.json:1:86: error: 'status' must be one of: caught, silenced, survived, not-run"
    ),
    (
      #"{"cases": [{"id": "a", "requirements": [], "mutants": []},{"id": "a", "requirements": [], "mutants": []}],"#
        + #""mutants": []}"#, "p.json:1:59: error: a second case 'a'"
    ),
  ])
  func `Wrong proofs are told with their place`(_ text: String, _ fault: String) throws {
    do throws(SuiteError) {
      _ = try ProofMatrix(decoding: text, file: "p.json")
      Issue.record("it is taken")
    } catch {
      #expect(error.description == fault)
    }
  }

  @Test func `Every escape is read as it was meant`() throws {
    let trial = Sample.text([Sample.Trial("sum", ["R-sum"], "fail")])
      .replacing("seen fail", with: #"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\ud83d."#)
    let run = try ObservedRun(decoding: "\u{FEFF}" + trial, file: "f.json")
    #expect(run.cases[0].notable[0].why == "\"\\/\u{8}\u{c}\n\r\té😀\u{FFFD}.")
  }

  @Test func `No damage to a file brings the reader down`() throws {
    let original = Array(
      Sample.text(Sample.passing + [Sample.Trial("sum", "x", ["R-sum"], "fail", known: "expected")]).utf8
    )
    var state: UInt64 = 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let pieces = ["{", "}", "[", "]", "\"", "\\u", ",", ":", "null", "-1e999", "\u{0}", "é", "😀"].map {
      Array($0.utf8)
    }
    let (catalogue, suite) = (try Sample.catalogue(), try Sample.suite())
    var taken = 0
    for _ in 0..<1000 {
      var octets = original
      for _ in 0...random(3) {
        let place = random(octets.count)
        switch random(4) {
        case 0: octets[place] = UInt8(random(256))
        case 1: octets.removeSubrange(place..<min(octets.count, place + random(20)))
        case 2: octets.insert(contentsOf: pieces[random(pieces.count)], at: place)
        default: octets.removeLast(min(octets.count - 1, random(200)))
        }
      }
      let text = String(decoding: octets, as: UTF8.self)
      do throws(SuiteError) {
        let run = try ObservedRun(decoding: text, file: "f.json")
        taken += 1
        // What is taken can be told.
        _ = CoverageTable(catalogue: catalogue, suites: [suite], runs: [run])
        _ = ConformanceStatement(
          of: run.target,
          role: run.role,
          runs: [run],
          catalogue: catalogue,
          suites: [suite]
        )
      } catch {
        #expect(!error.diagnostics.isEmpty)
        for fault in error.diagnostics { #expect(fault.position.line >= 1 && fault.position.column >= 1) }
      }
    }
    #expect(taken > 5 && taken < 950)
  }
}
