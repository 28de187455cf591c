using System.Text;

namespace PaymentEngine.Tests.Support.Merchants;

/// <summary>Whoever is not answered asks again, at the next node and under the same key, until he is.</summary>
public sealed class PersistentClient : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly MerchantClient[] _nodes;
    private readonly CancellationToken _over;
    private int _turn;

    /// <param name="nodes">Any of which will do.</param>
    /// <param name="apiKey">Whose requests they are.</param>
    /// <param name="patience">How long an answer is waited for.</param>
    /// <param name="over">From then on nothing is asked again.</param>
    public PersistentClient(IEnumerable<Uri> nodes, string apiKey, TimeSpan patience, CancellationToken over = default) =>
        (_nodes, _over) = ([.. nodes.Select(node => new MerchantClient(node, apiKey, patience))], over);

    public Task<MerchantAnswer> GetAsync(string path) => UntilAnsweredAsync(node => node.GetAsync(path), $"GET {path}");

    public Task<MerchantAnswer> PostAsync(string path, string? key, string body) =>
        UntilAnsweredAsync(node => node.PostAsync(path, key, body), $"POST {path} {key}");

    public Task<MerchantAnswer> PutAsync(string path, string body) => UntilAnsweredAsync(
        node => node.SendAsync(HttpMethod.Put, path, MerchantClient.Json(Encoding.UTF8.GetBytes(body))), $"PUT {path}");

    public void Dispose() => Array.ForEach(_nodes, node => node.Dispose());

    private async Task<MerchantAnswer> UntilAnsweredAsync(Func<MerchantClient, Task<MerchantAnswer>> ask, string what)
    {
        while (true)
        {
            try
            {
                var answer = await ask(_nodes[(uint)Interlocked.Increment(ref _turn) % _nodes.Length]);
                if (answer.Status != 503 && !(answer.Status == 409 && answer.Code is "account_busy" or "day_busy"))
                {
                    return answer;
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException)
            {
                // Whether it was done is not known: the key will tell.
            }

            if (_over.IsCancellationRequested)
            {
                throw new NeverAnsweredException(what);
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}

/// <summary>It was asked for as long as there was time.</summary>
public sealed class NeverAnsweredException(string what) : Exception($"{what} was never answered");
