using Xunit;

// Each class has a database and several connections; a cluster has a hundred.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
