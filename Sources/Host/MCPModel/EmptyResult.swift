package import JSON

/// The result that says only that the request was understood.
package struct EmptyResult: ServerResult {
    package init() {}

    package func writeMembers(to writer: inout JSONWriter, revision: Revision) {}
}
