using System.Security.Cryptography;
using PaymentEngine.Store.Secrets;

namespace PaymentEngine.Host;

/// <summary>Keys that are made at random once and kept in files that only their owner can read.</summary>
internal static class KeyFile
{
    /// <summary>The API key of the demonstration merchant.</summary>
    public static string DemoKey(string file) => ReadOrMake(file, () => "demo_" + Random(20));

    /// <summary>The key of the demonstration's operations.</summary>
    public static string DemoOpsKey(string file) => ReadOrMake(file, () => "demo_ops_" + Random(20));

    /// <summary>The keys under which secrets lie in the database, one a line; the first of them seals.</summary>
    public static SecretBox Secrets(string? file)
    {
        if (file is not { Length: > 0 })
        {
            return SecretBox.WithoutKey;
        }

        var lines = ReadOrMake(file, () => Random(SecretBox.KeyBytes)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 0 && Array.TrueForAll(lines, line => line.Length == 2 * SecretBox.KeyBytes && line.All(char.IsAsciiHexDigit))
            ? new SecretBox([.. lines.Select(Convert.FromHexString)])
            : throw new UnfitSettingException(
                $"Engine:SecretKeyFile: {file} must hold keys of {SecretBox.KeyBytes} bytes in hexadecimal, one a line, as from: openssl rand -hex {SecretBox.KeyBytes}");
    }

    /// <summary>A demonstration that was given no key keeps one beside its merchant's.</summary>
    public static string? Beside(string? demoKeyFile) =>
        demoKeyFile is { Length: > 0 } ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(demoKeyFile))!, "secret.key") : null;

    private static string Random(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    private static string ReadOrMake(string file, Func<string> make)
    {
        if (File.Exists(file))
        {
            return File.ReadAllText(file).Trim();
        }

        if (System.IO.Directory.Exists(file))
        {
            throw new UnfitSettingException($"{file} is to be a file with a key, and is a directory");
        }

        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var key = make();
        using var stream = new FileStream(file, ForItsOwnerOnly());
        using var writer = new StreamWriter(stream);
        writer.WriteLine(key);
        return key;
    }

    private static FileStreamOptions ForItsOwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
