using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PaymentEngine.Core.Directory;

namespace PaymentEngine.Api.Operations.GeneralLedger;

/// <summary>The part of the operations' interface that is about the general ledger (A8).</summary>
internal static class GeneralLedgerApi
{
    public static IServiceCollection AddGeneralLedgerApi(this IServiceCollection services) => services
        .AddSingleton<ReportEndpoints>()
        .AddSingleton<VoucherEndpoints>()
        .AddSingleton<TemplateEndpoints>();

    public static void MapGeneralLedgerApi(this IEndpointRouteBuilder v1, OperationsGate gate)
    {
        var reports = v1.ServiceProvider.GetRequiredService<ReportEndpoints>();
        v1.Offer("/ledger/subjects", get: gate.Guard(reports.SubjectsAsync));
        v1.Offer("/ledger/trial-balance", get: gate.Guard(reports.TrialBalanceAsync));
        v1.Offer("/ledger/reserve", get: gate.Guard(reports.ReserveAsync));

        var vouchers = v1.ServiceProvider.GetRequiredService<VoucherEndpoints>();
        const string Voucher = "/ledger/vouchers/{" + VoucherEndpoints.Posting + "}";
        v1.Offer("/ledger/vouchers", get: gate.Guard(vouchers.ListAsync));
        v1.Offer(Voucher, get: gate.Guard(vouchers.ReadAsync));
        v1.Offer("/ledger/voucher-failures", get: gate.Guard(vouchers.FailuresAsync));
        v1.Offer("/ledger/voucher-failures/redo", post: gate.Guard(vouchers.RedoAsync));

        var templates = v1.ServiceProvider.GetRequiredService<TemplateEndpoints>();
        const string Template = "/ledger/voucher-templates/{" + TemplateEndpoints.Kind + "}";
        const string Approval = Template + "/{" + TemplateEndpoints.Version + "}/approve";
        v1.Offer("/ledger/voucher-templates", get: gate.Guard(templates.ListAsync));
        v1.Offer(Template, get: gate.Guard(templates.ReadAsync), put: gate.Guard(templates.DraftAsync));
        v1.Offer(Approval, post: gate.Guard(templates.ApproveAsync, OperatorRoles.Approve));
    }
}
