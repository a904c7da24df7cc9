import Testing

@Suite("Imports only go down")
struct ArrowTests {
    @Test(arguments: AllowedImports.rooms.map(\.folder))
    func `a room imports only what its line in the table names`(folder: String) throws {
        let room = try #require(AllowedImports.rooms.first { $0.folder == folder })
        let files = try SourceTree.files(below: folder)
        #expect(!files.isEmpty)
        var allowed = room.own.union(room.external).union(AllowedImports.toolchain)
        if !AllowedImports.withoutFoundation.contains(folder) { allowed.insert("FoundationEssentials") }
        for file in files {
            for module in file.imports {
                #expect(allowed.contains(module), "\(file.path) imports \(module)")
            }
        }
    }

    @Test func `every Swift file of the product lies in a room of the table`() throws {
        for folder in ["Sources", "Plugins"] {
            for file in try SourceTree.files(below: folder) {
                let isInRoom = AllowedImports.rooms.contains { file.path.hasPrefix($0.folder + "/") }
                #expect(isInRoom, "\(file.path) lies in no room")
            }
        }
    }
}
