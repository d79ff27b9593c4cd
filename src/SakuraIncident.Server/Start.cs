using JasperFx;
using Marten;
using Npgsql;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Boards;
using SakuraIncident.Server.Demo;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Imports;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Notifications;
using SakuraIncident.Server.Pages;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Reactions;
using SakuraIncident.Server.Registers;
using SakuraIncident.Server.Roster;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server;

/// <summary>How the server comes up: database, schema, plan, accounts, then the doors open.</summary>
public static class Start
{
    /// <param name="settings">Beside those of the environment and of appsettings.json, and before them.</param>
    public static WebApplication Build(
        ServerOptions options, string database, PrivateCluster? cluster, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // The host of a test is another program; the assets are named after this one.
            ApplicationName = typeof(Start).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true);
        Quiet(builder.Logging);
        builder.WebHost.UseStaticWebAssets(); // run from its build folder, the server finds wwwroot in the sources
        builder.WebHost.UseUrls(options.Urls).ConfigureKestrel(k => k.AddServerHeader = false);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPrivateCluster(cluster);
        builder.AddStorage(database);
        builder.Services.AddBoards();
        builder.Services.AddSingleton<EventSignal>().AddHostedService(p => p.GetRequiredService<EventSignal>());

        builder.Services.AddSingleton<PlanRevisions>().AddSingleton<PlanHistory>();
        builder.Services.AddSingleton(p => new PlanLibrary(
            options.Playbooks, p.GetRequiredService<PlanRevisions>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<PlanLibrary>>()));
        builder.Services.AddHostedService<PlanWatch>();
        builder.Services.AddRoster();
        builder.Services.AddSingleton<AssetBook>();
        builder.Services.AddScoped<ImportRequests>();
        builder.Services.AddIdentity(p => p.GetRequiredService<PlanLibrary>().Roster);
        builder.Services.AddNotifications(builder.Configuration, p => p.GetRequiredService<PlanLibrary>().Roster);

        builder.Services.AddSingleton<Idempotency>().AddSingleton<NumberSeries>().AddSingleton<InFlight>();
        builder.Services.AddSingleton<IncidentReads>().AddSingleton<CommandCommit>().AddSingleton<CommandDoor>().AddScoped<IncidentRequests>();
        builder.Services.AddSingleton<Automations>().AddHttpClient(Automations.Client, Automations.Configure)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        builder.Services.AddSingleton<DeadlineLoop>().AddHostedService(p => p.GetRequiredService<DeadlineLoop>());
        if (options.Demo) builder.Services.AddHostedService<DemoCity>();
        builder.Services.AddPages();
        builder.Services.AddExceptionHandler<Faults>().AddProblemDetails();
        builder.Services.AddApiDocument();
        builder.Services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions));

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseHead();
        app.UseRouting();
        app.UseProblemsForPrograms();
        app.UseIdentity();
        app.UseResponseCompression();
        app.MapHealth();
        app.MapSignIn();
        app.MapOpenApi("/openapi/v1.json"); // any other name is an unknown route, not a document that is missing
        app.MapIncidentCommands();
        app.MapIncidentQueries();
        app.MapPages();
        app.MapBoards();
        app.MapPlan();
        app.MapRoster();
        app.MapCalendars();
        app.MapAssets();
        app.MapImports();
        return app;
    }

    /// <summary>Schema, plan and accounts, before the first request. Answers the accounts that were created now.</summary>
    /// <param name="reading">The plan's files, read meanwhile; null: they are read now.</param>
    /// <exception cref="PlanBrokenException">The plan cannot be used, and there is no earlier one.</exception>
    public static async Task<IReadOnlyList<NewAccount>> PrepareAsync(WebApplication app, Task<PlanReading>? reading, CancellationToken cancellation)
    {
        var services = app.Services;
        await StorageSetup.ApplySchemaAsync(
            services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<IDocumentStore>(), cancellation,
            IdentityTables.Ddl, NotificationTables.Ddl, ImportRoutes.Ddl, FirstAnswers.Ddl, RosterBook.Ddl, AssetBook.Ddl);
        var plans = services.GetRequiredService<PlanLibrary>();
        plans.Start(reading is null ? null : await reading);
        await services.GetRequiredService<RosterBook>().RefreshAsync(cancellation);
        return await services.GetRequiredService<Accounts>().EnsureAsync(plans.Roster, cancellation);
    }

    /// <summary>
    /// <c>codegen write</c>, for developers: writes Wolverine's adapters of the handlers into Internal/Generated, so that no compiler
    /// runs in the server. Built with <c>-p:Codegen=true</c>, which brings the compiler along.
    /// </summary>
    public static Task<int> GenerateCodeAsync(string[] args)
    {
        var options = new ServerOptions("127.0.0.1", 0, "", "", null, Demo: false);
        return Build(options, "Host=localhost", cluster: null).RunJasperFxCommands(args);
    }

    /// <summary>Libraries that log statements with their values at Error are silenced: what people write must reach no log.</summary>
    private static void Quiet(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore.SignalR", LogLevel.Critical);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.AddFilter("Wolverine", LogLevel.Warning);
        logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        // A command's failure goes to whoever sent it, and is logged there without what he wrote.
        logging.AddFilter(typeof(RunCommand).FullName, LogLevel.None);
        logging.AddFilter(typeof(CallAutomation).FullName, LogLevel.None); // what came of it stands in the stream
        logging.AddFilter("JasperFx", LogLevel.Warning);
        logging.AddFilter("Marten", LogLevel.None);
        logging.AddFilter("Npgsql", LogLevel.None);
    }
}
