package dev.lintel.cluster;

import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Asks the API server again and again for one small object. A watch on which nothing happens says
 * nothing, and so does one whose other end has died: an answer tells them apart.
 */
final class Heartbeat {

  private static final Logger LOG = Logger.getLogger(Heartbeat.class);

  /** How often to ask. */
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration TOO_LONG = Duration.ofSeconds(30);

  private final ApiServer api;
  private final String path;
  private final Freshness freshness;
  private final Watches watches;
  private boolean isSilent;
  private boolean isGivenUp;

  /**
   * Creates a heartbeat.
   *
   * @param path the object, which need not exist
   */
  Heartbeat(ApiServer api, String path, Freshness freshness, Watches watches) {
    this.api = api;
    this.path = path;
    this.freshness = freshness;
    this.watches = watches;
  }

  /** What depends on the API server's answers. */
  interface Watches {
    /** It has been silent for so long that no connection can be trusted. */
    void reconnect();

    /** It answers again. */
    void hurry();
  }

  /** Asks once. */
  void beat() {
    if (isAnswered()) {
      freshness.answered();
      if (isSilent) {
        LOG.info("the API server answers again");
        watches.hurry();
      }
      isSilent = false;
      isGivenUp = false;
      return;
    }
    isSilent = true;
    if (!isGivenUp && freshness.sinceAnswer().compareTo(TOO_LONG) >= 0) {
      isGivenUp = true;
      LOG.warnf(
          "the API server has not answered for %d s; every watch is made anew",
          freshness.sinceAnswer().toSeconds());
      watches.reconnect();
    }
  }

  /** That there is no such object, or no right to see it, is an answer too. */
  private boolean isAnswered() {
    try {
      api.touch(path, TIMEOUT);
      return true;
    } catch (RefusedException e) {
      return e.code() == RefusedException.NOT_FOUND || e.code() == RefusedException.FORBIDDEN;
    } catch (IOException | RuntimeException e) {
      LOG.debugf("the API server does not answer: %s", ApiServer.reason(e));
      return false;
    }
  }
}
