using System.ComponentModel.DataAnnotations;

namespace PaymentEngine.Host;

/// <summary>Section <c>Engine</c>.</summary>
internal sealed class EngineOptions
{
    public const string Section = "Engine";

    /// <summary>The name of this node in logs and claims.</summary>
    [Required, StringLength(64, MinimumLength = 1)]
    public string NodeName { get; set; } = Environment.MachineName;

    /// <summary>Where business days begin and end.</summary>
    [Required]
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>Calls to institutions that this node has out before it turns new payments away.</summary>
    [Range(1, 1_000_000)]
    public int MaximumInFlight { get; set; } = 20_000;

    /// <summary>How long a node that is told to stop waits for the calls it has out.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The file with the keys, 32 bytes in hexadecimal each, under which secrets of institutions and merchants are sealed
    /// in the database: the first seals, all of them open. Without one secrets cannot be used. It is made when it is not
    /// there.
    /// </summary>
    public string? SecretKeyFile { get; set; }

    /// <summary>
    /// Where the simulated institution of the demonstration answers; empty for the one inside this process.
    /// </summary>
    public Uri? DemoInstitution { get; set; }

    /// <summary>
    /// A file for the API key of a demonstration merchant. When set, the merchant, three simulated channels and their
    /// accounts are put into the database; the key is made once and kept in this file.
    /// </summary>
    public string? DemoKeyFile { get; set; }

    /// <summary>Likewise for a key of the operations' interface.</summary>
    public string? DemoOpsKeyFile { get; set; }

    /// <summary>Likewise for the key of a second person of operations, without whom nothing is approved.</summary>
    public string? DemoApproverKeyFile { get; set; }

    /// <summary>Puts a setup with a dozen channels and its scripts into force that shows what routing can do, if there is none yet.</summary>
    public bool DemoRouting { get; set; }
}
