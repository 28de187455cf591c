using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>One key, many at the same moment.</summary>
[Trait("Rule", "O13")]
public sealed class OperationsOnceTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const int AtOnce = 20;
    private const string Customers = "/ops/v1/ledger/customers";
    private const string Merchant = "/ops/v1/ledger/accounts/2241.01.M1001.CNY";

    [Fact]
    public async Task what_is_asked_for_many_times_at_one_moment_is_done_once_and_everybody_has_the_first_answer_O13()
    {
        for (var round = 0; round < 5; round++)
        {
            var (key, number) = (ApiWorld.New("key"), ApiWorld.New("customer"));

            var answers = await AtOnceAsync(Customers, key, Customer(number));

            Assert.All(answers, answer => Assert.Equal((201, answers[0].Text), (answer.Status, answer.Text)));
            Assert.Equal(answers[0].Text, (await world.Operations.PostAsync(Customers, key, Customer(number))).Text);
            (await world.Operations.PostAsync(Customers, key, Customer(number + "x"))).IsRefused(422, "idempotency_key_reused");
        }
    }

    [Fact]
    public async Task a_change_that_could_be_made_again_is_made_once_O13()
    {
        var answers = await AtOnceAsync(Merchant + "/mode", ApiWorld.New("key"), """{"mode":"buffered","buffer_agreed":true}""");

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Single((await world.Operations.GetAsync(Merchant)).Json["changes"]!.AsArray(), change => (string)change!["what"]! == "mode");
    }

    [Fact]
    public async Task a_refusal_leaves_the_key_free_for_all_who_wait_O13()
    {
        var (key, number) = (ApiWorld.New("key"), ApiWorld.New("customer"));
        Assert.Equal(201, (await world.Operations.PostAsync(Customers, ApiWorld.New("key"), Customer(number))).Status);

        Assert.All(await AtOnceAsync(Customers, key, Customer(number)), answer => answer.IsRefused(409, "customer_exists"));

        Assert.Equal(201, (await world.Operations.PostAsync(Customers, key, Customer(number + "x"))).Status);
    }

    private async Task<MerchantAnswer[]> AtOnceAsync(string path, string key, string body) =>
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => world.Operations.PostAsync(path, key, body)));

    private static string Customer(string number) => new JsonObject { ["number"] = number, ["name"] = "Wang Wei", ["face_to_face"] = false }.ToJsonString();
}
