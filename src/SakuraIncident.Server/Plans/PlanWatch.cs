namespace SakuraIncident.Server.Plans;

/// <summary>
/// Follows the files of the plan. The system's own notice makes a change felt at once; a slow look beneath it serves folders
/// that give none (network shares) and a database that was away when a change was to be stored.
/// </summary>
public sealed class PlanWatch(PlanLibrary library, ILogger<PlanWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    /// <summary>An editor writes a file in several steps; it is read when it has been left alone for so long.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _noticed = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watcher = Watch();
        var dealtWith = "";
        while (!stoppingToken.IsCancellationRequested)
        {
            var seen = Look();
            if (seen != dealtWith)
            {
                await Task.Delay(Calm, stoppingToken);
                if (Look() != seen) continue;
                if (Reload()) dealtWith = seen;
            }

            await _noticed.WaitAsync(Slow, stoppingToken);
            while (await _noticed.WaitAsync(0, stoppingToken)) { }
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _noticed.Dispose();
    }

    private bool Reload()
    {
        try
        {
            return library.Reload();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            logger.LogError(failure, "The plan's files could not be read again; what was in force still is");
            return true;
        }
    }

    private FileSystemWatcher? Watch()
    {
        try
        {
            var watcher = new FileSystemWatcher(library.Directory) { IncludeSubdirectories = true };
            watcher.Changed += (_, _) => _noticed.Release();
            watcher.Created += (_, _) => _noticed.Release();
            watcher.Deleted += (_, _) => _noticed.Release();
            watcher.Renamed += (_, _) => _noticed.Release();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception unwatched) when (unwatched is IOException or ArgumentException)
        {
            logger.LogWarning("The folder of the plan gives no notice of changes; it is looked at every {Seconds} s: {Reason}", Slow.TotalSeconds, unwatched.Message);
            return null;
        }
    }

    /// <summary>What the folder looks like from outside, without reading the files.</summary>
    private string Look()
    {
        try
        {
            return string.Join('\n', PlanFiles.Paths(library.Directory).Select(path => new FileInfo(path))
                .Select(file => $"{file.FullName} {(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}"));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return unreadable.Message;
        }
    }
}
