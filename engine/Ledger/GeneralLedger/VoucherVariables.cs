using System.Text;
using PaymentEngine.Scripting;

namespace PaymentEngine.Ledger.GeneralLedger;

/// <summary>What the amounts of a template may speak of: the sums of the legs by kind of account, in minor units.</summary>
public sealed class VoucherVariables
{
    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);

    public VoucherVariables(IReadOnlyList<string> accountKinds)
    {
        Schema = new ScriptSchema<LegSums> { Result = ScriptType.Decimal };
        Schema.Integer("total", "all credits of the posting", static (in sums) => sums.Total);
        foreach (var kind in accountKinds)
        {
            var index = _kinds.Count;
            var (name, words) = (Spell(kind, '_'), Spell(kind, ' '));
            _kinds.Add(kind, index);
            Schema.Integer(name, $"what {words} accounts gained or lost, without sign", (in sums) => Math.Abs(sums.Signed(index)));
            Schema.Integer(name + "_signed", $"what {words} accounts gained; negative when they lost", (in sums) => sums.Signed(index));
            Schema.Integer(name + "_debited", $"debits of {words} accounts", (in sums) => sums.Debited(index));
            Schema.Integer(name + "_credited", $"credits of {words} accounts", (in sums) => sums.Credited(index));
        }
    }

    /// <summary>For the console's completion.</summary>
    public IReadOnlyCollection<ScriptInput> Inputs => Schema.Inputs;

    internal ScriptSchema<LegSums> Schema { get; }

    internal int Count => _kinds.Count;

    /// <summary>Negative for a kind that the chart does not have.</summary>
    internal int IndexOf(string accountKind) => _kinds.GetValueOrDefault(accountKind, -1);

    /// <summary>ChannelReceivable is channel_receivable.</summary>
    private static string Spell(string kind, char between)
    {
        var name = new StringBuilder();
        foreach (var letter in kind)
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append(between);
            }

            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
