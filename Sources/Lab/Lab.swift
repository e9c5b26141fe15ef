/// Opening a lab by its name.
public enum Lab {
  /// Joins the lab of this name if it's up, else makes a private one that ends with this process.
  ///
  /// Afterwards the calling thread is in the tester's network namespace, for good. Without privileges the process
  /// must still have one thread only, so this comes first.
  ///
  /// - Throws: `unknown`, `forbidden` with how to go on, or `failed`, also if another run uses the lab.
  public static func open(_ name: String) throws(LabError) -> OpenLab {
    _ = try LabCatalogue.entry(named: name)
    var remarks: [String] = []
    do throws(LabError) {
      if let holder = try PersistentLab.find(name) {
        try LabStateDirectory.ofThisUser.claim(name)
        return try holder.join()
      }
    } catch {
      // A directory in /tmp that somebody else made is no reason not to work.
      guard case .stateFile = error else { throw error }
      remarks.append("labs that are up aren't looked for: \(error)")
    }
    var lab = try LinuxHostLab.enter(name)
    lab.remarks = remarks + lab.remarks
    return lab
  }
}
