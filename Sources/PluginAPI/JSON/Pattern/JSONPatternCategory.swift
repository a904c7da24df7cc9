/// The general categories a pattern can name with `\p{…}`.
enum JSONPatternCategory {
    private static let names: [(short: String, long: String, category: Unicode.GeneralCategory)] = [
        ("Lu", "Uppercase_Letter", .uppercaseLetter), ("Ll", "Lowercase_Letter", .lowercaseLetter),
        ("Lt", "Titlecase_Letter", .titlecaseLetter), ("Lm", "Modifier_Letter", .modifierLetter),
        ("Lo", "Other_Letter", .otherLetter), ("Mn", "Nonspacing_Mark", .nonspacingMark),
        ("Mc", "Spacing_Mark", .spacingMark), ("Me", "Enclosing_Mark", .enclosingMark),
        ("Nd", "Decimal_Number", .decimalNumber), ("Nl", "Letter_Number", .letterNumber),
        ("No", "Other_Number", .otherNumber), ("Pc", "Connector_Punctuation", .connectorPunctuation),
        ("Pd", "Dash_Punctuation", .dashPunctuation), ("Ps", "Open_Punctuation", .openPunctuation),
        ("Pe", "Close_Punctuation", .closePunctuation), ("Pi", "Initial_Punctuation", .initialPunctuation),
        ("Pf", "Final_Punctuation", .finalPunctuation), ("Po", "Other_Punctuation", .otherPunctuation),
        ("Sm", "Math_Symbol", .mathSymbol), ("Sc", "Currency_Symbol", .currencySymbol),
        ("Sk", "Modifier_Symbol", .modifierSymbol), ("So", "Other_Symbol", .otherSymbol),
        ("Zs", "Space_Separator", .spaceSeparator), ("Zl", "Line_Separator", .lineSeparator),
        ("Zp", "Paragraph_Separator", .paragraphSeparator), ("Cc", "Control", .control), ("Cf", "Format", .format),
        ("Cs", "Surrogate", .surrogate), ("Co", "Private_Use", .privateUse), ("Cn", "Unassigned", .unassigned),
    ]

    private static let groups = [
        "Letter": "L", "Mark": "M", "Number": "N", "Punctuation": "P", "Symbol": "S", "Separator": "Z", "Other": "C",
        "digit": "Nd", "punct": "P", "cntrl": "Cc",
    ]

    /// The bits of a category or group of categories, or nil when the name is not known.
    static func bits(named name: String) -> UInt32? {
        var wanted = name
        for prefix in ["General_Category=", "gc="] where wanted.hasPrefix(prefix) {
            wanted = String(wanted.dropFirst(prefix.count))
        }
        wanted = groups[wanted] ?? wanted
        var bits: UInt32 = 0
        for (position, entry) in names.enumerated() {
            let isInGroup = wanted.utf8.count == 1 && entry.short.hasPrefix(wanted)
            if isInGroup || entry.short == wanted || entry.long == wanted { bits |= 1 << UInt32(position) }
        }
        return bits == 0 ? nil : bits
    }

    /// The bit of one category.
    static func bit(of category: Unicode.GeneralCategory) -> UInt32 {
        names.firstIndex { $0.category == category }.map { 1 << UInt32($0) } ?? 0
    }
}
