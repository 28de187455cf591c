global using MassTransit;
global using PaymentEngine.Core;
global using PaymentEngine.Core.Accounting;
global using PaymentEngine.Core.Orders;
global using PaymentEngine.Core.Units;
global using PaymentEngine.Workflows.Driver;
