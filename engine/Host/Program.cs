using PaymentEngine.Host;

return CommandLine.Parse(args) switch
{
    CommandLine.Serve serve => await ServeCommand.RunAsync(serve.Settings, HostRole.Engine),
    CommandLine.ChannelApplication application => await ServeCommand.RunAsync(application.Settings, HostRole.ChannelApplication),
    CommandLine.Once once => await OnceCommand.RunAsync(once.Settings),
    CommandLine.Audit audit => await AuditCommand.RunAsync(audit.Settings),
    CommandLine.Help => Usage.Print(Console.Out),
    CommandLine.Mistake mistake => Usage.Refuse(Console.Error, mistake.What),
    _ => throw new InvalidOperationException("unknown command"),
};
