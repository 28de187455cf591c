using System.Collections.Frozen;

namespace PaymentEngine.Workflows.Driver;

/// <summary>What a state does with an event that it lists.</summary>
public enum Handling
{
    /// <summary>It is history, whether or not the state changes.</summary>
    Handled,

    /// <summary>It leaves no trace.</summary>
    Ignored,
}

/// <summary>An event listed in a state, and the states in which the order can be afterwards; none when it is ignored.</summary>
public sealed record LifecycleEntry(string State, string Event, Handling Handling, IReadOnlyList<string> Targets);

/// <summary>A machine as a table, read from the machine itself: for the driver, for the diagrams, for tests.</summary>
public sealed class Lifecycle
{
    private Lifecycle(IReadOnlyList<string> states, IReadOnlyList<string> events, IReadOnlyList<LifecycleEntry> entries) =>
        (States, Events, Entries) = (states, events, entries);

    /// <summary>Every state an order can be stored in, as the machine declares them.</summary>
    public IReadOnlyList<string> States { get; }

    public IReadOnlyList<string> Events { get; }

    public IReadOnlyList<LifecycleEntry> Entries { get; }

    public static Lifecycle Of<TOrder>(OrderMachine<TOrder> machine)
        where TOrder : Order
    {
        var targets = new LifecycleVisitor<TOrder>();
        machine.Accept(targets);

        // MassTransit has a final state, which deletes; ours have several ends, and finished orders are kept.
        var states = machine.States.Where(state => !state.Equals(machine.Final)).ToList();
        var entries = states.SelectMany(state => machine.NextEvents(state).Select(@event =>
            targets.TargetsOf(state, @event) is { } reached
                ? new LifecycleEntry(state.Name, @event.Name, Handling.Handled, reached)
                : new LifecycleEntry(state.Name, @event.Name, Handling.Ignored, [])));

        return new Lifecycle(
            [.. states.Where(state => !state.Equals(machine.Initial)).Select(state => state.Name)],
            [.. machine.Events.Select(@event => @event.Name)],
            [.. entries]);
    }

    public FrozenDictionary<string, Handling> HandlingOf(Event @event) => Entries
        .Where(entry => entry.Event == @event.Name)
        .ToFrozenDictionary(entry => entry.State, entry => entry.Handling);
}
