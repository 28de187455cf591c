using System.Net;
using System.Net.Mail;
using System.Text;
using PaymentEngine.Core.Alerts;

namespace PaymentEngine.Runtime.Alerts;

/// <summary>People who are told by mail, over SMTP with STARTTLS.</summary>
internal sealed class MailTarget(MailSettings settings, TimeSpan timeOut, TimeProvider clock) : IAlertTarget
{
    public string Name => MailSettings.TargetName;

    public AlertSeverity Least => settings.Least;

    public async Task TellAsync(AlertMessage message, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(timeOut, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        using var client = new SmtpClient(settings.Server, settings.Port) { EnableSsl = settings.Tls };
        if (settings.User is { } user)
        {
            client.Credentials = new NetworkCredential(user, settings.Password);
        }

        using var mail = Write(message);
        try
        {
            await client.SendMailAsync(mail, end.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new AlertRefusedException("time-out");
        }
        catch (SmtpException refused)
        {
            // Its own message says no more than that it failed.
            throw new AlertRefusedException(refused.InnerException is { } cause ? $"{refused.Message} {cause.Message}" : refused.Message);
        }
    }

    private MailMessage Write(AlertMessage message)
    {
        var mail = new MailMessage
        {
            From = new MailAddress(settings.From),
            Subject = message.Subject,
            Body = message.ToText(),
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };
        mail.Headers.Add("Message-ID", $"<{message.Id}@payment-engine>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        foreach (var address in settings.To)
        {
            mail.To.Add(address);
        }

        return mail;
    }
}
