using PaymentEngine.Workflows.Messages;

namespace PaymentEngine.Workflows.Verbs;

/// <summary>What orders wait for when nobody knows what their institution said (C11).</summary>
public static class CodeVerbs
{
    /// <summary>When it is a code that nobody has mapped, the order is asked about again as soon as somebody does.</summary>
    public static EventActivityBinder<Saga<InstitutionOrder>, OutcomeUnknown> WaitForCode(
        this EventActivityBinder<Saga<InstitutionOrder>, OutcomeUnknown> binder) =>
        binder.Then(c =>
        {
            if (c.Message.Unmapped is { } code)
            {
                c.Unit.CodeWaits.Add(new CodeWait(c.Order, code));
            }
        });

    public static EventActivityBinder<Saga<InstitutionOrder>> StopWaitingForCodes(
        this EventActivityBinder<Saga<InstitutionOrder>> binder) =>
        binder.Then(c =>
        {
            // An answer that nobody understood left one of these two marks; most orders end without either.
            if (c.Order.MayHaveArrived || c.Order.Queries > 0)
            {
                c.Unit.CodeWaits.Add(new CodeWait(c.Order, Code: null));
            }
        });
}
