select name, current_setting(name)
from unnest(array['server_version', 'shared_buffers', 'fsync', 'full_page_writes', 'synchronous_commit',
                  'max_wal_size', 'checkpoint_timeout', 'wal_compression', 'jit']) as name
