/// How a streamed answer ends.
enum StreamEnd {
    case whole
    /// There was nothing to stream: `HEAD`, 204, 304.
    case withoutContent
    /// The closure threw.
    case broken
}
