using PaymentEngine.Host;

return CommandLine.Parse(args) switch
{
    CommandLine.Serve serve => await ServeCommand.RunAsync(serve.Settings, HostRole.Engine),
    CommandLine.ChannelApplication application => await ServeCommand.RunAsync(application.Settings, HostRole.ChannelApplication),
    CommandLine.Once once => await OnceCommand.RunAsync(once.Settings),
    CommandLine.Audit audit => await AuditCommand.RunAsync(audit.Settings),
    CommandLine.NewEra era => await NewEraCommand.RunAsync(era.Settings),
    CommandLine.Health health => await HealthCommand.RunAsync(health.Settings),
    CommandLine.TestAlert test => await TestAlertCommand.RunAsync(test.Settings),
    CommandLine.Seal seal => await SecretCommands.SealAsync(seal.Name, seal.Settings),
    CommandLine.WebhookSecret secret => await SecretCommands.ShowAsync(secret.Number, secret.Settings),
    CommandLine.Help => Usage.Print(Console.Out),
    CommandLine.Mistake mistake => Usage.Refuse(Console.Error, mistake.What),
    _ => throw new InvalidOperationException("unknown command"),
};
