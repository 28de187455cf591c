namespace PaymentEngine.Bench.Engine;

/// <summary>
/// The simulated institution's journal. An institution does not share a disk with the engine that calls it, so the
/// journal lies in memory where the machine has a directory for that.
/// </summary>
internal static class InstitutionFile
{
    private const string InMemory = "/dev/shm";

    public static string In(string directory)
    {
        var name = Path.GetFileName(directory) + "-institution.jsonl";
        return Directory.Exists(InMemory) ? Path.Combine(InMemory, name) : Path.Combine(directory, name);
    }

    /// <summary>Of the institution outside the engine.</summary>
    public static string OutsideIn(string directory) => In(directory) + ".outside";

    public static void Delete(string directory)
    {
        File.Delete(In(directory));
        File.Delete(In(directory) + ".lock");
        File.Delete(In(directory) + ".key");
        File.Delete(OutsideIn(directory));
    }
}
