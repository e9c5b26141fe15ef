import Suite
import Testing

@Suite struct ExpressionTests {
  @Test(arguments: [
    ("64", Expression.text("64")),
    ("echo-reply", .text("echo-reply")),
    ("$ttl", .variable(["ttl"])),
    ("$sent.icmpv4.identifier", .variable(["sent", "icmpv4", "identifier"])),
    ("$a + 1", .sum(.variable(["a"]), .text("1"))),
    ("$computed - 8", .difference(.variable(["computed"]), .text("8"))),
    ("$length * 8", .product(.variable(["length"]), .text("8"))),
    ("$a  +  1", .sum(.variable(["a"]), .text("1"))),
    ("$", .text("$")),
    ("$a.", .variable(["a", ""])),
    ("", .text("")),
  ])
  func `Words, variables and one operator`(_ text: String, _ expected: Expression) {
    #expect(Expression(parsing: text) == expected)
  }

  @Test func `Products bind closer than sums, and equals go from left to right`() {
    #expect(
      Expression(parsing: "1 - 2 - $b * 3 * 4 + 5")
        == .sum(
          .difference(
            .difference(.text("1"), .text("2")),
            .product(.product(.variable(["b"]), .text("3")), .text("4"))
          ),
          .text("5")
        )
    )
  }

  @Test(arguments: ["a-b", "a+b", "2001:db8::1", "192.0.2.1-192.0.2.9", "-1", "a -b", "a- b", "*", "+"])
  func `Operators without spaces on both sides are part of a word`(_ text: String) {
    #expect(Expression(parsing: text) == .text(text))
  }

  @Test func `An operator without an operand has an empty word there`() {
    #expect(Expression(parsing: "$a + ") == .sum(.variable(["a"]), .text("")))
    #expect(Expression(parsing: " - 1") == .difference(.text(""), .text("1")))
  }

  @Test func `The variables of an expression are the first components of all paths`() {
    #expect(Expression(parsing: "$a.b + $c * 3 - $a").variables == ["a", "c"])
    #expect(Expression(parsing: "7").variables.isEmpty)
  }

  @Test func `A text longer than any expression is one word`() {
    let text = Array(repeating: "1", count: 200_000).joined(separator: " * ")
    #expect(Expression(parsing: text) == .text(text))
  }
}
