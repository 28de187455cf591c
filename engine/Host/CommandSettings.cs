namespace PaymentEngine.Host;

/// <summary>The settings of a command that runs beside the engine: the same sources in the same order.</summary>
internal static class CommandSettings
{
    /// <summary>A directory of files, each named as a setting and holding its value: how containers are given secrets.</summary>
    private const string SecretsVariable = "PAYMENT_ENGINE_SECRETS";

    public static IConfigurationRoot Read(Dictionary<string, string?> commandLine) => new ConfigurationBuilder()
        .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .AddSecretFiles()
        .AddInMemoryCollection(commandLine)
        .Build();

    public static IConfigurationBuilder AddSecretFiles(this IConfigurationBuilder configuration) =>
        Environment.GetEnvironmentVariable(SecretsVariable) is { Length: > 0 } directory
            ? configuration.AddKeyPerFile(Path.GetFullPath(directory), optional: false)
            : configuration;
}
