import PluginKit
import Testing

private actor Worker {
    private let executor: BlockingExecutor
    private var order: [Int] = []
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ executor: BlockingExecutor) { self.executor = executor }

    func add(_ number: Int) -> Int {
        executor.checkIsolated()
        order.append(number)
        return order.count
    }
}

@Suite struct BlockingExecutorTests {
    @Test func anActorRunsOnItsThreadAndNowhereElse() async {
        let worker = Worker(BlockingExecutor(name: "test"))
        for number in 1...1000 { #expect(await worker.add(number) == number) }
    }

    @Test func manyActorsComeAndGo() async {
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<50 {
                group.addTask { await Worker(BlockingExecutor(name: "short")).add(1) }
            }
            for await count in group { #expect(count == 1) }
        }
    }
}
