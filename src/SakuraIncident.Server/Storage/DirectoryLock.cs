namespace SakuraIncident.Server.Storage;

/// <summary>
/// An exclusive flock on a file. The kernel releases it when this process ends, however it ends, and no child
/// inherits it: .NET opens every file close-on-exec and turns <see cref="FileShare.None"/> into flock(LOCK_EX).
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or answers null when another process holds it.</summary>
    public static DirectoryLock? TryTake(string path)
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // nobody else may hold it against us
            return new DirectoryLock(new FileStream(path, options));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
