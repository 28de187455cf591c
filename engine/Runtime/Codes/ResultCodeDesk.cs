using PaymentEngine.Core.Directory;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Store.Codes;

namespace PaymentEngine.Runtime.Codes;

/// <summary>Stores what a code means; the orders that wait for it are asked about again.</summary>
public sealed class ResultCodeDesk(ResultCodeStore store, DirectoryHolder directory) : IResultCodeDesk
{
    public Task<IReadOnlyList<StoredCode>> ListAsync(CancellationToken ct) => store.ListAsync(ct);

    public Task<IReadOnlyList<UnmappedRecord>> UnmappedAsync(CancellationToken ct) => store.UnmappedAsync(ct);

    public async Task<StoredCode?> MapAsync(MapCode command, string actor, CancellationToken ct)
    {
        if (directory.Current.Channels.FirstOrDefault(channel => channel.Code == command.Channel) is not { } channel)
        {
            return null;
        }

        var code = new MappedCode(channel.Id, command.AnsweredBy, command.Code, command.SubCode, command.Meaning);
        var stored = await store.MapAsync(code, command.Messages, actor, ct);

        // This node understands from now on, the others with their next look at the directory.
        await directory.RefreshAsync(ct);
        await store.WakeAsync(ct);
        return stored;
    }
}
