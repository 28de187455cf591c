using System.Security.Cryptography;
using PaymentEngine.Routing.Book;
using PaymentEngine.Runtime.Routing;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Routing;

/// <summary>Two persons of operations, who write, ask and agree at a node.</summary>
internal static class RoutingHand
{
    public const string Writer = "li";
    public const string Approver = "wu";

    private static int _words;

    /// <summary>Writes a version and has it approved; it is in force at once, or from its moment on.</summary>
    public static async Task<int> PutIntoForceAsync(this EngineRig node, RoutingItem item, string text, int share = 100, DateTimeOffset? from = null)
    {
        var version = await node.DraftAsync(item, text);
        await node.ApproveAsync((await node.RequestAsync(item, version, share, from)).Id);
        return version;
    }

    public static async Task<int> DraftAsync(this EngineRig node, RoutingItem item, string text)
    {
        var drafts = node.Part<RoutingDrafts>();
        var result = item.IsSetup
            ? await drafts.AddSetupAsync(text, string.Empty, Word(Writer), CancellationToken.None)
            : await drafts.AddScriptAsync(item.Name, text, string.Empty, Word(Writer), CancellationToken.None);
        return Assert.IsType<RoutingResult.Drafted>(result).Version.Version;
    }

    public static async Task<RoutingActivation> RequestAsync(
        this EngineRig node, RoutingItem item, int version, int share = 100, DateTimeOffset? from = null) =>
        Stored(await node.Part<RoutingDesk>().RequestAsync(
            new RequestActivation(item, version, share, from, "as agreed"), Word(Writer), CancellationToken.None));

    public static async Task<RoutingActivation> ApproveAsync(this EngineRig node, long id) =>
        Stored(await node.Part<RoutingDesk>().ApproveAsync(id, Approver, CancellationToken.None));

    /// <param name="version">Null for what was before.</param>
    public static Task<RoutingResult> RollBackAsync(this EngineRig node, RoutingItem item, int? version = null) =>
        node.Part<RoutingDesk>().RollBackAsync(new RequestRollback(item, version, "away with it"), Word(Writer), CancellationToken.None);

    public static RoutingStanding Standing(this EngineRig node, RoutingItem item) => node.Part<RoutingHolder>().Compiled.InForce.Of(item);

    public static RoutingActivation Stored(RoutingResult result) => Assert.IsType<RoutingResult.Stored>(result).Activation;

    public static string Refusal(RoutingResult result) => Assert.IsType<RoutingResult.Refused>(result).Code;

    /// <summary>A word that was never said before.</summary>
    public static RoutingWord Word(string actor) =>
        new(actor, $"key-{Interlocked.Increment(ref _words)}", SHA256.HashData([]));
}
