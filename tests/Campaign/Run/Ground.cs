using PaymentEngine.Tests.Support.Broker;
using PaymentEngine.Tests.Support.Faults;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>The servers that the runs of a campaign use one after the other, and hurt as they like: each leaves them whole.</summary>
internal sealed class Ground : IAsyncDisposable
{
    private BrokerNode? _broker;
    private PrivateCluster? _cluster;
    private DatabaseGround? _onSmallDisk;

    public async Task<BrokerNode> BrokerAsync()
    {
        _broker ??= new BrokerNode(Directory.CreateTempSubdirectory("payment-engine-broker-").FullName);
        await _broker.StartAsync();
        return _broker;
    }

    /// <summary>A server with an empty database for one run.</summary>
    /// <param name="onSmallDisk">A server of the run's own, on a disk that can be filled.</param>
    public async Task<DatabaseGround> DatabaseAsync(bool onSmallDisk)
    {
        if (onSmallDisk)
        {
            return _onSmallDisk = await DatabaseGround.OnSmallDiskAsync();
        }

        if (_cluster is null)
        {
            _cluster = new PrivateCluster();
            await _cluster.StartAsync();
        }

        return new DatabaseGround(_cluster, await _cluster.CreateDatabaseAsync(), disk: null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DestroyAsync();
        }

        if (_onSmallDisk is not null)
        {
            // The run may have been broken off.
            await _onSmallDisk.DisposeAsync();
        }

        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }
}

/// <summary>The database of one run, and the server that it is on.</summary>
/// <param name="disk">The server's own; null when it is the campaign's and stays.</param>
internal sealed class DatabaseGround(PrivateCluster cluster, TestDatabase database, SmallDisk? disk) : IAsyncDisposable
{
    private const int DiskMegabytes = 700;

    /// <summary>The log keeps to its part of the disk.</summary>
    private const string SmallLog = "max_wal_size = 64MB\nmin_wal_size = 32MB";

    private int _isDisposed;

    public PrivateCluster Cluster => cluster;

    public TestDatabase Database => database;

    public SmallDisk? Disk => disk;

    public static async Task<DatabaseGround> OnSmallDiskAsync()
    {
        var disk = await SmallDisk.MountAsync(DiskMegabytes);
        var cluster = PrivateCluster.On(disk);
        await cluster.StartAsync();
        await cluster.ConfigureAsync(SmallLog);
        await cluster.StopAsync();
        await cluster.StartAsync();
        return new DatabaseGround(cluster, await cluster.CreateDatabaseAsync(), disk);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        await database.DisposeAsync();
        if (disk is not null)
        {
            await cluster.DisposeAsync();
            await disk.DisposeAsync();
        }
        else
        {
            await cluster.DropDatabaseAsync(database);
        }
    }
}
