using System.Security.Cryptography;

namespace PaymentEngine.Host;

/// <summary>The API keys of the demonstration: made at random once, kept in a file only its owner can read.</summary>
internal static class DemoKey
{
    public static string ReadOrMake(string file, string prefix)
    {
        if (File.Exists(file))
        {
            return File.ReadAllText(file).Trim();
        }

        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var key = prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
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
