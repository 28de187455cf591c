using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Store.Reroutes;

namespace PaymentEngine.Api.Operations;

/// <summary>Reroutes by hand as operations read them.</summary>
internal static class RerouteWriter
{
    public static byte[] Write(StoredReroute request) => JsonBytes.Of(request, WriteRequest);

    public static byte[] Write(IReadOnlyList<StoredReroute> requests) => JsonBytes.List("reroutes", requests, WriteRequest);

    private static void WriteRequest(Utf8JsonWriter json, StoredReroute request)
    {
        json.WriteNumber("reroute"u8, request.Id);
        json.WriteString("state"u8, request.Approval is null ? "requested"u8 : "approved"u8);
        json.WriteString("trade_no"u8, OrderNumber.Format(OrderLevel.Trade, request.Trade));
        json.WriteString("order_no"u8, OrderNumber.Format(OrderLevel.InstitutionOrder, request.Order));
        json.WriteString("evidence"u8, request.Evidence.Code());
        json.WriteString("note"u8, request.Note);
        json.WriteString("requested_by"u8, request.RequestedBy);
        json.WriteTime("requested_at"u8, request.RequestedAt);
        json.WriteString("approved_by"u8, request.Approval?.By);
        json.WriteTime("approved_at"u8, request.Approval?.At);
        json.WriteString("new_order_no"u8, request.Approval is { } done ? OrderNumber.Format(OrderLevel.InstitutionOrder, done.NewOrder) : null);
    }
}
