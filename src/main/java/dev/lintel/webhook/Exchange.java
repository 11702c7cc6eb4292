package dev.lintel.webhook;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** One review over HTTP, from its head to its answer, which is given once. */
final class Exchange implements JudgingPool.Job {

  private static final Logger LOG = Logger.getLogger(Exchange.class);
  private static final String RETRY_AFTER_SECONDS = "1";

  private final HttpServerRequest request;
  private final Context context;
  private final Reviewer reviewer;
  private final Reception reception;
  private final Deadline deadline;
  private final BodyReader reader;
  private final AtomicBoolean isAnswered = new AtomicBoolean();
  private byte[] body = {};
  private Optional<AdmissionRequest> head = Optional.empty();

  Exchange(
      HttpServerRequest request,
      Context context,
      Reviewer reviewer,
      Reception reception,
      Deadline deadline) {
    this.request = request;
    this.context = context;
    this.reviewer = reviewer;
    this.reception = reception;
    this.deadline = deadline;
    this.reader =
        new BodyReader(
            request,
            context,
            reception.budget(),
            reception.maxBody().getAsInt(),
            this::arrived,
            this::failed);
  }

  /** Begins to read the body. */
  void start() {
    reader.start();
  }

  @Override
  public Flow flow() {
    return head.map(Flow::of).orElse(Flow.UNKNOWN);
  }

  @Override
  public void run() {
    Reply reply;
    try {
      reply = reviewer.review(body, deadline::isOver);
    } catch (Throwable e) {
      LOG.errorf(e, "a review was not judged");
      reply = unjudged(Decision.ERROR, "lintel failed, so this write was not judged");
    }
    answer(reply);
    body = new byte[0];
    reader.release();
  }

  @Override
  public boolean isLate(boolean isWaiting) {
    return isWaiting ? deadline.isOver() : deadline.isMissed() && !isAnswered.get();
  }

  @Override
  public void giveUp(boolean wasWaiting) {
    answer(
        unjudged(
            Decision.DEADLINE,
            "lintel could not judge this write before the API server's deadline"));
    if (wasWaiting) {
      reader.release();
    }
  }

  private void arrived(byte[] whole) {
    body = whole;
    head = ReviewReader.head(whole);
    switch (reception.pool().submit(this)) {
      case TAKEN -> {}
      case FLOW_IS_FULL ->
          turnAway(
              Shed.FLOW, "lintel is busy with other writes of yours, so this write was not judged");
      case QUEUE_IS_FULL -> turnAway(Shed.QUEUE, "lintel is busy, so this write was not judged");
    }
  }

  private void turnAway(Shed reason, String notice) {
    reception.metrics().shed(reason);
    answer(unjudged(Decision.SHED, notice));
    reader.release();
  }

  private void failed(BodyReader.Failure failure) {
    switch (failure) {
      case TOO_LARGE -> answer(Reply.Refused.tooLarge(reception.maxBody().getAsInt()));
      case NO_ROOM -> {
        reception.metrics().shed(Shed.BYTES);
        respond(Reply.Refused.BUSY);
      }
      case TOO_SLOW -> {
        reception.metrics().shed(Shed.UNFINISHED);
        respond(Reply.Refused.TOO_SLOW);
      }
      case GONE -> {}
    }
  }

  /** Without the request's identity there is nothing that an answer could be about. */
  private Reply unjudged(Decision decision, String notice) {
    return head.map(known -> reviewer.unjudged(known, decision, notice))
        .orElse(decision == Decision.SHED ? Reply.Refused.BUSY : Reply.Refused.TOO_LATE);
  }

  private void answer(Reply reply) {
    if (isAnswered.compareAndSet(false, true)) {
      context.runOnContext(ignored -> respond(reply));
      reviewer.answered(reply, deadline);
    }
  }

  private void respond(Reply reply) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(reply.status()).putHeader("Content-Type", "application/json");
    if (reply == Reply.Refused.BUSY) {
      response.putHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
    boolean isLast = reply == Reply.Refused.TOO_SLOW || reception.isClosing().getAsBoolean();
    if (isLast) {
      response.putHeader("Connection", "close");
    }
    Future<Void> written = response.end(Buffer.buffer(reply.body()));
    if (reply == Reply.Refused.TOO_SLOW) {
      written.onComplete(done -> request.connection().close());
    }
  }
}
