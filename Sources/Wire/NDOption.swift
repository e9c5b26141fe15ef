/// The options of neighbour discovery [RFC 4861 4.6].
public enum NDOption {
  /// Names of option types.
  public static let names = NameTable([
    "source-link-layer-address": 1, "target-link-layer-address": 2, "prefix-information": 3,
    "redirected-header": 4, "mtu": 5, "nbma-shortcut-limit": 6, "advertisement-interval": 7,
    "home-agent-information": 8, "source-address-list": 9, "target-address-list": 10, "cga": 11,
    "rsa-signature": 12, "timestamp": 13, "nonce": 14, "trust-anchor": 15, "certificate": 16,
    "ip-address": 17, "new-router-prefix": 18, "link-layer-address": 19, "neighbor-acknowledgment": 20,
    "map": 23, "route-information": 24, "rdnss": 25, "ra-flags": 26, "handover-key-request": 27,
    "handover-key-reply": 28, "handover-assist": 29, "mobile-node-identifier": 30, "dnssl": 31,
    "proxy-signature": 32, "address-registration": 33, "6lowpan-context": 34, "border-router": 35,
    "6lowpan-capability": 36, "captive-portal": 37, "pref64": 38, "experimental-1": 253,
    "experimental-2": 254,
  ])
}
