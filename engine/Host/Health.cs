using Npgsql;
using PaymentEngine.Runtime.Dispatch;
using PaymentEngine.Store;

namespace PaymentEngine.Host;

/// <summary>What a supervisor, a load balancer and a benchmark ask.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").ExcludeFromDescription();
        group.MapGet("/live", () => Results.Json(new { status = "live" }));
        group.MapGet("/ready", ReadyAsync);
        group.MapGet("/process", Process);
    }

    /// <summary>Ready means that a payment submitted now can be committed.</summary>
    private static async Task<IResult> ReadyAsync(DatabaseProbe database, InFlight inFlight, CancellationToken cancellation)
    {
        try
        {
            await database.AskAsync(cancellation);
        }
        catch (NpgsqlException unreachable)
        {
            return Results.Json(new { status = "not ready", reason = $"database: {unreachable.Message}" }, statusCode: 503);
        }

        return inFlight.IsFull
            ? Results.Json(new { status = "not ready", reason = "too many payments in flight" }, statusCode: 503)
            : Results.Json(new { status = "ready" });
    }

    private static IResult Process(InFlight inFlight) => Results.Json(new
    {
        allocated_bytes = GC.GetTotalAllocatedBytes(),
        gen0 = GC.CollectionCount(0),
        gen1 = GC.CollectionCount(1),
        gen2 = GC.CollectionCount(2),
        gc_pause_ms = GC.GetTotalPauseDuration().TotalMilliseconds,
        working_set = Environment.WorkingSet,
        in_flight = inFlight.Calls,
    });
}
