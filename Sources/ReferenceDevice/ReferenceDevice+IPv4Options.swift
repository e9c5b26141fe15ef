internal import Wire

/// How mutants deviate with IPv4 options, and pointers into headers.
enum IPv4OptionMutant: String, Deviation {
  case pointerIsZero = "RFC792-pp-b RFC4443-3.4-ptr: points to the first octet whatever is wrong"
  case pointerOffByOne = "RFC792-pp-b RFC4443-3.4-ptr: points beside the octet that is wrong"
  case pointerCountsFromOptions =
    "RFC792-pp-b RFC4443-3.4-ptr: counts the pointer from behind the fixed header"
  case discardsAllOptions = "RFC1122-3.2.1.8-a RFC791-3.1-h: discards datagrams with options"
  case reportsUnknownOption = "RFC1122-3.2.1.8-a: complains about options that it doesn't know"
  case echoesUnknownOptions = "RFC1122-3.2.1.8-d: sends options back that it doesn't know"
  case readsBehindEndOfOptions = "RFC791-3.1-h: goes on behind the end of the option list"
  case toleratesOptionLength = "RFC1122-3.2.2.5-a: lets impossible option lengths pass"
  case silentAboutBadOption =
    "RFC1122-3.2.2.5-a RFC6274-3.13.1.3-b: discards broken options without a report"
  case answersDespiteBadOption =
    "RFC792-pp-c RFC791-3.1-a: reports a broken option and answers all the same"
  case acceptsLateRecordRoute = "RFC6274-3.13.2.5-a: takes a record route in a later fragment"
  case acceptsOptionTwice = "RFC6274-3.13.2.3-c: takes options that are there twice"
  case acceptsSmallOptionPointer = "RFC1122-3.2.2.5-a: takes option pointers in front of the first slot"
  case acceptsUnalignedOptionPointer = "RFC6274-3.13.2.3-b: takes option pointers into the middle of a slot"
  case acceptsUndefinedTimestampFlag = "RFC6274-3.13.2.7-a: takes timestamp options with undefined flags"
  case refusesFullRecordRoute = "RFC791-3.1-b: complains about a record route without room"
  case refusesFullTimestamp = "RFC791-3.1-d: complains about a timestamp option without room"
  case registersNoAddress = "RFC791-3.1-g: registers a time without its address where both are asked for"
  case registersNoTime = "RFC791-3.1-f: registers no time where its own is asked for"
  case registersForOthers = "RFC791-3.1-f: registers its time where another host's is asked for"
  case overflowWraps = "RFC791-3.1-e: lets the overflow count of a timestamp option wrap"
  case truncatesEchoedOptions =
    "RFC1122-3.2.2.6-f RFC1122-3.2.2.8-f: sends echo and timestamp replies with shortened options"
  case followsSourceRoute = "RFC1122-3.3.5-b: answers datagrams whose source route isn't done"
  case silentAboutSourceRoute = "RFC1122-3.3.5-b: discards source routes that aren't done without a report"
}

extension ReferenceDevice {
  /// Checks and processes the options; says whether the datagram may go on.
  ///
  /// An option that can't be processed is reported and its datagram discarded [RFC792-pp-c]
  /// [RFC1122-3.2.2.5-a]; unknown ones are skipped [RFC1122-3.2.1.8-a].
  mutating func processOptions(_ datagram: inout IPv4Datagram) -> Bool {
    guard datagram.headerLength > 20 else { return true }
    if breaks(IPv4OptionMutant.discardsAllOptions) { return false }
    var walk = OptionWalk(datagram: datagram)
    while walk.offset < datagram.headerLength {
      let type = datagram.bytes.octet(walk.offset)
      // RFC791-3.1-h: End of List ends the list, whatever follows; No Operation is one octet.
      if type == 0, !breaks(IPv4OptionMutant.readsBehindEndOfOptions) { break }
      if type <= 1 {
        walk.offset += 1
        continue
      }
      let problem = processOption(type, &walk)
      if let problem {
        if problem.isRouteFailure {
          if !breaks(IPv4OptionMutant.silentAboutSourceRoute) { reportIPv4(3, 5, about: datagram) }
        } else if !breaks(IPv4OptionMutant.silentAboutBadOption) {
          reportParameterProblem(at: problem.offset, about: datagram)
        }
        return breaks(IPv4OptionMutant.answersDespiteBadOption)
      }
      walk.offset += walk.length
    }
    datagram.echoedOptions = walk.paddedEcho
    datagram.returnHop = walk.returnRoute?.hops.first
    return true
  }

  /// RFC792-pp-b: the pointer counts from the start of the IP header.
  private mutating func reportParameterProblem(at offset: Int, about datagram: IPv4Datagram) {
    var pointer = UInt8(truncatingIfNeeded: offset)
    if breaks(IPv4OptionMutant.pointerCountsFromOptions) { pointer &-= 20 }
    if breaks(IPv4OptionMutant.pointerIsZero) { pointer = 0 }
    if breaks(IPv4OptionMutant.pointerOffByOne) { pointer &-= 3 }
    reportIPv4(12, 0, rest: [pointer, 0, 0, 0], about: datagram)
  }

  /// Processes the option at the walk's offset; returns what is wrong with it.
  private mutating func processOption(_ type: UInt8, _ walk: inout OptionWalk) -> OptionProblem? {
    let room = walk.datagram.headerLength - walk.offset
    // RFC1122-3.2.1.8-b, RFC6274-3.13.1.3-a
    guard room >= 2 else { return OptionProblem(offset: walk.offset) }
    walk.length = Int(walk.datagram.bytes.octet(walk.offset + 1))
    guard walk.length >= 2, walk.length <= room else {
      guard breaks(IPv4OptionMutant.toleratesOptionLength) else {
        return OptionProblem(offset: walk.offset + 1)
      }
      walk.length = room
      return nil
    }
    // RFC6274-3.13.2.3-c: these occur once at most; the two source routes exclude each other.
    if [7, 68, 131, 137].contains(type), !walk.seen.insert(type == 137 ? 131 : type).inserted,
      !breaks(IPv4OptionMutant.acceptsOptionTwice)
    {
      return OptionProblem(offset: walk.offset)
    }
    switch type {
    case 7: return recordRoute(&walk)
    case 68: return timestamp(&walk)
    case 131, 137: return sourceRoute(&walk)
    default:
      // RFC1122-3.2.1.8-d: not the obsolete stream identifier, nor what isn't known.
      if breaks(IPv4OptionMutant.echoesUnknownOptions) { walk.echo += walk.option }
      return breaks(IPv4OptionMutant.reportsUnknownOption) ? OptionProblem(offset: walk.offset) : nil
    }
  }

  /// Record Route: the destination adds its address before the option is sent back [RFC1122-3.2.2.6-f].
  private func recordRoute(_ walk: inout OptionWalk) -> OptionProblem? {
    var option = walk.option
    let pointer = Int(option.octet(2))
    if walk.datagram.fragmentOffset > 0 {
      // RFC6274-3.13.2.5-a: it belongs into the first fragment only.
      return breaks(IPv4OptionMutant.acceptsLateRecordRoute) ? nil : OptionProblem(offset: walk.offset)
    }
    guard option.count >= 3, (option.count - 3) % 4 == 0 else {
      return OptionProblem(offset: walk.offset + 1)
    }
    // RFC6274-3.13.2.3-b
    guard pointer >= 4 || breaks(IPv4OptionMutant.acceptsSmallOptionPointer) else {
      return OptionProblem(offset: walk.offset + 2)
    }
    guard pointer % 4 == 0 || breaks(IPv4OptionMutant.acceptsUnalignedOptionPointer) else {
      return OptionProblem(offset: walk.offset + 2)
    }
    if pointer >= 4, pointer + 3 <= option.count {
      option.replaceSubrange(pointer - 1..<pointer + 3, with: configuration.ipv4.octets)
      option.put8(UInt8(truncatingIfNeeded: pointer + 4), at: 2)
    } else if pointer >= 4, pointer <= option.count {
      // RFC791-3.1-a: room for a part of an address only.
      return OptionProblem(offset: walk.offset + 2)
    } else if breaks(IPv4OptionMutant.refusesFullRecordRoute) {
      // RFC791-3.1-b says the opposite.
      return OptionProblem(offset: walk.offset + 2)
    }
    walk.echo += breaks(IPv4OptionMutant.truncatesEchoedOptions) ? Array(option.prefix(7)) : option
    return nil
  }

  /// Internet Timestamp: flag 0 time, 1 address and time, 3 time at the address asked for
  /// [RFC791-3.1-d] [RFC791-3.1-f] [RFC791-3.1-g] [RFC1122-3.2.1.8-h].
  private func timestamp(_ walk: inout OptionWalk) -> OptionProblem? {
    var option = walk.option
    let pointer = Int(option.octet(2))
    let overflow = option.octet(3) >> 4
    let flag = option.octet(3) & 15
    guard option.count >= 4 else { return OptionProblem(offset: walk.offset + 1) }
    // RFC6274-3.13.2.7-a
    guard [0, 1, 3].contains(flag) || breaks(IPv4OptionMutant.acceptsUndefinedTimestampFlag) else {
      return OptionProblem(offset: walk.offset + 3)
    }
    let slot = flag == 0 ? 4 : 8
    guard pointer >= 5 || breaks(IPv4OptionMutant.acceptsSmallOptionPointer) else {
      return OptionProblem(offset: walk.offset + 2)
    }
    guard pointer < 5 || (pointer - 5) % slot == 0 || breaks(IPv4OptionMutant.acceptsUnalignedOptionPointer)
    else {
      return OptionProblem(offset: walk.offset + 2)
    }
    var time: [UInt8] = []
    time.append32(millisecondsSinceMidnight)
    if pointer > option.count {
      // RFC791-3.1-e
      if breaks(IPv4OptionMutant.refusesFullTimestamp) { return OptionProblem(offset: walk.offset + 2) }
      guard overflow < 15 || breaks(IPv4OptionMutant.overflowWraps) else {
        return OptionProblem(offset: walk.offset + 3)
      }
      option.put8((overflow &+ 1) << 4 | flag, at: 3)
    } else if pointer + slot - 1 > option.count {
      return OptionProblem(offset: walk.offset + 2)
    } else if pointer >= 5 {
      let start = pointer - 1
      let isAsked = option.ipv4(start) == configuration.ipv4 || breaks(IPv4OptionMutant.registersForOthers)
      if flag != 3 || isAsked && !breaks(IPv4OptionMutant.registersNoTime) {
        let isUnnamed = flag == 1 && breaks(IPv4OptionMutant.registersNoAddress)
        let address = isUnnamed ? [0, 0, 0, 0] : configuration.ipv4.octets
        let entry = flag == 0 ? time : address + time
        option.replaceSubrange(start..<start + slot, with: entry)
        option.put8(UInt8(truncatingIfNeeded: pointer + slot), at: 2)
      }
    }
    walk.echo += breaks(IPv4OptionMutant.truncatesEchoedOptions) ? Array(option.prefix(8)) : option
    return nil
  }

  /// A source route that ends here is turned round for the answer [RFC1122-3.2.1.8-e] [RFC1122-3.2.2.6-g]; one
  /// that goes on isn't followed [RFC1122-3.3.5-a] [RFC1122-3.3.5-b].
  private func sourceRoute(_ walk: inout OptionWalk) -> OptionProblem? {
    let option = walk.option
    let pointer = Int(option.octet(2))
    guard option.count >= 3, (option.count - 3) % 4 == 0 else {
      return OptionProblem(offset: walk.offset + 1)
    }
    guard pointer >= 4, pointer % 4 == 0 else { return OptionProblem(offset: walk.offset + 2) }
    if pointer <= option.count {
      if breaks(IPv4OptionMutant.followsSourceRoute) { return nil }
      return OptionProblem(offset: walk.offset, isRouteFailure: true)
    }
    let hops = stride(from: 3, to: option.count, by: 4).map { option.ipv4($0) }
    walk.returnRoute = ReturnRoute(type: option.octet(0), hops: hops.reversed())
    return nil
  }
}

/// What is wrong with an option.
private struct OptionProblem {
  /// Of the octet that is wrong, from the start of the IP header.
  var offset: Int
  /// It is a source route that isn't followed.
  var isRouteFailure = false
}

/// A source route back to the sender.
private struct ReturnRoute {
  var type: UInt8
  /// From here to the last one before the sender.
  var hops: [IPv4Address]
}

/// The way through a datagram's options.
private struct OptionWalk {
  let datagram: IPv4Datagram
  var offset = 20
  var length = 0
  var seen: Set<UInt8> = []
  /// Options to be sent back.
  var echo: [UInt8] = []
  var returnRoute: ReturnRoute?

  init(datagram: IPv4Datagram) { self.datagram = datagram }

  var option: [UInt8] { datagram.bytes.octets(offset..<offset + length) }

  /// The options to be sent back, with those of a return route in front, in words of four octets.
  var paddedEcho: [UInt8] {
    var options = echo
    if let returnRoute, let first = returnRoute.hops.first {
      // The first hop becomes the destination, the sender is the last stop [RFC1122-3.2.1.8-f].
      var hops = Array(returnRoute.hops.dropFirst())
      if first != datagram.source { hops.append(datagram.source) }
      let route: [UInt8] = [returnRoute.type, UInt8(truncatingIfNeeded: 3 + 4 * hops.count), 4]
      options = route + hops.flatMap(\.octets) + options
    }
    while options.count % 4 != 0 { options.append(0) }
    return options.count <= 40 ? options : []
  }
}
