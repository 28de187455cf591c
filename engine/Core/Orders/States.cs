namespace PaymentEngine.Core.Orders;

/// <summary>State names as they are stored. The machines declare the same names; a test compares the two.</summary>
public static class TradeStates
{
    public const string AwaitingPayment = nameof(AwaitingPayment);
    public const string Paying = nameof(Paying);
    public const string Paid = nameof(Paid);
    public const string Closing = nameof(Closing);
    public const string Closed = nameof(Closed);

    public static readonly IReadOnlyList<string> All = [AwaitingPayment, Paying, Paid, Closing, Closed];
}

public static class PaymentStates
{
    public const string Processing = nameof(Processing);
    public const string AwaitingPosting = nameof(AwaitingPosting);
    public const string Succeeded = nameof(Succeeded);
    public const string Surplus = nameof(Surplus);
    public const string Failed = nameof(Failed);

    public static readonly IReadOnlyList<string> All = [Processing, AwaitingPosting, Succeeded, Surplus, Failed];
}

public static class InstructionStates
{
    public const string Processing = nameof(Processing);
    public const string Succeeded = nameof(Succeeded);
    public const string Failed = nameof(Failed);

    public static readonly IReadOnlyList<string> All = [Processing, Succeeded, Failed];
}

public static class InstitutionOrderStates
{
    public const string Ready = nameof(Ready);
    public const string Sending = nameof(Sending);
    public const string Accepted = nameof(Accepted);
    public const string Unknown = nameof(Unknown);
    public const string OnWorkList = nameof(OnWorkList);
    public const string Succeeded = nameof(Succeeded);
    public const string Failed = nameof(Failed);

    public static readonly IReadOnlyList<string> All = [Ready, Sending, Accepted, Unknown, OnWorkList, Succeeded, Failed];
}
