global using PaymentEngine.Core.Orders;
