namespace PaymentEngine.Host;

/// <summary>The settings of a command that runs beside the engine: the same sources in the same order.</summary>
internal static class CommandSettings
{
    /// <summary>A directory of files, each named as a setting and holding its value: how containers are given secrets.</summary>
    private const string SecretsVariable = "PAYMENT_ENGINE_SECRETS";

    public static IConfigurationRoot Read(Dictionary<string, string?> commandLine)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .AddSecretFiles()
            .AddInMemoryCollection(commandLine)
            .Build();
        SettingsCheck.Demand(configuration, commandLine);
        return configuration;
    }

    public static IConfigurationBuilder AddSecretFiles(this IConfigurationBuilder configuration)
    {
        if (Environment.GetEnvironmentVariable(SecretsVariable) is not { Length: > 0 } directory)
        {
            return configuration;
        }

        return System.IO.Directory.Exists(directory)
            ? configuration.AddKeyPerFile(Path.GetFullPath(directory), optional: false)
            : throw new UnfitSettingException($"{SecretsVariable}: {directory} is not a directory");
    }
}
