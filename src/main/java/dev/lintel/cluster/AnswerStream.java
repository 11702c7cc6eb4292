package dev.lintel.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream: whoever reads waits, and what is not read yet waits at the
 * other end. Another thread may close it. One that has been read to its end leaves its connection
 * to the next request, which the client's own stream does not: it resets the connection.
 */
final class AnswerStream extends InputStream implements AsyncBody.Consumer<List<ByteBuffer>> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<ByteBuffer> parts = new ArrayDeque<>();
  private Optional<AsyncBody> source = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();
  private boolean isAsked;
  private boolean isDone;
  private boolean isClosed;

  /** Begins to take from a body. */
  void begin(AsyncBody body) {
    source = Optional.of(body);
    body.done().whenComplete((nothing, problem) -> end(problem));
  }

  /** Called by the client, on one of its own threads. */
  @Override
  public void consume(List<ByteBuffer> more, AsyncBody from) {
    lock.lock();
    try {
      parts.addAll(more);
      isAsked = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Optional<ByteBuffer> part = next();
    if (part.isEmpty()) {
      return -1;
    }
    int count = Math.min(length, part.get().remaining());
    part.get().get(into, offset, count);
    return count;
  }

  @Override
  public void close() {
    boolean isEarly;
    lock.lock();
    try {
      isEarly = !isDone && !isClosed;
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (isEarly) {
      source.ifPresent(AsyncBody::cancel);
    }
  }

  /** Waits for bytes that have not been read; empty at the end. */
  private Optional<ByteBuffer> next() throws IOException {
    while (true) {
      lock.lock();
      try {
        while (!parts.isEmpty() && !parts.getFirst().hasRemaining()) {
          parts.removeFirst();
        }
        if (isClosed) {
          throw new IOException("the connection has been given up");
        }
        if (!parts.isEmpty()) {
          return Optional.of(parts.getFirst());
        }
        if (failure.isPresent()) {
          throw new IOException(ApiServer.reason(failure.get()), failure.get());
        }
        if (isDone) {
          return Optional.empty();
        }
        if (isAsked) {
          changed.await();
          continue;
        }
        isAsked = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      } finally {
        lock.unlock();
      }
      source.ifPresent(AsyncBody::consume);
    }
  }

  private void end(@Nullable Throwable problem) {
    lock.lock();
    try {
      isDone = true;
      failure = Optional.ofNullable(problem);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
