using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store;

/// <summary>Enumerations as they are stored: their names, without an allocation per row.</summary>
internal static class StoredNames
{
    private static readonly string[] TimerKinds = Enum.GetNames<TimerKind>();
    private static readonly string[] PostingKinds = Enum.GetNames<PostingKind>();
    private static readonly string[] NotificationKinds = Enum.GetNames<NotificationKind>();

    private static readonly string[] ChannelInterfaces = Enum.GetNames<ChannelInterface>();

    public static string StoredName(this TimerKind kind) => TimerKinds[(int)kind];

    public static string StoredName(this PostingKind kind) => PostingKinds[(int)kind];

    public static string StoredName(this ChannelInterface channelInterface) => ChannelInterfaces[(int)channelInterface];

    public static string StoredName(this NotificationKind kind) => NotificationKinds[(int)kind];
}
