using System.Text;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Store;
using PaymentEngine.Store.Secrets;

namespace PaymentEngine.Host;

/// <summary>How secrets come into the database, and out of it to whom they belong.</summary>
internal static class SecretCommands
{
    private const int NotFound = 1;

    /// <summary>Prints what stands in the database for the secret on standard input, as SQL takes it.</summary>
    public static Task<int> SealAsync(string name, Dictionary<string, string?> settings) => Failure.GuardAsync(async () =>
    {
        var secret = (await Console.In.ReadToEndAsync()).TrimEnd('\r', '\n');
        if (secret.Length == 0)
        {
            throw new UnfitSettingException("the secret is read from standard input, and there is none");
        }

        if (name.StartsWith(SecretKeeper.OfMerchant(string.Empty), StringComparison.Ordinal))
        {
            Demand(WebhookSecret.TryParse(secret, out _), "the secret of a merchant is whsec_ and a key in Base64");
        }
        else
        {
            Demand(
                name.StartsWith(SecretKeeper.OfConnection(string.Empty), StringComparison.Ordinal),
                $"{name} can have no secret: it must be connection/NAME or merchant/NUMBER");
        }

        Console.WriteLine($"\\x{Convert.ToHexStringLower(BoxOf(settings).Seal(Encoding.UTF8.GetBytes(secret), name))}");
        return 0;
    });

    /// <summary>Prints what a merchant's notifications are signed with, to be handed to him.</summary>
    public static Task<int> ShowAsync(string merchantNumber, Dictionary<string, string?> settings) => Failure.GuardAsync(async () =>
    {
        await using var database = Database.ForReads(EngineHost.ConnectionStringOf(CommandSettings.Read(settings)));
        if (await new SecretKeeper(database, BoxOf(settings)).FindAsync(merchantNumber, CancellationToken.None) is not { } secret)
        {
            await Console.Error.WriteLineAsync($"payment-engine: there is no merchant {merchantNumber} with a secret; a running engine makes one within seconds");
            return NotFound;
        }

        Console.WriteLine(secret.Reveal());
        return 0;
    });

    private static SecretBox BoxOf(Dictionary<string, string?> settings)
    {
        var options = CommandSettings.Read(settings).GetSection(EngineOptions.Section).Get<EngineOptions>() ?? new EngineOptions();
        var file = options.SecretKeyFile ?? KeyFile.Beside(options.DemoKeyFile);
        Demand(File.Exists(file), "Engine:SecretKeyFile must name the file with the key of this engine's database");
        return KeyFile.Secrets(file);
    }

    private static void Demand(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new UnfitSettingException(otherwise);
        }
    }
}
