public import ArgumentParser
import Judge
import Link
public import Runner

extension Enforcement: ExpressibleByArgument {}

extension Impairment {
  /// `--impair`; what is wrong with it is said in full.
  init(argument: String) throws {
    do throws(ParsingError) {
      try self.init(parsing: argument)
    } catch {
      throw ValidationError("\(error).")
    }
  }
}
