using JasperFx.CodeGeneration;
using JasperFx.Events;
using Marten;
using JasperFx.Events.Projections;
using Npgsql;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Plans;
using Weasel.Core;
using Wolverine;
using Wolverine.Marten;

namespace SakuraIncident.Server.Storage;

/// <summary>Marten, Wolverine and the plain data source, all on one database.</summary>
public static class StorageSetup
{
    public static void AddStorage(this WebApplicationBuilder builder, string connectionString)
    {
        var database = NpgsqlDataSource.Create(WithPreparing(connectionString));
        builder.Services.AddSingleton(database);
        builder.Services.AddMarten(options =>
        {
            options.Connection(database);
            options.DatabaseSchemaName = Schema.Events;
            options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, StoredJson.Configure);
            options.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
            options.Events.MetadataConfig.HeadersEnabled = true;
            options.Events.UseIdentityMapForAggregates = true;
            StoredEvents.Map(options);
            options.Projections.Add<IncidentProjection>(ProjectionLifecycle.Inline);
            options.Schema.For<Incident>().DocumentAlias("incident");
            options.DisableNpgsqlLogging = true;
        })
        .UseLightweightSessions()
        .IntegrateWithWolverine(o => o.MessageStorageSchemaName = "sakura_messages");
        builder.Host.UseWolverine(options =>
        {
            options.ApplicationAssembly = typeof(StorageSetup).Assembly;
            options.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
            options.CodeGeneration.GeneratedCodeOutputPath = Path.Combine("Internal", "Generated");
            options.Durability.Mode = DurabilityMode.Solo;
            options.Policies.UseDurableLocalQueues();
        });
    }

    /// <summary>Applies the schema; several nodes may start at once.</summary>
    public static async Task ApplySchemaAsync(NpgsqlDataSource database, IDocumentStore store, CancellationToken cancellation, params string[] more)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using (var alone = new NpgsqlCommand("select pg_advisory_lock(8620260331)", connection))
            await alone.ExecuteNonQueryAsync(cancellation);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        foreach (var ddl in new[] { Schema.Ddl, PlanRevisions.Ddl }.Concat(more))
        {
            await using var command = new NpgsqlCommand(ddl, connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        await using var done = new NpgsqlCommand("select pg_advisory_unlock(8620260331)", connection);
        await done.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Statements are prepared by themselves: it doubles the throughput of commands.</summary>
    private static string WithPreparing(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = 200;
            settings.AutoPrepareMinUsages = 2;
        }
        return settings.ConnectionString;
    }
}
