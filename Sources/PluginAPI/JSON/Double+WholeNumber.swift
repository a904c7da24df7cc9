extension Double {
    /// This as an integer, when there is no fraction and it fits.
    ///
    /// Written without `Int(exactly:)` and `rounded()`: these call the C mathematics library, which a plugin that links
    /// nothing else does not have.
    var wholeNumber: Int? {
        guard self >= -0x1p63, self < 0x1p63 else { return nil }
        let whole = Int(self)
        return Double(whole) == self ? whole : nil
    }
}
