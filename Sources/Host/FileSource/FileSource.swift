internal import Dispatch
package import GatewayCore
internal import LocalFiles

/// One file below a folder of the site, or one for each user, only read.
///
/// What lies in the folder may be anybody's: no symbolic link below it is followed, only regular files are read, and none
/// that is longer than allowed. Files may lie on a slow file system, so they are read on a queue of their own.
package final class FileSource: DataSource {
    /// The name in the configuration.
    package let name: String
    private let directory: String
    private let path: FilePath
    private let maximumBytes: Int
    private let queue: DispatchQueue

    package var kind: SourceKind { .file }

    /// A source of the files at a path below a folder.
    package init(name: String, directory: String, path: FilePath, maximumBytes: Int = 64 << 10) {
        self.name = name
        self.directory = directory
        self.path = path
        self.maximumBytes = maximumBytes
        queue = DispatchQueue(label: "FileSource.\(name)", attributes: .concurrent)
    }

    package func read(_ request: SourceFileRequest) async throws(SourceError) -> [UInt8]? {
        guard let file = path.path(of: request.user) else {
            throw .invalid("There is a file for each user, and the caller has no name that one could have.")
        }
        let limit = min(maximumBytes, request.maximumBytes)
        let outcome: Result<[UInt8]?, SourceError> = await withCheckedContinuation { continuation in
            queue.async { [directory] in
                continuation.resume(returning: Self.content(of: file, in: directory, limit))
            }
        }
        return try outcome.get()
    }

    private static func content(
        of file: String,
        in directory: String,
        _ limit: Int
    ) -> Result<[UInt8]?, SourceError> {
        let folder: Folder
        do throws(FileFailure) {
            folder = try Folder(path: directory)
        } catch {
            return .failure(.unavailable(detail: error.description))
        }
        do throws(FileFailure) {
            return .success(try folder.read(file, maximumBytes: limit))
        } catch {
            if error.isMissing { return .success(nil) }
            return .failure(.rejected(detail: error.description))
        }
    }
}
