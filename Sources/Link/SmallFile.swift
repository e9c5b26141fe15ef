internal import Glibc

/// Reads a file of the kernel's (`/proc`, `/sys`), at most a megabyte.
package func readSmallFile(_ path: String) throws(SystemErrno) -> String {
  let file = try Descriptor(opening: path)
  var bytes: [UInt8] = []
  while bytes.count < 1 << 20 {
    var length = 0
    let part = [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
      length = read(file.number, buffer.baseAddress, buffer.count)
      count = max(0, length)
    }
    if length < 0 { throw .last }
    if length == 0 { break }
    bytes += part
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// Writes a value to a file of the kernel's in one call.
package func writeSmallFile(_ path: String, _ text: String) throws(SystemErrno) {
  let file = try Descriptor(opening: path, flags: O_WRONLY)
  let bytes = Array(text.utf8)
  if write(file.number, bytes, bytes.count) != bytes.count { throw .last }
}
