import Foundation
import Report
import Testing

/// What others make of our JUnit files.
@Suite struct JUnitConsumerTests {
  private static func hasPython(_ module: String) -> Bool {
    (try? ExternalTool("python3")?.run("-c", "import \(module)")) != nil
  }

  private func withFile<Result>(_ dialect: JUnitReport.Dialect, _ body: (URL) throws -> Result) throws
    -> Result
  {
    try withTemporaryDirectory { folder in
      let file = folder.appendingPathComponent("junit.xml")
      let xml = JUnitReport.render(SampleRun.everything, dialect: dialect, evidence: "reports")
      try Data(xml.utf8).write(to: file)
      return try body(file)
    }
  }

  @Test(
    .enabled(if: hasPython("junitparser"), "needs the Python package junitparser"),
    arguments: [JUnitReport.Dialect.common, .strict]
  )
  func `junitparser counts what we count`(dialect: JUnitReport.Dialect) throws {
    let script = """
      import sys, junitparser as j
      cases = [c for s in j.JUnitXml.fromfile(sys.argv[1]) for c in s]
      kinds = [type(c.result[0]).__name__ if c.result else 'Pass' for c in cases]
      print(len(cases), *[kinds.count(k) for k in ('Pass', 'Failure', 'Error', 'Skipped')])
      """
    let output = try withFile(dialect) { try #require(ExternalTool("python3")).run("-c", script, $0.path) }
    #expect(output == "13 3 5 2 3\n")
  }

  /// It asserts the totals itself.
  @Test(
    .enabled(if: hasPython("xunitparser"), "needs the Python package xunitparser"),
    arguments: [JUnitReport.Dialect.common, .strict]
  )
  func `xunitparser agrees with the totals`(dialect: JUnitReport.Dialect) throws {
    let script = """
      import sys, xunitparser
      suite, result = xunitparser.parse(open(sys.argv[1]))
      print(len(list(suite)), len(result.failures), len(result.errors), len(result.skipped))
      """
    let output = try withFile(dialect) { try #require(ExternalTool("python3")).run("-c", script, $0.path) }
    #expect(output == "13 5 2 3\n")
  }

  @Test(
    .enabled(if: hasPython("junit2htmlreport"), "needs the Python package junit2html"),
    arguments: [JUnitReport.Dialect.common, .strict]
  )
  func `junit2html shows the failures`(dialect: JUnitReport.Dialect) throws {
    let output = try withFile(dialect) { file in
      let page = file.path + ".html"
      _ = try #require(ExternalTool("python3")).run("-m", "junit2htmlreport", file.path, page)
      return try String(contentsOfFile: page, encoding: .utf8)
    }
    #expect(output.contains("mirrors[length=1472]"))
    #expect(output.contains("icmpv4.identifier"))
  }

  @Test(.enabled(if: ExternalTool.exists("xmllint"), "needs xmllint"))
  func `the strict dialect keeps to what the schemas of Ant and Jenkins have in common`() throws {
    try withFile(.strict) { file in
      let schema = file.deletingLastPathComponent().appendingPathComponent("strict.xsd")
      try Data(Self.strictSchema.utf8).write(to: schema)
      _ = try #require(ExternalTool("xmllint")).run("--noout", "--schema", schema.path, file.path)
    }
  }

  @Test(.enabled(if: ExternalTool.exists("xmllint"), "needs xmllint"))
  func `the common dialect says more than that schema takes`() throws {
    try withFile(.common) { file in
      let schema = file.deletingLastPathComponent().appendingPathComponent("strict.xsd")
      try Data(Self.strictSchema.utf8).write(to: schema)
      let xmllint = try #require(ExternalTool("xmllint"))
      #expect(throws: ExternalTool.Failure.self) {
        _ = try xmllint.run("--noout", "--schema", schema.path, file.path)
      }
    }
  }

  /// What both schemas take.
  private static let strictSchema = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:simpleType name="seconds">
        <xs:restriction base="xs:decimal"><xs:pattern value="[0-9]+\\.[0-9]{3}"/></xs:restriction>
      </xs:simpleType>
      <xs:simpleType name="second">
        <xs:restriction base="xs:dateTime"><xs:pattern value="[-0-9]{10}T[:0-9]{8}"/></xs:restriction>
      </xs:simpleType>
      <xs:simpleType name="word"><xs:restriction base="xs:token"><xs:minLength value="1"/></xs:restriction></xs:simpleType>
      <xs:complexType name="outcome">
        <xs:simpleContent>
          <xs:extension base="xs:string">
            <xs:attribute name="message" type="xs:string"/>
            <xs:attribute name="type" type="xs:string" use="required"/>
          </xs:extension>
        </xs:simpleContent>
      </xs:complexType>
      <xs:complexType name="case">
        <xs:choice minOccurs="0">
          <xs:element name="skipped" type="outcome"/>
          <xs:element name="error" type="outcome"/>
          <xs:element name="failure" type="outcome"/>
        </xs:choice>
        <xs:attribute name="name" type="xs:token" use="required"/>
        <xs:attribute name="classname" type="xs:token" use="required"/>
        <xs:attribute name="time" type="seconds" use="required"/>
      </xs:complexType>
      <xs:complexType name="suite">
        <xs:sequence>
          <xs:element name="properties">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="property" minOccurs="0" maxOccurs="unbounded">
                  <xs:complexType>
                    <xs:attribute name="name" type="word" use="required"/>
                    <xs:attribute name="value" type="xs:string" use="required"/>
                  </xs:complexType>
                </xs:element>
              </xs:sequence>
            </xs:complexType>
          </xs:element>
          <xs:element name="testcase" type="case" minOccurs="0" maxOccurs="unbounded"/>
          <xs:element name="system-out" type="xs:string"/>
          <xs:element name="system-err" type="xs:string"/>
        </xs:sequence>
        <xs:attribute name="name" type="word" use="required"/>
        <xs:attribute name="package" type="xs:token" use="required"/>
        <xs:attribute name="id" type="xs:int" use="required"/>
        <xs:attribute name="timestamp" type="second" use="required"/>
        <xs:attribute name="hostname" type="word" use="required"/>
        <xs:attribute name="tests" type="xs:int" use="required"/>
        <xs:attribute name="failures" type="xs:int" use="required"/>
        <xs:attribute name="errors" type="xs:int" use="required"/>
        <xs:attribute name="skipped" type="xs:int"/>
        <xs:attribute name="time" type="seconds" use="required"/>
      </xs:complexType>
      <xs:element name="testsuites">
        <xs:complexType>
          <xs:sequence><xs:element name="testsuite" type="suite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
        </xs:complexType>
      </xs:element>
    </xs:schema>
    """
}
