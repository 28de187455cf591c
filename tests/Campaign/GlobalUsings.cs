global using PaymentEngine.Core.Failpoints;
global using PaymentEngine.Tests.Support;
global using PaymentEngine.Tests.Support.Engine;
global using PaymentEngine.Tests.Support.Merchants;
global using PaymentEngine.Tests.Support.Postgres;
global using PaymentEngine.Tests.Support.Processes;
