using FsCheck;
using FsCheck.Fluent;

namespace PaymentEngine.Tests.Unit;

internal static class LongGenerators
{
    /// <summary>Any number of the range, both ends included, evenly.</summary>
    public static Gen<long> Between(long low, long high) =>
        from upper in Gen.Choose(int.MinValue, int.MaxValue)
        from lower in Gen.Choose(int.MinValue, int.MaxValue)
        let bits = ((ulong)(uint)upper << 32) | (uint)lower
        select (long)(low + (Int128)bits % ((Int128)high - low + 1));
}
