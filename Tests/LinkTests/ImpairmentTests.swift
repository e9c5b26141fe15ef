import Link
import Testing

/// What the command line says of a bad path.
@Suite struct ImpairmentTests {
  @Test(arguments: [
    "loss=2%,duplicate=2%,reorder=2%,corrupt=1%,delay=1ms,jitter=200us,seed=7", "loss=0.5%,seed=1",
    "delay=2s,seed=18446744073709551615", "corrupt=0.0001%,seed=0", "duplicate=100%,seed=3",
  ])
  func `An impairment is written as it is read`(text: String) throws {
    #expect(try Impairment(parsing: text).description == text)
  }

  @Test func `What isn't said doesn't happen, and the order is free`() throws {
    var wanted = Impairment()
    wanted.loss = .percent(2)
    wanted.jitter = .microseconds(50)
    #expect(try Impairment(parsing: "jitter=50us,loss=2%") == wanted)
  }

  @Test(arguments: [
    ("loss", "'loss' is not KEY=VALUE; an impairment is written like loss=2%,delay=1ms,seed=7"),
    ("", "'' is not KEY=VALUE; an impairment is written like loss=2%,delay=1ms,seed=7"),
    ("loss=2%,", "'' is not KEY=VALUE; an impairment is written like loss=2%,delay=1ms,seed=7"),
    (
      "lost=2%",
      "no impairment is called 'lost'; there are loss, duplicate, reorder, corrupt, delay, jitter, seed"
    ),
    ("loss=2%,loss=3%", "'loss' is there twice"), ("seed=-1", "seed is a whole number, not '-1'"),
    ("loss=0%", "'loss=0%' impairs nothing; say what, for example loss=2%"),
    ("seed=7", "'seed=7' impairs nothing; say what, for example loss=2%"),
  ])
  func `What is no impairment is refused in a sentence`(text: String, sentence: String) {
    #expect(throws: Impairment.ParsingError.self) { try Impairment(parsing: text) }
    do throws(Impairment.ParsingError) { _ = try Impairment(parsing: text) } catch {
      #expect(error.description == sentence)
    }
  }

  @Test(arguments: [
    "2", "101%", "-1%", "2.%", ".5%", "0.00001%", "1e1%", "٢%", "%", "99999999999999999999%", "100.1%",
  ])
  func `A share is a number of percent`(text: String) {
    #expect(throws: Impairment.ParsingError.self) { try Impairment(parsing: "loss=\(text)") }
  }

  @Test(arguments: ["1", "1m", "-1ms", "1.5ms", "11s", "99999999999999999999us", "ms", ""])
  func `A time is a whole number with a unit, and not too long`(text: String) {
    #expect(throws: Impairment.ParsingError.self) { try Impairment(parsing: "delay=\(text)") }
  }
}
