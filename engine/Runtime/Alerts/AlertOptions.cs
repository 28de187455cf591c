using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Core.Notifications;

namespace PaymentEngine.Runtime.Alerts;

/// <summary>Section <c>Alerts</c>: who is told, and how often at most.</summary>
public sealed class AlertOptions : IValidatableObject
{
    public const string Section = "Alerts";

    /// <summary>By names of the operator's choice.</summary>
    public Dictionary<string, WebhookSettings> Webhooks { get; } = [];

    public MailSettings Mail { get; } = new();

    /// <summary>How often a node looks for what is to be told.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>An alert is this old before it is told, so that what comes together is told together.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Gather { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>From one message to a target to the next; what comes meanwhile is told in one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Gap { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What was told, and goes on, is told again after this time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan Quiet { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a target may take to accept a message.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan TimeOut { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause between attempts at a target that does not accept.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The database or the broker is away this long before somebody is told.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan AwayAfter { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Webhooks.SelectMany(webhook => webhook.Value.Faults($"{Section}:Webhooks:{webhook.Key}"))
            .Concat(Mail.IsSet ? Mail.Faults($"{Section}:Mail") : [])
            .Concat(Webhooks.ContainsKey(MailSettings.TargetName) ? [$"{Section}:Webhooks:{MailSettings.TargetName}: that name is the mail's"] : [])
            .Select(fault => new ValidationResult(fault));

    /// <summary>After so many failures in a row: 5 s, 10 s, 20 s and so on.</summary>
    public TimeSpan PauseAfter(int failures)
    {
        var pause = TimeSpan.FromSeconds(5 * Math.Pow(2, Math.Min(failures, 20)));
        return pause < LongestPause ? pause : LongestPause;
    }
}

/// <summary>A program that is told by POST, signed as Standard Webhooks has it.</summary>
public sealed class WebhookSettings
{
    public string Url { get; set; } = string.Empty;

    /// <summary>whsec_ and the key in Base64.</summary>
    public string Secret { get; set; } = string.Empty;

    public AlertSeverity Least { get; set; } = AlertSeverity.Warning;

    internal IEnumerable<string> Faults(string path)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            yield return $"{path}:Url must be an http or https address";
        }

        if (!WebhookSecret.TryParse(Secret, out _))
        {
            yield return $"{path}:Secret must be whsec_ and a key in Base64, as from: echo whsec_$(openssl rand -base64 32)";
        }
    }
}

/// <summary>People who are told by mail.</summary>
public sealed class MailSettings
{
    public const string TargetName = "mail";

    private const int Submission = 587;

    public string Server { get; set; } = string.Empty;

    public int Port { get; set; } = Submission;

    /// <summary>STARTTLS; without it nobody but this machine or network may read along.</summary>
    public bool Tls { get; set; } = true;

    public string? User { get; set; }

    public string? Password { get; set; }

    public string From { get; set; } = string.Empty;

    public string[] To { get; set; } = [];

    public AlertSeverity Least { get; set; } = AlertSeverity.Warning;

    internal bool IsSet => Server.Length > 0 || From.Length > 0 || To.Length > 0;

    internal IEnumerable<string> Faults(string path)
    {
        if (Server.Length == 0 || Uri.CheckHostName(Server) == UriHostNameType.Unknown)
        {
            yield return $"{path}:Server must be the name of the mail server, its port stands in {path}:Port";
        }

        if (Port is < 1 or > ushort.MaxValue)
        {
            yield return $"{path}:Port must be from 1 to 65535";
        }

        if (!MailAddress.TryCreate(From, out _))
        {
            yield return $"{path}:From must be a mail address";
        }

        if (To.Length == 0 || !Array.TrueForAll(To, address => MailAddress.TryCreate(address, out _)))
        {
            yield return $"{path}:To:0, To:1 … must be mail addresses, at least one";
        }

        if ((User is null) != (Password is null))
        {
            yield return $"{path}:User and {path}:Password come together or not at all";
        }

        if (User is not null && !Tls)
        {
            yield return $"{path}:Password would travel in the clear: set {path}:Tls";
        }
    }
}
