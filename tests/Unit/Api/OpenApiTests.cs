using System.Text.Json;
using PaymentEngine.Api.OpenApi;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

/// <summary>The document says what the interface does: no more, no less.</summary>
public sealed class OpenApiTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private JsonElement _document;

    public static TheoryData<string, IReadOnlyList<string>> StatesOfSchemas => new()
    {
        { "Trade", TradeStates.All },
        { "Payment", PaymentStates.All },
        { "Instruction", InstructionStates.All },
        { "InstitutionOrder", InstitutionOrderStates.All },
    };

    public async Task InitializeAsync() =>
        _document = JsonDocument.Parse(await host.Client.GetStringAsync("/openapi/v1.json")).RootElement;

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void Every_endpoint_is_in_the_document()
    {
        var operations = _document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name} {path.Name}"));

        Assert.Equal(
            [
                "get /v1/trades",
                "get /v1/trades/{trade_no}",
                "post /v1/trades",
                "post /v1/trades/{trade_no}/close",
                "post /v1/trades/{trade_no}/payments",
                "post /v1/trades/{trade_no}/refunds",
            ],
            operations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Everything_needs_the_API_key()
    {
        var scheme = Component("securitySchemes", MerchantDocument.SecurityScheme);

        Assert.Equal(("http", "bearer"), (Text(scheme, "type"), Text(scheme, "scheme")));
        Assert.Equal([MerchantDocument.SecurityScheme], Names(_document.GetProperty("security")[0]));
    }

    [Theory]
    [InlineData("post", "/v1/trades", "Idempotency-Key* X-Request-Id", "OpenTradeRequest*", "200 201 400 401 403 408 409 413 415 422 500 503")]
    [InlineData("get", "/v1/trades", "X-Request-Id merchant_order_no* expand", "", "200 400 401 404 500 503")]
    [InlineData("get", "/v1/trades/{trade_no}", "X-Request-Id trade_no* expand", "", "200 400 401 404 500 503")]
    [InlineData("post", "/v1/trades/{trade_no}/payments", "Idempotency-Key* X-Request-Id trade_no*", "StartPaymentRequest*",
        "201 400 401 403 404 408 409 413 415 422 500 503")]
    [InlineData("post", "/v1/trades/{trade_no}/close", "Idempotency-Key* X-Request-Id trade_no*", "CloseTradeRequest",
        "200 400 401 403 404 408 409 413 415 422 500 503")]
    [InlineData("post", "/v1/trades/{trade_no}/refunds", "Idempotency-Key* X-Request-Id trade_no*", "RefundTradeRequest",
        "201 400 401 403 404 408 409 413 415 422 500 503")]
    public void An_operation_tells_its_parameters_its_body_and_its_answers(
        string method, string path, string parameters, string body, string statuses)
    {
        var operation = _document.GetProperty("paths").GetProperty(path).GetProperty(method);

        Assert.Equal(parameters, string.Join(' ', operation.GetProperty("parameters").EnumerateArray().Select(Parameter)));
        Assert.Equal(body, operation.TryGetProperty("requestBody", out var sent) ? $"{Schema(sent, "application/json")}{Star(sent)}" : "");
        Assert.Equal(statuses, string.Join(' ', Names(operation.GetProperty("responses"))));
        Assert.All(operation.GetProperty("responses").EnumerateObject(), response =>
        {
            var good = response.Name.StartsWith('2');
            Assert.Equal(good ? "Trade" : "Problem", Schema(response.Value, good ? "application/json" : "application/problem+json"));
            Assert.Contains("X-Request-Id", Names(response.Value.GetProperty("headers")));
        });
    }

    [Fact]
    public void Every_problem_of_a_merchant_is_told_where_it_can_happen()
    {
        var told = _document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .SelectMany(method => method.Value.GetProperty("responses").EnumerateObject())
            .Where(response => !response.Name.StartsWith('2'))
            .SelectMany(response => Text(response.Value, "description").Split(", ").Select(code => $"{response.Name} {code}"));
        var known = ProblemCodes.All
            .Except([ProblemCodes.NotFound, ProblemCodes.MethodNotAllowed])
            .Select(problem => $"{problem.Status} {problem.Code}");

        Assert.Equal(known.Order(), told.Distinct().Order());
    }

    [Fact]
    public void The_fields_of_requests_are_those_that_the_readers_know()
    {
        Assert.Equal(
            "merchant_order_no* amount* currency* payer* payee description expires_in_s payment notify_url", Fields("OpenTradeRequest"));
        Assert.Equal(
            "method* payer_account* product terminal card_kind debit_credit ownership target_institution agreement",
            Fields("StartPaymentRequest"));
        Assert.Equal("merchant_refund_no amount reason notify_url", Fields("RefundTradeRequest"));
        Assert.Equal("value* currency*", Fields("RefundAmountRequest"));
        Assert.Equal("", Fields("CloseTradeRequest"));
        Assert.All(
            ["OpenTradeRequest", "StartPaymentRequest", "RefundTradeRequest", "RefundAmountRequest", "CloseTradeRequest"],
            name => Assert.False(Component("schemas", name).GetProperty("additionalProperties").GetBoolean()));
    }

    [Fact]
    public void The_fields_of_answers_are_those_that_the_writers_write()
    {
        var journey = JsonDocument.Parse(JourneyWriter.Write(Journeys.OnWorkList(), "r-1", ApiOrders.Words)).RootElement;
        Assert.Equal(Names(journey).Append("routing").Order(), FieldNames("Trade").Order());
        Assert.Equal(Names(journey.GetProperty("transitions")[0]), FieldNames("Transition"));
        Assert.Equal(Names(journey.GetProperty("entries")[0]), FieldNames("Entry"));
        Assert.Equal(Names(journey.GetProperty("timers")[0]), FieldNames("Timer"));
        Assert.Equal(Names(journey.GetProperty("notifications")[0]), FieldNames("Notification"));
        var payment = journey.GetProperty("payments")[0];
        Assert.Equal(Names(payment), FieldNames("Payment"));
        var instruction = payment.GetProperty("instructions")[0];
        Assert.Equal(Names(instruction), FieldNames("Instruction"));
        var order = instruction.GetProperty("institution_orders")[0];
        Assert.Equal(Names(order), FieldNames("InstitutionOrder"));
        Assert.Equal(Names(order.GetProperty("reroute")), FieldNames("Reroute"));

        var choice = JsonDocument.Parse(RoutingWriter.Write(ApiOrders.Paying(), [Choices.Split()], "r-1", ApiOrders.Words)).RootElement.GetProperty("routing")[0];
        Assert.Equal(Names(choice), FieldNames("Choice"));
        Assert.Equal(Names(choice.GetProperty("scripts")[0]), FieldNames("DecidingScript"));
        Assert.Equal(Names(choice.GetProperty("candidates")[0]), FieldNames("Candidate"));
        Assert.Equal(Names(choice.GetProperty("removed")[0]), FieldNames("Removal"));

        var trade = JsonDocument.Parse(ApiOrders.Writer.Write(ApiOrders.Paying(), "r-1", "en")).RootElement;
        Assert.Equal(Names(trade), Required("Trade"));
        Assert.Equal(Names(trade.GetProperty("payments")[0]), Required("Payment"));
        var refunded = JsonDocument.Parse(ApiOrders.Writer.Write(ApiOrders.Refunding(), "r-1", "en")).RootElement;
        Assert.Equal(Names(refunded.GetProperty("payments")[1].GetProperty("refund")), FieldNames("Refund"));
    }

    [Fact]
    public void The_fields_of_problems_are_those_that_are_written()
    {
        var errors = new FieldErrors();
        errors.Add("payer", FieldCodes.Required, "is required");
        var problem = JsonDocument.Parse(ProblemWriter.Write(errors.ToProblem() with { Trade = ApiOrders.TradeId, RetryAfter = TimeSpan.FromSeconds(1) }, "r-1")).RootElement;

        Assert.Equal(Names(problem), FieldNames("Problem"));
        Assert.Equal(Names(problem.GetProperty("errors")[0]), FieldNames("FieldError"));
        Assert.Equal(ProblemCodeTests.Constants(typeof(FieldCodes)).Order(), Values("FieldError", "code").Order());
    }

    [Theory]
    [MemberData(nameof(StatesOfSchemas))]
    public void The_states_of_a_schema_are_those_of_its_level(string schema, IReadOnlyList<string> states) =>
        Assert.Equal(states.Select(SnakeCase.Of).Order(), Values(schema, "state").Order());

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(property => property.Name);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Parameter(JsonElement parameter) => $"{Text(parameter, "name")}{Star(parameter)}";

    private static string Star(JsonElement json) =>
        json.TryGetProperty("required", out var required) && required.GetBoolean() ? "*" : "";

    private static string Schema(JsonElement json, string mediaType)
    {
        var content = json.GetProperty("content");
        Assert.Equal([mediaType], Names(content));
        return Text(content.GetProperty(mediaType).GetProperty("schema"), "$ref")["#/components/schemas/".Length..];
    }

    private JsonElement Component(string kind, string name) =>
        _document.GetProperty("components").GetProperty(kind).GetProperty(name);

    private IEnumerable<string> FieldNames(string schema) =>
        Component("schemas", schema).TryGetProperty("properties", out var properties) ? Names(properties) : [];

    private IEnumerable<string> Required(string schema) =>
        Component("schemas", schema).TryGetProperty("required", out var required)
            ? required.EnumerateArray().Select(name => name.GetString()!)
            : [];

    private IEnumerable<string> Values(string schema, string field) =>
        Component("schemas", schema).GetProperty("properties").GetProperty(field).GetProperty("enum")
            .EnumerateArray().Select(value => value.GetString()!);

    private string Fields(string schema)
    {
        var required = Required(schema).ToHashSet();
        return string.Join(' ', FieldNames(schema).Select(name => required.Contains(name) ? $"{name}*" : name));
    }
}
