using Microsoft.OpenApi;
using PaymentEngine.Api.Merchants;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;

namespace PaymentEngine.Api.OpenApi;

/// <summary>The operations of the merchants' interface as the document tells them.</summary>
internal static class MerchantOperations
{
    private static readonly RequestParameter TradeNo = new(
        ParameterLocation.Path, TradeEndpoints.TradeNo, Required: true, "Our number of the trade.", "^T[0-9]{18,23}$");

    private static readonly RequestParameter Expand = new(
        ParameterLocation.Query, TradeEndpoints.Expand, Required: false,
        "all adds the four levels, every transition, every ledger entry, every timer and every notification; routing adds how the channels were chosen.",
        $"^({TradeEndpoints.Everything}|{TradeEndpoints.Routing})$");

    public static readonly MerchantOperation OpenTrade = new("openTrade", "Opens a trade, or continues it")
    {
        Body = typeof(OpenTradeRequest),
        Answers = new Dictionary<int, string>
        {
            [201] = "The trade was opened.",
            [200] = "The order number has an unpaid trade, which is continued.",
        },
        Problems =
        [
            ProblemCodes.MerchantOrderNoTaken, ProblemCodes.CurrencyChanged, ProblemCodes.TradeAlreadyPaid,
            ProblemCodes.TradeClosed, ProblemCodes.TradeExpired, ProblemCodes.TooManyPayments, ProblemCodes.PaymentInProgress,
        ],
    };

    public static readonly MerchantOperation StartPayment = new("startPayment", "Starts a payment of a trade")
    {
        Body = typeof(StartPaymentRequest),
        Parameters = [TradeNo],
        Answers = new Dictionary<int, string> { [201] = "The payment was started." },
        Problems =
        [
            ProblemCodes.TradeNotFound, ProblemCodes.TradeAlreadyPaid, ProblemCodes.TradeClosed, ProblemCodes.TradeExpired,
            ProblemCodes.TooManyPayments, ProblemCodes.PaymentInProgress,
        ],
    };

    public static readonly MerchantOperation RefundTrade = new("refundTrade", "Gives back what a trade was paid, or a part of it")
    {
        Body = typeof(RefundTradeRequest),
        Parameters = [TradeNo],
        BodyRequired = false,
        Answers = new Dictionary<int, string> { [201] = "The refund was started; all of a payment, on its own ledger day, is a void." },
        Problems =
        [
            ProblemCodes.TradeNotFound, ProblemCodes.TradeNotPaid, ProblemCodes.RefundExceedsPaid, ProblemCodes.RefundCurrencyDiffers,
            ProblemCodes.InsufficientMerchantBalance, ProblemCodes.MerchantAccountNotOpen, ProblemCodes.RefundsNotEnabled,
            ProblemCodes.TooManyRefunds, ProblemCodes.MerchantRefundNoTaken,
        ],
    };

    public static readonly MerchantOperation CloseTrade = new("closeTrade", "Closes a trade that is not paid")
    {
        Body = typeof(CloseTradeRequest),
        Parameters = [TradeNo],
        BodyRequired = false,
        Answers = new Dictionary<int, string> { [200] = "The trade is closed, or closing while a payment is in flight." },
        Problems = [ProblemCodes.TradeNotFound, ProblemCodes.TradeAlreadyPaid],
    };

    public static readonly MerchantOperation FindTrade = new("findTrade", "Reads a trade by our number")
    {
        Answers = new Dictionary<int, string> { [200] = "The trade." },
        Parameters =
        [
            TradeNo,
            Expand,
        ],
        Problems = [ProblemCodes.InvalidRequest, ProblemCodes.TradeNotFound],
    };

    public static readonly MerchantOperation FindTradeByOrderNo = new("findTradeByOrderNo", "Reads a trade by the merchant's number")
    {
        Answers = new Dictionary<int, string> { [200] = "The trade." },
        Parameters =
        [
            new RequestParameter(
                ParameterLocation.Query, TradeEndpoints.MerchantOrderNo, Required: true,
                "The number under which the trade was opened.", FieldLimits.MerchantOrderNoPattern),
            Expand,
        ],
        Problems = [ProblemCodes.InvalidRequest, ProblemCodes.TradeNotFound],
    };
}
