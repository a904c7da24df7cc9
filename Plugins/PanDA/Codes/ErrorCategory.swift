/// What kind of trouble an error code stands for.
package enum ErrorCategory: String, Hashable, Sendable, CaseIterable {
    case fileStorage = "file_storage"
    case runtimeLimits = "runtime_limits"
    case network
    case signal
    case software
    case `internal`
    /// Not a failure of the job itself: PanDA moved or retried it.
    case retried

    /// The category of a code; nil where the tables do not support one.
    package static func category(of component: ErrorComponent, code: Int) -> ErrorCategory? {
        switch component {
        case .pilot: pilot.first { $0.codes.contains(code) }?.category
        case .taskbuffer: taskBuffer(code)
        case .ddm: code >= 200 ? .fileStorage : .internal
        case .dispatcher: .internal
        case .transformation: transformation(code)
        case .brokerage, .executor, .supervisor: nil
        }
    }

    private static let pilot: [(category: ErrorCategory, codes: Set<Int>)] = [
        (
            .fileStorage,
            [
                1098, 1099, 1100, 1103, 1104, 1106, 1124, 1133, 1137, 1141, 1145, 1151, 1152, 1165, 1168, 1171, 1172,
                1180, 1181, 1190, 1191, 1199, 1221, 1303, 1313, 1322, 1326, 1331, 1332, 1333, 1350, 1361, 1362, 1366,
                1368, 1371, 1374,
            ]
        ),
        (.runtimeLimits, [1150, 1212, 1213, 1223, 1235, 1317, 1375, 1379]),
        (.network, [1316, 1318, 1324, 1327, 1330, 1369]),
        (.signal, [1200, 1201, 1202, 1203, 1204, 1205, 1206, 1207, 1208, 1328]),
        (
            .software,
            [
                1110, 1143, 1149, 1186, 1211, 1244, 1246, 1305, 1306, 1307, 1308, 1309, 1310, 1315, 1325, 1334, 1335,
                1340, 1345, 1346, 1347, 1348, 1349, 1351, 1355, 1356, 1357, 1358, 1360, 1372, 1377, 1378, 1384,
            ]
        ),
        (
            .internal,
            [
                1008, 1116, 1117, 1163, 1177, 1187, 1220, 1234, 1236, 1240, 1300, 1301, 1302, 1311, 1312, 1319, 1320,
                1337, 1341, 1342, 1343, 1352, 1353, 1354, 1359, 1370, 1376, 1382, 1385, 1386,
            ]
        ),
    ]

    private static func taskBuffer(_ code: Int) -> ErrorCategory {
        switch code {
        case 105, 106, 107, 111...130: .retried
        default: .internal
        }
    }

    private static func transformation(_ code: Int) -> ErrorCategory {
        switch code {
        case 129...192: .signal
        case 9, 11, 52, 74, 75: .fileStorage
        case 67: .runtimeLimits
        default: .software
        }
    }
}
