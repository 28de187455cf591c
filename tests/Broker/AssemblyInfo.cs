using Xunit;

// The figures of the bus are counted for the whole process, and the broker has two cores with everybody else.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
