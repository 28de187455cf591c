using Microsoft.Extensions.Configuration.Memory;
using Npgsql;
using PaymentEngine.Api.Callbacks;
using PaymentEngine.Api.Merchants;
using PaymentEngine.Api.Operations;
using PaymentEngine.Api.Returns;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Store.Seeds;
using PaymentEngine.Store.Startup;

namespace PaymentEngine.Host;

/// <summary>Builds the web application around the engine.</summary>
internal sealed class EngineHost(WebApplication app, string? demoKey)
{
    private const int LargestBody = 64 * 1024;

    private static readonly Dictionary<string, string?> LogLevels = new() { ["Logging:LogLevel:Microsoft"] = "Warning" };

    public WebApplication App { get; } = app;

    public string? DemoKey { get; } = demoKey;

    /// <summary>What the demonstration merchant's notifications are signed with; known once the engine runs.</summary>
    public string? DemoSecret => App.Services.GetRequiredService<DirectoryHolder>().Current.Merchants
        .Single(merchant => merchant.Number == DemoSeed.MerchantNumber).WebhookSecret?.Reveal();

    public string Address => App.Urls.First();

    public static async Task<EngineHost> BuildAsync(Dictionary<string, string?> settings, HostRole role = HostRole.Engine)
    {
        if (Failpoints.AreArmed)
        {
            await Console.Error.WriteLineAsync($"payment-engine: {Failpoints.Variable} is set, and this process will die by it: it is a device of tests");
        }

        var builder = WebApplication.CreateSlimBuilder();
        // Filters in code would win over any setting; as the first source they are what settings change.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LogLevels });
        builder.Configuration.AddSecretFiles();
        builder.Configuration.AddInMemoryCollection(settings);
        SettingsCheck.Demand(builder.Configuration, settings);
        builder.Logging.ClearProviders().AddJsonConsole(console => console.IncludeScopes = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A body that is too large is refused by the API with a problem document, so the server lets it begin.
            kestrel.Limits.MaxRequestBodySize = 2 * LargestBody;
        });
        // What keeps the engine from starting is told in one line by whoever started it, not before that with a stack trace.
        var started = false;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddOptions<EngineOptions>().BindConfiguration(EngineOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        ListenAddresses.Demand(builder.Configuration);
        LeasedLines.ListenOn(builder.WebHost, builder.Configuration);
        var connectionString = ConnectionStringOf(builder.Configuration);
        var options = builder.Configuration.GetSection(EngineOptions.Section).Get<EngineOptions>() ?? new EngineOptions();
        var ledger = builder.Configuration.GetSection("Ledger").Get<LedgerOptions>() ?? new LedgerOptions();
        var demoKey = options.DemoKeyFile is { Length: > 0 } file ? KeyFile.DemoKey(file) : null;
        var demoKeys = new DemoKeys(
            demoKey,
            options.DemoOpsKeyFile is { Length: > 0 } opsFile ? KeyFile.DemoOpsKey(opsFile) : null,
            options.DemoApproverKeyFile is { Length: > 0 } approverFile ? KeyFile.DemoOpsKey(approverFile) : null);
        var secrets = KeyFile.Secrets(options.SecretKeyFile ?? KeyFile.Beside(options.DemoKeyFile));
        var node = await EngineStart.PrepareAsync(connectionString, options, ledger, secrets, demoKeys);
        builder.Services.AddEngine(builder.Configuration, connectionString, node, role);
        builder.Services.AddMerchantApi();
        builder.Services.AddOperationsApi();
        builder.Services.AddCallbackApi();
        builder.Services.AddReturnApi();
        builder.Services.AddTelemetry(builder.Configuration, node.Identity);

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => started = true);
        app.MapHealth();
        if (role == HostRole.Engine)
        {
            app.UseLeasedLines();
            app.RefuseTheRest();
            app.MapMerchantApi();
            app.MapOperationsApi();
            app.MapCallbackApi();
            app.MapReturnApi();
        }

        return new EngineHost(app, demoKey);
    }

    public static string ConnectionStringOf(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Engine") is not { Length: > 0 } connectionString)
        {
            throw new UnfitSettingException(
                "no database: set ConnectionStrings:Engine in appsettings.json or ConnectionStrings__Engine in the environment, or start with ./run");
        }

        try
        {
            _ = new NpgsqlConnectionStringBuilder(connectionString);
            return connectionString;
        }
        catch (ArgumentException unreadable)
        {
            throw new UnfitSettingException(
                $"ConnectionStrings:Engine is not a connection string such as Host=…;Port=…;Username=…;Password=…;Database=…: {unreadable.Message}", unreadable);
        }
    }
}
