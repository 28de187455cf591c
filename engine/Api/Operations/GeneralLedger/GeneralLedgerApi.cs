using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
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
        v1.MapGet("/ledger/subjects", gate.Guard(reports.SubjectsAsync));
        v1.Refuse("/ledger/subjects", "GET");
        v1.MapGet("/ledger/trial-balance", gate.Guard(reports.TrialBalanceAsync));
        v1.Refuse("/ledger/trial-balance", "GET");
        v1.MapGet("/ledger/reserve", gate.Guard(reports.ReserveAsync));
        v1.Refuse("/ledger/reserve", "GET");

        var vouchers = v1.ServiceProvider.GetRequiredService<VoucherEndpoints>();
        const string Voucher = "/ledger/vouchers/{" + VoucherEndpoints.Posting + "}";
        v1.MapGet("/ledger/vouchers", gate.Guard(vouchers.ListAsync));
        v1.Refuse("/ledger/vouchers", "GET");
        v1.MapGet(Voucher, gate.Guard(vouchers.ReadAsync));
        v1.Refuse(Voucher, "GET");
        v1.MapGet("/ledger/voucher-failures", gate.Guard(vouchers.FailuresAsync));
        v1.Refuse("/ledger/voucher-failures", "GET");
        v1.MapPost("/ledger/voucher-failures/redo", gate.Guard(vouchers.RedoAsync));
        v1.Refuse("/ledger/voucher-failures/redo", "POST");

        var templates = v1.ServiceProvider.GetRequiredService<TemplateEndpoints>();
        const string Template = "/ledger/voucher-templates/{" + TemplateEndpoints.Kind + "}";
        const string Approval = Template + "/{" + TemplateEndpoints.Version + "}/approve";
        v1.MapGet("/ledger/voucher-templates", gate.Guard(templates.ListAsync));
        v1.Refuse("/ledger/voucher-templates", "GET");
        v1.MapGet(Template, gate.Guard(templates.ReadAsync));
        v1.MapPut(Template, gate.Guard(templates.DraftAsync));
        v1.Refuse(Template, "GET, PUT");
        v1.MapPost(Approval, gate.Guard(templates.ApproveAsync, OperatorRoles.Approve));
        v1.Refuse(Approval, "POST");
    }

    private static void Refuse(this IEndpointRouteBuilder v1, string path, string allow) =>
        v1.Map(path, RequestGuard.Refuse(ProblemCodes.MethodNotAllowed, allow));
}
