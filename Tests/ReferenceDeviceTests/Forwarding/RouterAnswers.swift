enum RouterAnswers {
  static let expected: [String: String] = Expected.table(
    """
    """
  )
}
