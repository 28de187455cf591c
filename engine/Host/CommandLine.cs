namespace PaymentEngine.Host;

/// <summary>What the engine was asked to do.</summary>
internal abstract record CommandLine
{
    private CommandLine()
    {
    }

    /// <summary>Settings that the command line changes, in the spelling of appsettings.json.</summary>
    public sealed record Serve(Dictionary<string, string?> Settings) : CommandLine;

    public sealed record ChannelApplication(Dictionary<string, string?> Settings) : CommandLine;

    public sealed record Once(Dictionary<string, string?> Settings) : CommandLine;

    public sealed record Audit(Dictionary<string, string?> Settings) : CommandLine;

    public sealed record NewEra(Dictionary<string, string?> Settings) : CommandLine;

    public sealed record Health(Dictionary<string, string?> Settings) : CommandLine;

    public sealed record TestAlert(Dictionary<string, string?> Settings) : CommandLine;

    /// <param name="Name">Of what is to be sealed, as connection/NAME or merchant/NUMBER; the secret comes on standard input.</param>
    public sealed record Seal(string Name, Dictionary<string, string?> Settings) : CommandLine;

    /// <param name="Number">The merchant's.</param>
    public sealed record WebhookSecret(string Number, Dictionary<string, string?> Settings) : CommandLine;

    public sealed record Help : CommandLine;

    public sealed record Mistake(string What) : CommandLine;

    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var settings = new Dictionary<string, string?>();
        var command = "serve";
        var name = string.Empty;
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "-h" or "--help":
                    return new Help();
                case "serve" or "channel-application" or "audit" or "new-era" or "health" or "test-alert":
                    command = args[i];
                    break;
                case "seal" or "webhook-secret" when i + 1 < args.Count:
                    (command, name) = (args[i], args[++i]);
                    break;
                case "--once":
                    command = "once";
                    break;
                case "--port" when i + 1 < args.Count:
                    if (!ushort.TryParse(args[++i], out var port))
                    {
                        return new Mistake($"{args[i]} is not a port");
                    }

                    settings["Urls"] = $"http://127.0.0.1:{port}";
                    break;
                case "--profile" when i + 1 < args.Count:
                    settings["Simulator:Profile"] = args[++i];
                    break;
                case var setting when setting.StartsWith("--", StringComparison.Ordinal) && setting.IndexOf('=') is > 2 and var equals:
                    settings[setting[2..equals]] = setting[(equals + 1)..];
                    break;
                default:
                    return new Mistake($"'{args[i]}' is not understood");
            }
        }

        return command switch
        {
            "audit" => new Audit(settings),
            "channel-application" => new ChannelApplication(settings),
            "new-era" => new NewEra(settings),
            "health" => new Health(settings),
            "test-alert" => new TestAlert(settings),
            "seal" => new Seal(name, settings),
            "webhook-secret" => new WebhookSecret(name, settings),
            "once" => new Once(settings),
            _ => new Serve(settings),
        };
    }
}
