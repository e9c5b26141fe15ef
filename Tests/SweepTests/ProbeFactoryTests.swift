import Testing
import Wire

@testable import Sweep
