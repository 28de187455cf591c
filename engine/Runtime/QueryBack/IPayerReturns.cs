namespace PaymentEngine.Runtime.QueryBack;

/// <summary>Where it is noted that a payer's browser came back from an institution.</summary>
public interface IPayerReturns
{
    /// <summary>Returns at once, tells nothing, and never throws: anybody can pretend to be a browser.</summary>
    /// <param name="channel">By its code or number.</param>
    /// <param name="values">Whatever the browser brought; one of them may be the order's number.</param>
    void CameBack(string channel, IEnumerable<string> values);
}
