import CPluginTemplates

/// The templates' files, which are part of the program.
enum EmbeddedFiles {
    struct File: Sendable {
        let languages: [String]
        let path: String
        let text: String
    }

    static var all: [File] {
        guard let files = unsafe beam_template_files else { return [] }
        return unsafe UnsafeBufferPointer(start: files, count: beam_template_count).map { file in
            unsafe File(
                languages: String(cString: file.languages).split(separator: " ").map(String.init),
                path: String(cString: file.path),
                text: String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.length), as: UTF8.self)
            )
        }
    }
}
