using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace SakuraIncident.Server.Identity;

/// <summary>
/// The keys of cookies and forms live in the database: a restart ends no session and spoils no half-written form. What was read
/// last is answered again while the database is away.
/// </summary>
public sealed class DataProtectionKeys(NpgsqlDataSource database) : IXmlRepository
{
    private volatile IReadOnlyCollection<XElement>? last;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        try
        {
            var keys = new List<XElement>();
            using var command = database.CreateCommand("select xml from sakura.data_protection_key order by id");
            using var reader = command.ExecuteReader();
            while (reader.Read()) keys.Add(XElement.Parse(reader.GetString(0)));
            last = keys;
        }
        catch (NpgsqlException) when (last is not null)
        {
            // The keys that were known stay good.
        }
        return [.. last.Select(key => new XElement(key))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand("insert into sakura.data_protection_key (name, xml) values ($1, $2)");
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}
