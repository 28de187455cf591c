using System.Text;

namespace PaymentEngine.Api.Reading;

/// <summary>The fields of a JSON object, in the order by which its reader knows them.</summary>
internal sealed class FieldNames
{
    private readonly byte[][] _utf8;
    private readonly string[] _paths;

    /// <param name="prefix">What stands before a field's name when an error is told: "payment." inside payment.</param>
    /// <param name="required">How many of the names, from the first, must be there.</param>
    public FieldNames(string prefix, int required, params string[] names)
    {
        Prefix = prefix;
        Required = required;
        _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];
        _paths = [.. names.Select(name => prefix + name)];
    }

    public string Prefix { get; }

    public int Required { get; }

    public string Path(int field) => _paths[field];

    public int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _utf8.Length; i++)
        {
            if (name.SequenceEqual(_utf8[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
