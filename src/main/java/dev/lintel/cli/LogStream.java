package dev.lintel.cli;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/** A log, packed by gzip or not, that knows how far it has been read. */
final class LogStream implements AutoCloseable {

  private static final int BUFFER = 1 << 16;
  private static final int FIRST_OF_GZIP = 0x1f;
  private static final int SECOND_OF_GZIP = 0x8b;
  private static final double MEGA = 1e6;
  private static final double NANOS = 1e9;

  private final Counted raw;
  private final InputStream unpacked;
  private final OptionalLong size;
  private final long start = System.nanoTime();

  private LogStream(InputStream in, OptionalLong size) throws IOException {
    this.raw = new Counted(in);
    this.size = size;
    InputStream buffered = new BufferedInputStream(raw, BUFFER);
    this.unpacked = isPacked(buffered) ? new GZIPInputStream(buffered, BUFFER) : buffered;
  }

  /**
   * Opens a log.
   *
   * @param name a file, or {@link Inputs#STANDARD_INPUT}
   * @throws IOException if it cannot be read; the message names it
   */
  static LogStream open(String name) throws IOException {
    if (name.equals(Inputs.STANDARD_INPUT)) {
      return new LogStream(System.in, OptionalLong.empty());
    }
    Path file = Path.of(name);
    try {
      OptionalLong size =
          Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
      return new LogStream(Files.newInputStream(file), size);
    } catch (NoSuchFileException e) {
      throw new IOException("no such file: " + name, e);
    } catch (IOException e) {
      throw new IOException(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Returns the log's text. */
  InputStream text() {
    return unpacked;
  }

  /** Says how far it has been read, and how fast. */
  String progress() {
    double megabytes = raw.count / MEGA;
    double seconds = Math.max(System.nanoTime() - start, 1) / NANOS;
    String of =
        size.isEmpty()
            ? ""
            : " of %,.0f (%d %%)"
                .formatted(
                    size.getAsLong() / MEGA, 100 * raw.count / Math.max(size.getAsLong(), 1));
    return String.format(
        Locale.ROOT, "replaying: %,.0f%s MB, %,.0f MB/s", megabytes, of, megabytes / seconds);
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }

  private static boolean isPacked(InputStream in) throws IOException {
    in.mark(2);
    boolean isPacked = in.read() == FIRST_OF_GZIP && in.read() == SECOND_OF_GZIP;
    in.reset();
    return isPacked;
  }

  /** Counts what is read. */
  private static final class Counted extends FilterInputStream {

    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(read, 0);
      return read;
    }
  }
}
