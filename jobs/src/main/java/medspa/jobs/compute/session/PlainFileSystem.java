package medspa.jobs.compute.session;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local file system without what Hadoop adds to it: a checksum file beside each file (Parquet
 * has its own), and a {@code chmod} process started for each file and directory. Files get the
 * permissions of the process.
 */
public final class PlainFileSystem extends RawLocalFileSystem {
  @Override
  public void setPermission(Path path, FsPermission permission) {
    // The permissions of the process are those that are wanted.
  }
}
