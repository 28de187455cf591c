using Microsoft.Extensions.Options;
using Npgsql;
using PaymentEngine.Store.Startup;

namespace PaymentEngine.Host;

/// <summary>Turns what may keep an engine from starting into one clear line.</summary>
internal static class Failure
{
    private const int Unfit = 78;

    public static async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception reason) when (reason is MissingConnectionStringException or UnfitDatabaseException || IsOfASetting(reason))
        {
            await Console.Error.WriteLineAsync($"payment-engine: {reason.Message}");
            return Unfit;
        }
        catch (NpgsqlException unreachable)
        {
            await Console.Error.WriteLineAsync($"payment-engine: the database cannot be used: {unreachable.Message}");
            return Unfit;
        }
        catch (IOException busy) when (busy.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"payment-engine: {busy.Message}");
            return Unfit;
        }
    }

    /// <summary>The binder has no exception of its own for a value that is not of its setting's type.</summary>
    private static bool IsOfASetting(Exception reason) =>
        reason is OptionsValidationException or TimeZoneNotFoundException or InvalidTimeZoneException
        || (reason is InvalidOperationException && reason.Source == typeof(ConfigurationBinder).Assembly.GetName().Name);
}
