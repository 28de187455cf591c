using FsCheck;
using FsCheck.Fluent;
using PaymentEngine.Core;
using Xunit;

namespace PaymentEngine.Tests.Unit;

/// <summary>
/// Nodes that take blocks from one counter, as they would from the database, with several threads each, and that
/// restart while they work: a restarted node has lost its blocks and begins with none.
/// </summary>
[Trait("Rule", "O10")]
public class NumbersAcrossNodesTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Fact]
    public void O10_no_number_is_used_twice_by_any_node_thread_or_restart() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(AnyHouse.ToArbitrary(), house =>
        {
            var taken = house.Run();
            var numbers = taken.Select(value => house.Rule.Format(Day, value)).ToHashSet(StringComparer.Ordinal);
            return taken.Count == house.Expected
                && taken.Distinct().Count() == taken.Count
                && numbers.Count == taken.Count
                && taken.TrueForAll(value => value >= 1);
        }));

    private static Gen<House> AnyHouse { get; } =
        from nodes in Gen.Choose(1, 4)
        from threads in Gen.Choose(1, 4)
        from blockSize in Gen.OneOf(Gen.Choose(1, 20), Gen.Choose(100, 2_000))
        from takes in Gen.Choose(100, 600)
        from restartEvery in Gen.Choose(20, 300)
        from rule in NumberGenerators.AnyRule
        where rule.Capacity > 1_000_000_000
        select new House(nodes, threads, blockSize, takes, restartEvery, rule);

    private sealed record House(int Nodes, int Threads, int BlockSize, int Takes, int RestartEvery, NumberRule Rule)
    {
        /// <summary>Every seventh take asks for several in a row.</summary>
        private int Several => Math.Min(3, BlockSize);

        public int Expected => Nodes * Threads * Enumerable.Range(1, Takes).Sum(CountOf);

        public List<long> Run()
        {
            var counter = new Counter();
            var everything = new List<long>[Nodes * Threads];
            using var start = new Barrier(everything.Length);
            var threads = new List<Thread>();
            foreach (var node in Enumerable.Range(0, Nodes).Select(_ => new Node(counter, BlockSize)))
            {
                for (var thread = 0; thread < Threads; thread++)
                {
                    var slot = threads.Count;
                    threads.Add(new Thread(() =>
                    {
                        start.SignalAndWait();
                        everything[slot] = Work(node, restarts: slot % Threads == 0);
                    }));
                }
            }

            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            return [.. everything.SelectMany(values => values)];
        }

        private List<long> Work(Node node, bool restarts)
        {
            var values = new List<long>();
            for (var take = 1; take <= Takes; take++)
            {
                if (restarts && take % RestartEvery == 0)
                {
                    node.Restart();
                }

                var count = CountOf(take);
                var first = node.Take(count);
                for (var value = first; value < first + count; value++)
                {
                    values.Add(value);
                }
            }

            return values;
        }

        private int CountOf(int take) => take % 7 == 0 ? Several : 1;
    }

    private sealed class Counter
    {
        private long _next = 1;

        public long Reserve(int count) => Interlocked.Add(ref _next, count) - count;
    }

    private sealed class Node(Counter counter, int blockSize)
    {
        private volatile BlockSequence _sequence = new();

        public void Restart() => _sequence = new BlockSequence();

        public long Take(int count)
        {
            var sequence = _sequence;
            long first;
            while (count == 1 ? !sequence.TryNext(out first) : !sequence.TryTake(count, out first))
            {
                var from = counter.Reserve(blockSize);
                sequence.Add(from, from + blockSize);
            }

            return first;
        }
    }
}
