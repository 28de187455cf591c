global using PaymentEngine.Channels.Simulator;
global using PaymentEngine.Tests.Support;
global using PaymentEngine.Tests.Support.Merchants;
global using PaymentEngine.Tests.Support.Postgres;
global using PaymentEngine.Tests.Support.Processes;
global using Xunit;
