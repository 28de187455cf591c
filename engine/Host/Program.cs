using PaymentEngine.Host;

return CommandLine.Parse(args) switch
{
    CommandLine.Serve serve => await ServeCommand.RunAsync(serve.Settings),
    CommandLine.Once once => await OnceCommand.RunAsync(once.Settings),
    CommandLine.Audit audit => await AuditCommand.RunAsync(audit.Settings),
    CommandLine.TestAlert test => await TestAlertCommand.RunAsync(test.Settings),
    CommandLine.Seal seal => await SecretCommands.SealAsync(seal.Name, seal.Settings),
    CommandLine.WebhookSecret secret => await SecretCommands.ShowAsync(secret.Number, secret.Settings),
    CommandLine.Help => Usage.Print(Console.Out),
    CommandLine.Mistake mistake => Usage.Refuse(Console.Error, mistake.What),
    _ => throw new InvalidOperationException("unknown command"),
};
