import Suite
import Testing

@Suite struct GlobTests {
  @Test(arguments: [
    ("", ""), ("*", ""), ("*", "anything"), ("a*c", "ac"), ("a*c", "abbbc"), ("a?c", "abc"), ("**", "x"),
    ("icmpv4.*", "icmpv4.echo.reply[ttl=1]"), ("*[ttl=1]", "a.b[ttl=1]"), ("*a*a*", "banana"), ("?", "é"),
    ("*ab", "aab"), ("a*b*c", "a-b-b-c"), ("[a]", "[a]"),
  ])
  func `A pattern matches the whole text`(_ pattern: String, _ text: String) {
    #expect(Glob(pattern).matches(text))
  }

  @Test(arguments: [
    ("", "a"), ("a", ""), ("a", "ab"), ("b", "ab"), ("?", ""), ("?", "ab"), ("a*c", "abd"), ("*ab", "abc"),
    ("[ab]", "a"),
    ("A", "a"), ("icmpv4.echo", "icmpv4.echo.reply"),
  ])
  func `Nothing of the text is left over, and case counts`(_ pattern: String, _ text: String) {
    #expect(!Glob(pattern).matches(text))
  }

  @Test(.timeLimit(.minutes(1))) func `Many stars take no exponential time`() {
    let pattern = String(repeating: "*a", count: 100) + "b"
    #expect(!Glob(pattern).matches(String(repeating: "a", count: 2000)))
  }
}
