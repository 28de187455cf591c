using System.ComponentModel.DataAnnotations;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Runtime.Notifications;

namespace PaymentEngine.Host;

/// <summary>Tells every target, without a database, and prints what each of them said. Exit code 0 only when all accepted.</summary>
internal static class TestAlertCommand
{
    private const int NotAccepted = 1;

    public static Task<int> RunAsync(Dictionary<string, string?> settings) => Failure.GuardAsync(async () =>
    {
        var options = new AlertOptions();
        CommandSettings.Read(settings).GetSection(AlertOptions.Section).Bind(options);
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
        {
            throw new UnfitSettingException(string.Join("; ", faults.Select(fault => fault.ErrorMessage)));
        }

        using var targets = new AlertTargets(options, new SystemHostNames(), TimeProvider.System);
        if (targets.All.Count == 0)
        {
            throw new UnfitSettingException("nobody is told of alerts: set Alerts:Webhooks:NAME:Url and Secret, or Alerts:Mail:Server, From and To");
        }

        var now = TimeProvider.System.GetUtcNow();
        var message = new AlertMessage(
            [new Alert(0, AlertKinds.Test, AlertSeverity.Info, Environment.MachineName, "This is a test; nothing is wrong.", 1, now, now)]);
        var accepted = true;
        foreach (var target in targets.All)
        {
            accepted &= await TellAsync(target, message);
        }

        return accepted ? 0 : NotAccepted;
    });

    private static async Task<bool> TellAsync(IAlertTarget target, AlertMessage message)
    {
        try
        {
            await target.TellAsync(message, CancellationToken.None);
            Console.WriteLine($"{target.Name}: accepted");
            return true;
        }
        catch (Exception failed)
        {
            Console.WriteLine($"{target.Name}: NOT ACCEPTED: {failed.Message}");
            return false;
        }
    }
}
