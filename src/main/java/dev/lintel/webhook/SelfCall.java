package dev.lintel.webhook;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client of this process' own HTTPS endpoint. Whom it talks to it knows, so it asks for no proof.
 */
final class SelfCall implements AutoCloseable {

  private final HttpClient client;

  /** Of all calls: an answer that another event loop hands over has been seen to get lost. */
  private final Context context;

  private final RequestOptions target;

  /**
   * Creates a client.
   *
   * @param path on which a review is taken
   * @param keepsConnections whether calls share a connection
   */
  SelfCall(Vertx vertx, int port, String path, boolean keepsConnections) {
    this.context = vertx.getOrCreateContext();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setKeepAlive(keepsConnections));
    this.target =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI(path + "?timeout=10s")
            .putHeader("Content-Type", "application/json");
  }

  /**
   * Sends a review and waits for its answer.
   *
   * @param patience how long an answer is waited for; a first one takes its time
   * @return the status code
   */
  int send(byte[] review, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    Promise<Integer> status = Promise.promise();
    context.runOnContext(begin -> begin(review).onComplete(status));
    return status
        .future()
        .toCompletionStage()
        .toCompletableFuture()
        .get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Future<Integer> begin(byte[] review) {
    return client
        .request(target)
        .compose(request -> request.send(Buffer.buffer(review)))
        .compose(response -> response.body().map(body -> response.statusCode()));
  }

  @Override
  public void close() {
    client.close();
  }
}
