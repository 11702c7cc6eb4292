package dev.lintel.webhook;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads the body of one request, as far as its limit and the budget allow. Everything but the
 * budget's word happens on the request's event loop.
 */
final class BodyReader {

  private static final int FIRST_CHUNK = 8 << 10;

  private final HttpServerRequest request;
  private final BodyBudget.Hold hold;
  private final int limit;
  private final Consumer<byte[]> whole;
  private final Consumer<Failure> failed;
  private byte[] bytes = {};
  private int length;
  private boolean isOver;
  private boolean isComplete;

  /**
   * Creates a reader.
   *
   * @param limit how large the body may be, in bytes
   * @param whole takes the body
   * @param failed is told why there is none; the rest of it is read and forgotten
   */
  BodyReader(
      HttpServerRequest request,
      Context context,
      BodyBudget budget,
      int limit,
      Consumer<byte[]> whole,
      Consumer<Failure> failed) {
    this.request = request;
    this.hold = budget.open(() -> context.runOnContext(ended -> end()));
    this.limit = limit;
    this.whole = whole;
    this.failed = failed;
  }

  /** Why a body was not read. */
  enum Failure {
    /** It is larger than allowed. */
    TOO_LARGE,
    /** There was no room for it. */
    NO_ROOM,
    /** It was not complete in time. */
    TOO_SLOW,
    /** The connection was closed. */
    GONE
  }

  /** Begins to read. */
  void start() {
    request.exceptionHandler(e -> fail(Failure.GONE));
    request.endHandler(end -> complete());
    request.handler(this::take);
    long declared = declaredLength();
    if (declared > limit) {
      fail(Failure.TOO_LARGE);
    } else if (!hold.grow(Math.max(0, declared))) {
      fail(Failure.NO_ROOM);
    } else {
      bytes = new byte[(int) Math.max(0, declared)];
      if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
        request.response().writeContinue();
      }
    }
  }

  /** Gives back what the body holds; may be called by any thread, and more than once. */
  void release() {
    hold.release();
  }

  private long declaredLength() {
    String declared = request.getHeader("Content-Length");
    return declared == null ? -1 : Long.parseLong(declared.strip());
  }

  private void take(Buffer chunk) {
    if (isOver) {
      return;
    }
    int needed = length + chunk.length();
    if (needed > limit) {
      fail(Failure.TOO_LARGE);
      return;
    }
    if (needed > bytes.length) {
      int more = Math.min(limit, Math.max(needed, Math.max(FIRST_CHUNK, 2 * bytes.length)));
      if (!hold.grow(more - bytes.length)) {
        fail(Failure.NO_ROOM);
        return;
      }
      bytes = Arrays.copyOf(bytes, more);
    }
    chunk.getBytes(0, chunk.length(), bytes, length);
    length = needed;
  }

  private void complete() {
    if (isOver) { // and now the rest has been read and forgotten
      hold.release();
      return;
    }
    if (!hold.complete()) {
      fail(Failure.TOO_SLOW);
      return;
    }
    isOver = true;
    isComplete = true;
    byte[] body = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    bytes = new byte[0];
    whole.accept(body);
  }

  /** The budget has taken back what the body held. */
  private void end() {
    if (isOver && !request.isEnded()) {
      request.connection().close(); // the answer is out, and the rest of the body never came
    } else if (!isOver) {
      fail(Failure.TOO_SLOW);
    }
  }

  private void fail(Failure failure) {
    if (isComplete) {
      return; // whoever has the body releases it
    }
    if (isOver) {
      hold.release();
      return;
    }
    isOver = true;
    bytes = new byte[0];
    hold.empty();
    if (failure == Failure.GONE) {
      hold.release();
    }
    failed.accept(failure);
  }
}
