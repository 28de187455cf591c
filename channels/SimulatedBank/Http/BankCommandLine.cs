using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;

namespace PaymentEngine.Channels.Simulator;

/// <summary>The options of the program, each followed by its value.</summary>
internal static class BankCommandLine
{
    public const string Usage = """
        simulated-bank [--urls URL] [--profile calm|real|hell] [--seed N] [--speed FACTOR] [--journal FILE]
                       [--callback URL-PATTERN with {channel}] [--secret TEXT] [--max-parallel N]
        """;

    /// <exception cref="FormatException">Something is not understood; the message says what.</exception>
    public static BankServerOptions Parse(ReadOnlySpan<string> arguments)
    {
        var server = new BankServerOptions();
        var (profile, seed, speed, journal) = (server.Bank.Profile, server.Bank.Seed, server.Bank.Speed, server.Bank.JournalPath);
        for (; arguments.Length >= 2; arguments = arguments[2..])
        {
            var value = arguments[1];
            switch (arguments[0])
            {
                case "--urls": server = server with { Urls = value }; break;
                case "--secret": server = server with { Secret = Encoding.UTF8.GetBytes(value) }; break;
                case "--callback": server = server with { CallbackPattern = Pattern(value) }; break;
                case "--max-parallel": server = server with { MaximumParallel = int.Parse(value, CultureInfo.InvariantCulture) }; break;
                case "--profile": profile = value; break;
                case "--seed": seed = ulong.Parse(value, CultureInfo.InvariantCulture); break;
                case "--speed": speed = double.Parse(value, CultureInfo.InvariantCulture); break;
                case "--journal": journal = value; break;
                default: throw new FormatException($"{arguments[0]} is not an option");
            }
        }

        if (!arguments.IsEmpty)
        {
            throw new FormatException($"{arguments[0]} has no value");
        }

        return server with { Bank = Checked(new SimulatorOptions { Profile = profile, Seed = seed, Speed = speed, JournalPath = journal }) };
    }

    private static string Pattern(string value) =>
        Uri.TryCreate(value.Replace("{channel}", "1", StringComparison.Ordinal), UriKind.Absolute, out _)
            ? value
            : throw new FormatException($"{value} is not an address");

    private static SimulatorOptions Checked(SimulatorOptions options)
    {
        var refusals = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), refusals, validateAllProperties: true)
            ? options
            : throw new FormatException(refusals[0].ErrorMessage);
    }
}
