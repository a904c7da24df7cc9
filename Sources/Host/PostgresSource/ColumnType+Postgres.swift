internal import GatewayCore

extension SQLColumnType {
    /// What a type's number in `pg_type` means; text when it is none of ours.
    ///
    /// A `date` is no moment and crosses as text `YYYY-MM-DD`; so do arrays, as the server writes them (`{1,2}`):
    /// `to_json` in the statement makes them JSON.
    init(postgresType number: UInt32) {
        self =
            switch number {
            case 20, 21, 23, 26: .int
            case 700, 701: .double
            case 1700: .decimal
            case 16: .bool
            case 1114, 1184: .timestamp
            case 114, 3802: .json
            case 17: .bytes
            default: .text
            }
    }
}
