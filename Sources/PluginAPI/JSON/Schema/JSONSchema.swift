/// A compiled JSON Schema (draft 2020-12), applied to a value inside a ``JSONDocument`` without building a tree.
///
/// Everything the specification asks of a validator is checked; `format` and the `content…` keywords are annotations,
/// as it leaves them by default. References reach as far as the schema itself and the draft's own meta-schemas: nothing
/// is ever fetched. Patterns are the part of ECMA-262 that can be matched in linear time.
public struct JSONSchema: Sendable {
    /// How a schema is read beyond what the specification says.
    public struct Options: Hashable, Sendable {
        /// The root object refuses members its schema does not name, unless the schema says otherwise.
        public var closesRoot: Bool
        /// A `null` for a property that is not required and whose schema refuses null counts as absent.
        public var nullCountsAsAbsent: Bool
        /// How much work one validation may be, in steps of roughly one value compared with one rule.
        public var stepLimit: Int

        /// Creates options; the defaults are the specification's own meaning and a million steps.
        public init(closesRoot: Bool = false, nullCountsAsAbsent: Bool = false, stepLimit: Int = 1_000_000) {
            self.closesRoot = closesRoot
            self.nullCountsAsAbsent = nullCountsAsAbsent
            self.stepLimit = stepLimit
        }

        /// How a tool's arguments are read.
        public static let toolInput = Options(closesRoot: true, nullCountsAsAbsent: true)
    }

    private let program: JSONSchemaProgram
    private let options: Options

    /// Compiles a schema.
    /// - Throws: `JSONSchemaError` naming the place in the schema and what is wrong there.
    public init(compiling schema: JSONValue, options: Options = Options()) throws(JSONSchemaError) {
        program = try JSONSchemaCompiler.compile(schema, options: options)
        self.options = options
    }

    /// Everything wrong with a value, at most `limit` violations, in document order; empty when it is valid.
    ///
    /// A limit is at least 1 and at most 10 000.
    public func violations(in value: JSONNode, limit: Int = 20) -> [JSONSchemaViolation] {
        var evaluation = JSONSchemaEvaluation(
            of: value,
            by: program,
            options: options,
            limit: min(max(1, limit), 10_000)
        )
        return evaluation.run()
    }
}
