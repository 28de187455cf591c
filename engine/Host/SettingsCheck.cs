using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;
using PaymentEngine.Channels.Simulator;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Runtime.Bus;
using PaymentEngine.Runtime.Callbacks;
using PaymentEngine.Runtime.Conditions;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Notifications;
using PaymentEngine.Runtime.QueryBack;
using PaymentEngine.Store.Commit;
using PaymentEngine.Store.Inbox;

namespace PaymentEngine.Host;

/// <summary>
/// Refuses what the binder would pass over in silence: a name that no setting has, and inside lists and maps a value that
/// cannot be read. A mistyped setting would leave the engine running with another one than its operator believes.
/// </summary>
internal static partial class SettingsCheck
{
    private static readonly Dictionary<string, Type> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        [EngineOptions.Section] = typeof(EngineOptions),
        ["Committer"] = typeof(CommitterOptions),
        ["Notifications"] = typeof(NotificationOptions),
        ["Timers"] = typeof(TimerOptions),
        ["Inbox"] = typeof(InboxOptions),
        ["Callbacks"] = typeof(CallbackOptions),
        ["Ledger"] = typeof(LedgerOptions),
        [BusOptions.Section] = typeof(BusOptions),
        [AlertOptions.Section] = typeof(AlertOptions),
        [ConditionOptions.Section] = typeof(ConditionOptions),
        [SimulatorOptions.Section] = typeof(SimulatorOptions),
        [TelemetryOptions.Section] = typeof(TelemetryOptions),
        ["ConnectionStrings"] = typeof(ConnectionStrings),
    };

    private static readonly HashSet<string> OfTheFramework = new(StringComparer.OrdinalIgnoreCase)
    {
        WebHostDefaults.ServerUrlsKey, "Logging", "AllowedHosts", "Kestrel", WebHostDefaults.EnvironmentKey, WebHostDefaults.ContentRootKey,
    };

    /// <param name="configuration">All sources together.</param>
    /// <param name="commandLine">Which, like the files, is ours alone; the environment has names of every program.</param>
    public static void Demand(IConfigurationRoot configuration, Dictionary<string, string?> commandLine)
    {
        var named = commandLine.Keys.Select(key => key.Split(ConfigurationPath.KeyDelimiter)[0])
            .Concat(configuration.Providers.OfType<JsonConfigurationProvider>().SelectMany(file => file.GetChildKeys([], parentPath: null)));
        if (named.FirstOrDefault(name => !Sections.ContainsKey(name) && !OfTheFramework.Contains(name)) is { } stranger)
        {
            throw new UnfitSettingException($"{stranger}: there is no such setting, nor a section of that name");
        }

        foreach (var (name, type) in Sections)
        {
            try
            {
                configuration.GetSection(name).Get(type, binder => binder.ErrorOnUnknownConfiguration = true);
            }
            catch (InvalidOperationException unread)
            {
                throw new UnfitSettingException(Words(name, unread), unread);
            }
        }
    }

    /// <summary>What is wrong with a section as a whole, each thing once.</summary>
    public static string Words(OptionsValidationException unfit)
    {
        var section = Sections.FirstOrDefault(section => section.Value == unfit.OptionsType).Key;
        var faults = unfit.Failures.Select(failure => Fault().Match(failure) is { Success: true } found ? found.Groups[1].Value : failure).Distinct();
        return string.Join("; ", faults.Select(fault => section is null || fault.Contains($"{section}:", StringComparison.Ordinal) ? fault : $"{section}: {fault}"));
    }

    private static string Words(string section, Exception unread)
    {
        // Inside lists and maps the binder says no more than that something failed.
        while (unread.InnerException is InvalidOperationException within)
        {
            unread = within;
        }

        if (Unknown().Match(unread.Message) is { Success: true } unknown)
        {
            return $"{section}: there is no setting {unknown.Groups[1].Value}";
        }

        return unread.Message.Contains(typeof(TimeSpan).FullName!, StringComparison.Ordinal)
            ? $"{unread.Message.TrimEnd('.')}: times are written as hh:mm:ss, 5 ms as 00:00:00.005, two days as 2.00:00:00"
            : unread.Message;
    }

    [GeneratedRegex("with the error: '(.*)'\\.$", RegexOptions.Singleline)]
    private static partial Regex Fault();

    [GeneratedRegex("the following properties were not found on the instance of [^:]*: (.*)$", RegexOptions.Singleline)]
    private static partial Regex Unknown();

    private sealed record ConnectionStrings(string? Engine = null, string? Broker = null);
}
