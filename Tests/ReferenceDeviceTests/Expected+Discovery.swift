extension Expected {
  /// What the strict device answers to neighbor discovery.
  static let discovery = table(
    """
    solicitation: ttl 255 via gateway 136/0 60000000 data 24 changed
    solicitation with a code: silence
    solicitation with a reserved bit: ttl 255 via gateway 136/0 60000000 data 24 changed
    solicitation with an empty option: silence
    solicitation with an option beyond it: silence
    solicitation with an unknown option: ttl 255 via gateway 136/0 60000000 data 24 changed
    solicitation with an option of others: ttl 255 via gateway 136/0 60000000 data 24 changed
    solicitation for a group: silence
    solicitation for somebody else: silence
    solicitation to a group: ttl 255 via gateway 136/0 60000000 data 24 changed
    solicitation for the link-local address: ttl 255 via gateway from link-local 136/0 60000000 data 24 \
    changed
    solicitation from nobody: ttl 255 to all 136/0 20000000 data 24 changed
    solicitation from nobody to all: silence
    solicitation from nobody with its address: silence
    three solicitations: ttl 255 via gateway 136/0 60000000 data 24 changed + ttl 255 via gateway 136/0 \
    60000000 data 24 changed + ttl 255 via gateway 136/0 60000000 data 24 changed
    solicitation without an address: ttl 255 136/0 60000000 data 24 changed
    solicitation with the target's address: ttl 255 136/0 60000000 data 24 changed
    solicitation and echo6: ttl 255 via gateway 136/0 60000000 data 24 changed + via gateway 129/0 \
    12348007 data 56
    solicitor that moves: ttl 255 136/0 60000000 data 24 changed + ttl 255 via gateway 136/0 60000000 data \
    24 changed + via gateway 129/0 12348007 data 56
    advertisement nobody asked for: 129/0 12348007 data 56
    advertisement that overrides: ttl 255 136/0 60000000 data 24 changed + via gateway 129/0 12348007 data 56
    advertisement that doesn't override: ttl 255 136/0 60000000 data 24 changed + 129/0 12348007 data 56
    router with a hop limit: ttl 15 129/0 12348007 data 56
    router with a hop limit and none: ttl 15 129/0 12348007 data 56
    router with a small MTU: via gateway fragment at 0 more + via gateway fragment at 1232
    router with too small an MTU: via gateway 129/0 12348007 data 1400
    router with a prefix: 129/0 12348007 data 1400
    router that isn't link-local: via gateway 129/0 12348007 data 1400
    router with a prefix off the link: via gateway 129/0 12348007 data 1400
    router with two prefixes: 129/0 12348007 data 1400
    router that takes a prefix back: via gateway 129/0 12348007 data 1400
    routers with a prefix each: 129/0 12348007 data 1400
    prefix for a second: via gateway 129/0 12348007 data 1400
    redirect6 to the destination: via gateway 129/0 12348007 data 1400 + 129/0 12348007 data 1400
    redirect6 with an address: via gateway 129/0 12348007 data 1400 + 129/0 12348007 data 1400
    """
  )
}
