package dev.lintel.cluster;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.report.Lines;
import dev.lintel.resource.Cursor;
import dev.lintel.resource.JsonBody;
import dev.lintel.resource.MalformedObjectException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Answers of the API server as streams of bytes. The client brings address, credentials and TLS;
 * what it makes of answers is not used, because it cannot read every object that the API server
 * stores.
 */
final class ApiServer {

  private static final String JSON = "application/json";
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

  /** No reason for a refusal is longer. */
  private static final int MAX_STATUS = 64 << 10;

  private final KubernetesClient client;

  ApiServer(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Asks for something.
   *
   * @param path path and query, without a slash in front
   * @param timeout how long the API server may take to begin its answer
   * @param silence how long it may be silent while it answers
   * @return the answer, to be closed; its reader may be interrupted, or closed by another thread
   * @throws RefusedException if there is an answer, and it is not what was asked for
   * @throws InterruptedIOException if this thread is interrupted
   */
  InputStream get(String path, Duration timeout, Duration silence) throws IOException {
    return send(request(path, JSON, silence), timeout);
  }

  /**
   * Asks for one object, and is content with any answer.
   *
   * @throws RefusedException if there is no such object, among other reasons
   */
  void touch(String path, Duration timeout) throws IOException {
    try (InputStream in = send(request(path, METADATA_ONLY, timeout), timeout)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /**
   * Creates an object.
   *
   * @param path where, without a slash in front
   * @param json the object
   * @throws RefusedException if there is one already, among other reasons
   */
  void create(String path, byte[] json, Duration timeout) throws IOException {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(address() + path)
            .header("Accept", METADATA_ONLY)
            .post(JSON, json)
            .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .build();
    try (InputStream in = send(request, timeout)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Returns the address of the API server. */
  String address() {
    return String.valueOf(client.getMasterUrl());
  }

  /**
   * Returns what a {@code Status} says.
   *
   * @param parser stands before the object
   * @param otherwise the code if it has none
   */
  static RefusedException refusal(JsonParser parser, int otherwise) throws IOException {
    int code = otherwise;
    String message = "";
    try {
      Cursor in = new Cursor(parser);
      for (in.object(); in.nextField(); ) {
        switch (in.field()) {
          case "code" -> code = in.number();
          case "message" -> message = in.text();
          default -> in.skip();
        }
      }
    } catch (MalformedObjectException e) {
      message = "";
    }
    return new RefusedException(
        code, message.isBlank() ? "the API server answers " + code : Lines.shortened(message, 500));
  }

  /** The innermost cause says what happened; those around it say that something did. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : Lines.shortened(message, 500);
  }

  private HttpRequest request(String path, String accepts, Duration silence) {
    return client
        .getHttpClient()
        .newHttpRequestBuilder()
        .uri(address() + path)
        .header("Accept", accepts)
        .timeout(silence.toMillis(), TimeUnit.MILLISECONDS)
        .build();
  }

  private InputStream send(HttpRequest request, Duration timeout) throws IOException {
    AnswerStream body = new AnswerStream();
    HttpResponse<AsyncBody> response =
        await(client.getHttpClient().consumeBytes(request, body), timeout);
    body.begin(response.body());
    if (response.isSuccessful()) {
      return body;
    }
    try (body) {
      byte[] status = body.readNBytes(MAX_STATUS);
      try (JsonParser parser = new JsonBody(status, status.length).parser()) {
        throw refusal(parser, response.code());
      }
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      throw new RefusedException(response.code(), "the API server answers " + response.code());
    }
  }

  private static HttpResponse<AsyncBody> await(
      CompletableFuture<HttpResponse<AsyncBody>> answer, Duration timeout) throws IOException {
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw new IOException("no answer for %d s".formatted(timeout.toSeconds()), e);
    } catch (ExecutionException e) {
      throw new IOException(reason(e), e);
    } catch (InterruptedException e) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
