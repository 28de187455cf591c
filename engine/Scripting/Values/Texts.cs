namespace PaymentEngine.Scripting;

/// <summary>Operators with a string on at least one side: + joins, * repeats.</summary>
internal static class Texts
{
    public static Value Apply(Operator which, Value left, Value right, Evaluation evaluation)
    {
        switch (which)
        {
            case Operator.Add:
                var (a, b) = (evaluation.TextOf(left), evaluation.TextOf(right));
                evaluation.Budget.ChargeText(a.Length + b.Length);
                return Value.Of(a + b);
            case Operator.Multiply when left.IsNumber: return Repeat(right.Text!, left, evaluation);
            case Operator.Multiply when right.IsNumber: return Repeat(left.Text!, right, evaluation);
            default: throw Arithmetic.NotSupported(which, left, right);
        }
    }

    private static Value Repeat(string text, Value times, Evaluation evaluation)
    {
        var count = Math.Max(0, Numbers.ToInt(times));
        evaluation.Budget.ChargeText((long)text.Length * count);
        return Value.Of(string.Create(text.Length * count, text, static (target, source) =>
        {
            for (var at = 0; at < target.Length; at += source.Length) source.CopyTo(target[at..]);
        }));
    }
}
