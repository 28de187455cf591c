using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
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
        catch (Exception reason) when (reason is UnfitSettingException or UnfitDatabaseException or CryptographicException || IsOfASetting(reason))
        {
            return await SayAsync(reason.Message);
        }
        catch (OptionsValidationException unfit)
        {
            return await SayAsync(SettingsCheck.Words(unfit));
        }
        catch (InvalidDataException unreadable)
        {
            // The innermost says where in the file.
            return await SayAsync($"{unreadable.Message} {unreadable.GetBaseException().Message}");
        }
        catch (NpgsqlException unreachable)
        {
            return await SayAsync($"the database cannot be used: {unreachable.Message}");
        }
        catch (Exception unbound) when (unbound is SocketException or IOException { InnerException: AddressInUseException })
        {
            return await SayAsync($"Urls (--port), or an address in Callbacks:Lines: cannot listen there: {unbound.Message}");
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return await SayAsync(closed.Message);
        }
    }

    private static async Task<int> SayAsync(string why)
    {
        await Console.Error.WriteLineAsync($"payment-engine: {why.ReplaceLineEndings(" ").Trim()}");
        return Unfit;
    }

    /// <summary>The binder has no exception of its own for a value that is not of its setting's type.</summary>
    private static bool IsOfASetting(Exception reason) =>
        reason is TimeZoneNotFoundException or InvalidTimeZoneException
        || (reason is InvalidOperationException && reason.Source == typeof(ConfigurationBinder).Assembly.GetName().Name);
}
