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

    /// <summary>The key under which secrets lie in the database.</summary>
    public static SecretBox Secrets(string? file) =>
        file is { Length: > 0 }
            ? new SecretBox(Convert.FromHexString(ReadOrMake(file, () => Random(SecretBox.KeyBytes))))
            : SecretBox.WithoutKey;

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
