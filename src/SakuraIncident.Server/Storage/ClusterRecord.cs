using System.Text.Json;
using System.Text.Json.Serialization;

namespace SakuraIncident.Server.Storage;

/// <summary>
/// The file <c>cluster.json</c> in the data directory (mode 0600): where the private cluster is and how to get in.
/// </summary>
/// <param name="Folder">The cluster's folder, relative to the data directory where it lies inside.</param>
/// <param name="Socket">The folder of the Unix socket.</param>
/// <param name="Password">The password of <see cref="PrivateCluster.Owner"/>.</param>
/// <param name="Server">The process that holds, or last held, the data directory.</param>
internal sealed record ClusterRecord(string Folder, string Socket, string Password, int Server)
{
    private static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "cluster.json");

    /// <summary>The record, or null where no cluster was ever made.</summary>
    public static ClusterRecord? Read(string dataDirectory)
    {
        var path = PathIn(dataDirectory);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), ClusterJson.Default.ClusterRecord);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new ClusterException(
                $"「{path}」を読めません。サーバーを起動した利用者(またはroot)で実行してください。", refused);
        }
        catch (JsonException damaged)
        {
            throw new ClusterException($"「{path}」が壊れています。バックアップから戻してください。", damaged);
        }
    }

    /// <summary>Replaces the file in one step.</summary>
    public void Write(string dataDirectory)
    {
        var path = PathIn(dataDirectory);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        File.Delete(path + ".new"); // a leftover would keep its own mode
        using (var file = new FileStream(path + ".new", options))
        {
            JsonSerializer.Serialize(file, this, ClusterJson.Default.ClusterRecord);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".new", path, overwrite: true);
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClusterRecord))]
internal sealed partial class ClusterJson : JsonSerializerContext;
