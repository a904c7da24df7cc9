/// The numbers of files iDDS keeps of a transform; each output file stands for one job.
package struct TransformFiles: Hashable, Sendable {
    package var outputTotal = 0
    package var outputProcessed = 0
    package var outputProcessing = 0
    package var outputFailed = 0
    package var outputMissing = 0
    package var outputNew = 0
    package var inputNew = 0

    package init() {}
}
